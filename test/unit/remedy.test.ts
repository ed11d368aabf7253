import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { ENGINES } from "../../src/engines/engines.ts";
import { judge } from "../../src/judge.ts";
import type { Answer, Exchange, Header, Message, Remedy, ResponseHead } from "../../src/model.ts";
import { remedy } from "../../src/remedy.ts";
import { replay } from "../../src/replay.ts";
import { A, B, C, RECORDED, Tape } from "./tapes.ts";

type Lines = Readonly<Record<string, string>>;

const only = (tape: Tape): Exchange => tape.events.reduce(step, emptyLog("chromium")).exchanges[0]!;
const remedyOf = (exchange: Exchange): Remedy | null => remedy(exchange, judge(exchange, "chromium"));
const response = (answer: Lines, status = 200): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, status, answer).fail("1", "GET", B, "net::ERR_FAILED");
const withCookie = (answer: Lines): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1" }).head("1", "GET", B, 200, answer).fail("1", "GET", B, "net::ERR_FAILED");
const preflight = (answer: Lines, status = 204, asks: Lines = { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a" }, method = "PUT"): Tape =>
  new Tape().begin("1", method, B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, asks).head("2", "OPTIONS", B, status, answer).start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", method, B, "net::ERR_FAILED");
const lines = (found: Remedy | null): string[] =>
  (found?.answers ?? []).map(({ phase, status, set, remove, vary }) => [phase, status, ...set.map(({ name, value }) => `${name}: ${value}`), ...remove.map((name) => `-${name}`), ...(vary ? ["Vary"] : [])].filter((part) => part !== null).join(" | "));
const page = (found: Remedy | null): string[] => (found?.page ?? []).map(({ code }) => code);

const ORIGIN = `Access-Control-Allow-Origin: ${A}`;
const MINE = { "Access-Control-Allow-Origin": A };

describe("what fixes it", () => {
  test.each<[string, Tape, string[], string[]]>([
    ["no header", response({}), [`response | ${ORIGIN} | Vary`], []],
    ["another origin, varying already", response({ "Access-Control-Allow-Origin": C, Vary: "Accept, Origin" }), [`response | ${ORIGIN}`], []],
    ["a cookie under *", withCookie({ "Access-Control-Allow-Origin": "*" }), [`response | ${ORIGIN} | Access-Control-Allow-Credentials: true | Vary`], ["omit-credentials"]],
    ["only the credentials", withCookie(MINE), ["response | Access-Control-Allow-Credentials: true"], []],
    ["everything about a preflight, and the response that nobody saw", preflight({}, 404),
      [`preflight | 204 | ${ORIGIN} | Access-Control-Allow-Methods: PUT | Access-Control-Allow-Headers: x-a | Vary`, `response | ${ORIGIN} | Vary`], []],
    ["a method more", preflight({ ...MINE, "Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "X-A" }), ["preflight | Access-Control-Allow-Methods: GET, POST, PUT", `response | ${ORIGIN} | Vary`], []],
    ["a list that can't be read", preflight({ ...MINE, "Access-Control-Allow-Methods": "GET POST", "Access-Control-Allow-Headers": "x-a" }), ["preflight | Access-Control-Allow-Methods: GET, POST, PUT", `response | ${ORIGIN} | Vary`], []],
    ["a header more", preflight({ ...MINE, "Access-Control-Allow-Methods": "PUT" }), ["preflight | Access-Control-Allow-Headers: x-a", `response | ${ORIGIN} | Vary`], ["leave-out-header"]],
    ["a login page instead of an answer", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { Location: `${C}/login` }).fail("1", "GET", B, "net::ERR_FAILED"),
      [`response | 401 | ${ORIGIN} | -Location | Vary`], ["sign-in-again"]],
    ["a redirected preflight", preflight({ ...MINE, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x-a", Location: "/v2" }, 308), ["preflight | 204 | -Location", `response | ${ORIGIN} | Vary`], ["ask-directly"]],
    ["a method in lower case", preflight({ ...MINE, "Access-Control-Allow-Methods": "PATCH" }, 204, { "Access-Control-Request-Method": "patch" }, "patch"), ["preflight | Access-Control-Allow-Methods: PATCH, patch", `response | ${ORIGIN} | Vary`], ["upper-case-method"]],
    ["user info in a redirect", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...MINE, Location: "https://u:p@other.example/x" }).fail("1", "GET", B, "net::ERR_FAILED"),
      ["redirect | Location: https://other.example/x"], ["ask-directly"]],
    ["an origin that became null", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...MINE, Location: C }).redirect("1", "GET", B, C, MINE)
      .begin("1", "GET", C).send("1", "GET", C, { Origin: "null" }).head("1", "GET", C, 200, MINE).fail("1", "GET", C, "net::ERR_FAILED"), ["response | Access-Control-Allow-Origin: *"], ["ask-directly"]],
    ["the same with a cookie: no server can", new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1" }).head("1", "GET", B, 302, { ...MINE, "Access-Control-Allow-Credentials": "true", Location: C }).redirect("1", "GET", B, C, MINE)
      .begin("1", "GET", C).send("1", "GET", C, { Origin: "null" }).head("1", "GET", C, 200, MINE).fail("1", "GET", C, "net::ERR_FAILED"), [], ["ask-directly"]],
    ["nobody answers", new Tape().begin("1", "GET", B).fail("1", "GET", B, "net::ERR_CONNECTION_REFUSED"), [], []],
    ["the local network", new Tape().begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"), [], ["allow-local-network"]],
    ["the local network, from an http page", new Tape({ initiator: "http://app.example" }).begin("1", "GET", B).send("1", "GET", B, { Origin: "http://app.example" }).fail("1", "GET", B, "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"), [], ["serve-page-securely"]],
    ["the local network, from a page of this device", new Tape({ initiator: "http://localhost:3000" }).begin("1", "GET", B).send("1", "GET", B, { Origin: "http://localhost:3000" }).fail("1", "GET", B, "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"), [], ["allow-local-network"]],
    ["another address space than said", new Tape().begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "net::ERR_FAILED"), [], []],
    ["HSTS on a preflight: no server was asked",
      new Tape().begin("1", "PUT", "http://api.example/").begin("2", "OPTIONS", "http://api.example/").fail("2", "OPTIONS", "http://api.example/", "net::ERR_FAILED").fail("1", "PUT", "http://api.example/", "net::ERR_FAILED"), [], ["ask-securely"]],
  ])("%s", (_name, tape, answers, changes) => {
    const found = remedyOf(only(tape));
    expect(lines(found)).toEqual(answers);
    expect(page(found)).toEqual(changes);
  });

  test("where credentials may have been used, their line is told apart; where the page went wrong, it comes first", () => {
    expect(remedyOf(only(response({})))?.answers.map(({ credentials }) => credentials)).toEqual([true]);
    expect(remedyOf(only(withCookie({})))?.answers.map(({ credentials }) => credentials)).toEqual([false]);
    expect(remedyOf(only(response({})))?.pageFirst).toBe(false);
    expect(remedyOf(only(preflight({ ...MINE, Location: "/v2" }, 308)))?.pageFirst).toBe(true);
  });

  test("nothing, where nothing is wrong", () => {
    expect(remedyOf(only(new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, MINE).start("1", "GET", B).done("1", "GET", B)))).toBe(null);
  });
});

/** The exchange as it would be with the advised answers. */
function applied(exchange: Exchange, { answers }: Remedy): Exchange {
  const change = (message: Message, answer: Answer | undefined): Message => {
    if (answer === undefined) return message;
    const gone = new Set([...answer.set.map(({ name }) => name), ...answer.remove].map((name) => name.toLowerCase()));
    const before: ResponseHead = message.response ?? { status: 200, statusText: "", headers: [], linesKnown: false, time: 0 };
    const headers: Header[] = [...before.headers.filter(({ name }) => !gone.has(name.toLowerCase())), ...answer.set];
    return { ...message, response: { ...before, status: answer.status ?? before.status, headers } };
  };
  const answerTo = (hop: number, ...phases: Answer["phase"][]): Answer | undefined => answers.find((answer) => answer.hop === hop && phases.includes(answer.phase));
  const [first, ...others] = exchange.hops.map(({ preflight: asked, request }, hop) => ({
    preflight: asked === null ? null : change(asked, answerTo(hop, "preflight")),
    request: change(request, answerTo(hop, "redirect", "response")),
  }));
  return { ...exchange, hops: [first!, ...others] };
}

describe("it is enough", () => {
  const value = fc.constantFrom(A, `${A}/`, B, "*", "null", "", `${A}, ${A}`, "true", "True", "PUT", "put", "GET, PUT", "a b", "x-a", "X-A, x-b", "Origin");
  const fields = fc.dictionary(
    fc.constantFrom("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Location", "Vary"),
    value,
  );

  test("for any answer to a preflight", () => {
    fc.assert(
      fc.property(fields, fc.constantFrom(200, 204, 302, 401, 404), fc.boolean(), (answer, status, cookie) => {
        const exchange = only(preflight(answer, status));
        const told: Exchange = cookie ? { ...exchange, call: { api: "fetch", url: B, method: "PUT", mode: "cors", credentials: "include", redirect: "follow", callSite: null, violatesPolicy: false, time: 0 } } : exchange;
        const verdict = judge(told, "chromium");
        fc.pre(verdict.outcome === "blocked" && verdict.alternatives.length === 0);
        const found = remedy(told, verdict);
        const mode = verdict.credentials === "include" ? "include" : "same-origin";
        const left = replay(applied(told, found!), ENGINES.chromium, mode).flatMap(({ failures }) => failures);
        expect(left).toEqual([]);
        const inFirefox = replay(applied(told, found!), ENGINES.gecko, mode).flatMap(({ failures }) => failures);
        expect(inFirefox).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("for each recorded order of events", () => {
    for (const { engine, events } of RECORDED) {
      const [exchange] = events.reduce(step, emptyLog(engine)).exchanges;
      const verdict = judge(exchange!, engine);
      const found = remedy(exchange!, verdict);
      if (found === null || found.answers.length === 0) continue;
      const left = replay(applied(exchange!, found), ENGINES[engine], verdict.credentials === "include" ? "include" : "same-origin");
      expect(left.flatMap(({ failures }) => failures)).toEqual([]);
    }
  });
});
