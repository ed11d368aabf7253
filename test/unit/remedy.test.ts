import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advised, STATUS } from "../../src/advised.ts";
import { emptyLog, step } from "../../src/correlate.ts";
import { ENGINES } from "../../src/engines/engines.ts";
import { judge } from "../../src/judge.ts";
import type { Exchange, Line, Remedy } from "../../src/model.ts";
import { remedy } from "../../src/remedy.ts";
import { replay } from "../../src/replay.ts";
import { A, B, C, RECORDED, Tape } from "./tapes.ts";

type Lines = Readonly<Record<string, string>>;

const only = (tape: Tape): Exchange => tape.events.reduce(step, emptyLog("chromium")).exchanges[0]!;
const remedyOf = (exchange: Exchange): Remedy | null => remedy(exchange, judge(exchange, "chromium"), "chromium");
const response = (answer: Lines, status = 200): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, status, answer).fail("1", "GET", B, "net::ERR_FAILED");
const withCookie = (answer: Lines): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1" }).head("1", "GET", B, 200, answer).fail("1", "GET", B, "net::ERR_FAILED");
const preflight = (answer: Lines, status = 204, asks: Lines = { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a" }, method = "PUT"): Tape =>
  new Tape().begin("1", method, B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, asks).head("2", "OPTIONS", B, status, answer).start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", method, B, "net::ERR_FAILED");
const lines = (found: Remedy | null): string[] =>
  (found?.answers ?? []).map(({ phase, lines: all }) => [phase, ...all.map(lineText)].join(" | "));
const MARKS = { browser: "", credentials: " (credentials)", "other-browser": " (Firefox)", caches: "" } as const;
const lineText = ({ name, value, need }: Line): string => (need === "caches" ? `(${value})` : value === null ? `-${name}` : name === STATUS ? value : `${name}: ${value}`) + MARKS[need];
const page = (found: Remedy | null): string[] => (found?.page ?? []).map(({ code }) => code);

const ORIGIN = `Access-Control-Allow-Origin: ${A}`;
/** Needed if the request was made with credentials, which these don't tell. */
const MAYBE = "Access-Control-Allow-Credentials: true (credentials)";
const UNSEEN = `response | ${ORIGIN} | ${MAYBE} | (Origin)`;
const MINE = { "Access-Control-Allow-Origin": A };

describe("what fixes it", () => {
  test.each<[string, Tape, string[], string[]]>([
    ["no header", response({}), [UNSEEN], []],
    ["another origin, varying already", response({ "Access-Control-Allow-Origin": C, Vary: "Accept, Origin" }), [`response | ${ORIGIN} | ${MAYBE}`], []],
    ["a cookie under *", withCookie({ "Access-Control-Allow-Origin": "*" }), [`response | ${ORIGIN} | Access-Control-Allow-Credentials: true | (Origin)`], ["omit-credentials"]],
    ["only the credentials", withCookie(MINE), ["response | Access-Control-Allow-Credentials: true"], ["omit-credentials"]],
    ["everything about a preflight, and the response that nobody saw", preflight({}, 404),
      [`preflight | 204 | ${ORIGIN} | ${MAYBE} | Access-Control-Allow-Methods: PUT | Access-Control-Allow-Headers: x-a`, UNSEEN], []],
    ["a method more", preflight({ ...MINE, "Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "X-A" }), [`preflight | ${MAYBE} | Access-Control-Allow-Methods: GET, POST, PUT`, UNSEEN], []],
    ["a list that can't be read", preflight({ ...MINE, "Access-Control-Allow-Methods": "GET POST", "Access-Control-Allow-Headers": "x-a" }), [`preflight | ${MAYBE} | Access-Control-Allow-Methods: GET, POST, PUT`, UNSEEN], []],
    ["a header more", preflight({ ...MINE, "Access-Control-Allow-Methods": "PUT" }), [`preflight | ${MAYBE} | Access-Control-Allow-Headers: x-a`, UNSEEN], ["leave-out-header"]],
    ["a login page instead of an answer", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { Location: `${C}/login` }).fail("1", "GET", B, "net::ERR_FAILED"),
      [`response | 401 | ${ORIGIN} | ${MAYBE} | (Origin)`], ["sign-in-again"]],
    ["a login page that a preflight doesn't get past", new Tape().begin("1", "PUT", B).send("1", "PUT", B).head("1", "PUT", B, 307, { ...MINE, Location: `${C}/login` }).redirect("1", "PUT", B, `${C}/login`, MINE)
      .begin("1", "PUT", `${C}/login`).begin("2", "OPTIONS", `${C}/login`).send("2", "OPTIONS", `${C}/login`, { Origin: "null", "Access-Control-Request-Method": "PUT" }).head("2", "OPTIONS", `${C}/login`, 405).start("2", "OPTIONS", `${C}/login`).done("2", "OPTIONS", `${C}/login`)
      .fail("1", "PUT", `${C}/login`, "net::ERR_FAILED"), ["response | 401"], ["sign-in-again"]],
    ["a login page, with credentials under *", new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1" }).head("1", "GET", B, 302, { "Access-Control-Allow-Origin": "*", Location: `${C}/login` }).fail("1", "GET", B, "net::ERR_FAILED"),
      [`response | 401 | ${ORIGIN} | Access-Control-Allow-Credentials: true | (Origin)`], ["sign-in-again"]],
    ["a redirected preflight", preflight({ ...MINE, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x-a", Location: "/v2" }, 308), [`preflight | 204 | ${MAYBE}`, UNSEEN], ["ask-directly"]],
    ["a method in lower case", preflight({ ...MINE, "Access-Control-Allow-Methods": "PATCH" }, 204, { "Access-Control-Request-Method": "patch" }, "patch"), [`preflight | ${MAYBE} | Access-Control-Allow-Methods: PATCH, patch`, UNSEEN], ["upper-case-method"]],
    ["user info in a redirect", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...MINE, Location: "https://u:p@other.example/x" }).fail("1", "GET", B, "net::ERR_FAILED"),
      ["redirect | Location: https://other.example/x", "response | Access-Control-Allow-Origin: *"], ["ask-directly"]],
    ["a redirect that is let through: what it leads to is preflighted too", new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" }).head("2", "OPTIONS", B, 204, { ...MINE, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Credentials": "true" }).start("2", "OPTIONS", B).done("2", "OPTIONS", B)
      .send("1", "PUT", B, { Cookie: "a=1" }).head("1", "PUT", B, 307, { Location: "/v2" }).fail("1", "PUT", B, "net::ERR_FAILED"),
      [`redirect | ${ORIGIN} | Access-Control-Allow-Credentials: true | (Origin)`,
        `preflight | ${ORIGIN} | Access-Control-Allow-Credentials: true | Access-Control-Allow-Methods: PUT`, `response | ${ORIGIN} | Access-Control-Allow-Credentials: true | (Origin)`], []],
    ["an origin that became null", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...MINE, Location: C }).redirect("1", "GET", B, C, MINE)
      .begin("1", "GET", C).send("1", "GET", C, { Origin: "null" }).head("1", "GET", C, 200, MINE).fail("1", "GET", C, "net::ERR_FAILED"), ["response | Access-Control-Allow-Origin: *"], ["ask-directly"]],
    ["the same with a cookie: no server can", new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1" }).head("1", "GET", B, 302, { ...MINE, "Access-Control-Allow-Credentials": "true", Location: C }).redirect("1", "GET", B, C, MINE)
      .begin("1", "GET", C).send("1", "GET", C, { Origin: "null" }).head("1", "GET", C, 200, MINE).fail("1", "GET", C, "net::ERR_FAILED"), [], ["ask-directly"]],
    ["a list of nothing that can be read", preflight({ ...MINE, "Access-Control-Allow-Methods": "@", "Access-Control-Allow-Headers": "x-a" }, 204, { "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-a" }, "POST"), [`preflight | ${MAYBE} | -Access-Control-Allow-Methods`, UNSEEN], []],
    ["a wildcard that does unless credentials are used", preflight({ "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "*" }, 404),
      [`preflight | 204 | ${ORIGIN} (credentials) | ${MAYBE} | Access-Control-Allow-Headers: x-a (credentials)`, UNSEEN], []],
    ["a preflight for a Content-Type of nothing", preflight(MINE, 405, { "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "content-type" }, "GET"),
      [`preflight | 204 | ${MAYBE} | Access-Control-Allow-Headers: content-type`, UNSEEN], ["leave-out-header"]],
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

  test("where the page went wrong, it comes first", () => {
    expect(remedyOf(only(response({})))?.pageFirst).toBe(false);
    expect(remedyOf(only(preflight({ ...MINE, Location: "/v2" }, 308)))?.pageFirst).toBe(true);
  });

  test("an origin that only “*” can allow: not with credentials", () => {
    const tape = (headers: Lines): Tape => new Tape({ initiator: "null" }).begin("1", "GET", B).send("1", "GET", B, { Origin: "null", ...headers }).head("1", "GET", B, 200, {}).fail("1", "GET", B, "net::ERR_FAILED");
    const open = remedyOf(only(tape({})));
    expect([lines(open), page(open), open?.withoutCredentials]).toEqual([["response | Access-Control-Allow-Origin: *"], ["give-origin"], true]);
    const closed = remedyOf(only(tape({ Cookie: "a=1" })));
    expect([lines(closed), page(closed), closed?.withoutCredentials]).toEqual([[], ["give-origin"], true]);
    expect(remedyOf(only(response({})))?.withoutCredentials).toBe(false);
  });

  test.each([
    ["http://localhost:5173", "https://api.example"],
    ["http://app.localhost", "https://api.example"],
    ["https://app.example", null],
  ])("a page of %s can have it passed on to %s", (initiator, proxyTo) => {
    const tape = new Tape({ initiator }).begin("1", "GET", B).send("1", "GET", B, { Origin: initiator }).head("1", "GET", B, 200, {}).fail("1", "GET", B, "net::ERR_FAILED");
    expect(remedyOf(only(tape))?.proxyTo).toBe(proxyTo);
  });

  test.each([
    [`${B}/v2`, B],
    [`${C}/v2`, null],
  ])("a development server can't pass on what another server is redirected to: %s", (location, proxyTo) => {
    const initiator = "http://localhost:5173";
    const tape = new Tape({ initiator }).begin("1", "GET", B).send("1", "GET", B, { Origin: initiator }).head("1", "GET", B, 302, { Location: location }).fail("1", "GET", B, "net::ERR_FAILED");
    expect(remedyOf(only(tape))?.proxyTo).toBe(proxyTo);
  });

  test("nothing, where nothing is wrong", () => {
    expect(remedyOf(only(new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, MINE).start("1", "GET", B).done("1", "GET", B)))).toBe(null);
  });
});

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
        const found = remedy(told, verdict, "chromium");
        const mode = verdict.credentials === "include" ? "include" : "same-origin";
        const left = replay(advised(told, found?.answers ?? []), ENGINES.chromium, mode).flatMap(({ failures }) => failures);
        expect(left).toEqual([]);
        const inFirefox = replay(advised(told, found?.answers ?? []), ENGINES.gecko, mode).flatMap(({ failures }) => failures);
        expect(inFirefox).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("for each recorded order of events", () => {
    for (const { engine, events } of RECORDED) {
      const [exchange] = events.reduce(step, emptyLog(engine)).exchanges;
      const verdict = judge(exchange!, engine);
      const found = remedy(exchange!, verdict, engine);
      if (found === null || found.answers.length === 0) continue;
      const left = replay(advised(exchange!, found.answers), ENGINES[engine], verdict.credentials === "include" ? "include" : "same-origin");
      expect(left.flatMap(({ failures }) => failures)).toEqual([]);
    }
  });
});
