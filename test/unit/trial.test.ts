import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { entryOf } from "../../src/entry.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange, Log, NetEvent } from "../../src/model.ts";
import { remedy } from "../../src/remedy.ts";
import { markedTrials, rulesOf, trialOf, trialsAt, underTrial, type Trial } from "../../src/trial.ts";
import { trialResults } from "../../src/trial-results.ts";
import { A, B, Tape } from "./tapes.ts";

const U = `${B}/items?a=1`;
const ORIGIN = { name: "Access-Control-Allow-Origin", value: A };
const CREDENTIALS = { name: "Access-Control-Allow-Credentials", value: "true" };
const NO_STORE = { name: "Cache-Control", value: "no-store" };

const logOf = (tape: Tape, engine: Engine = "chromium"): Log => tape.events.reduce(step, emptyLog(engine));
const of = (tape: Tape, engine: Engine = "chromium"): Exchange => logOf(tape, engine).exchanges[0]!;
function trial(exchange: Exchange, engine: Engine = "chromium"): Trial {
  const found = remedy(exchange, judge(exchange, engine), engine);
  if (found === null) throw new Error("there is nothing to try");
  return trialOf(exchange, found, engine);
}
const response = (url = U, answer: Readonly<Record<string, string>> = {}): Tape => new Tape().begin("1", "GET", url).send("1", "GET", url).head("1", "GET", url, 200, answer).fail("1", "GET", url, "net::ERR_FAILED");
const preflight = (status = 200, method = "PUT"): Tape =>
  new Tape().begin("1", method, U).begin("2", "OPTIONS", U).send("2", "OPTIONS", U, { "Access-Control-Request-Method": method }).head("2", "OPTIONS", U, status).start("2", "OPTIONS", U).done("2", "OPTIONS", U).fail("1", method, U, "net::ERR_FAILED");
const plain = (changes: Trial["changes"]): object[] => changes.map(({ lines, ...rest }) => ({ ...rest, lines: lines.map(({ name, value }) => ({ name, value })) }));

describe("what is tried", () => {
  test("the header lines of a response, and that nothing stores it", () => {
    const { changes, cannot, ...rest } = trial(of(response(`${U}#top`)));
    expect(rest).toEqual({ id: "1", url: U, method: "GET", type: "xmlhttprequest", origin: A });
    expect(plain(changes)).toEqual([{ url: U, method: "GET", lines: [ORIGIN, CREDENTIALS, NO_STORE] }]);
    expect(cannot).toEqual([]);
  });

  test("a preflight and the response that nobody saw", () => {
    expect(plain(trial(of(preflight())).changes)).toEqual([
      { url: U, method: "OPTIONS", lines: [ORIGIN, CREDENTIALS, { name: "Access-Control-Allow-Methods", value: "PUT" }, { name: "Access-Control-Max-Age", value: "0" }] },
      { url: U, method: "PUT", lines: [ORIGIN, CREDENTIALS, NO_STORE] },
    ]);
  });

  const joined = (lines: readonly string[] | null): Exchange => {
    const exchange = of(new Tape().begin("1", "GET", U).send("1", "GET", U, { Cookie: "a=1" }).head("1", "GET", U, 200, { "Access-Control-Allow-Origin": `${A}, ${A}` }).start("1", "GET", U).done("1", "GET", U), "gecko");
    const [hop] = exchange.hops;
    const head = hop.request.response!;
    const known = lines === null ? head : { ...head, linesKnown: true, headers: lines.map((value) => ({ name: "Access-Control-Allow-Origin", value })) };
    return { ...exchange, responseStatus: 0, hops: [{ ...hop, request: { ...hop.request, response: known } }] };
  };

  test.each<[string, Trial, string[]]>([
    ["a status", trial(of(preflight(404))), ["status"]],
    ["a redirect of a preflight", trial(of(preflight(308))), ["status"]],
    ["two lines, in Firefox", trial(joined([A, A]), "gecko"), ["repeated-lines"]],
    ["perhaps two lines, in Firefox", trial(joined(null), "gecko"), ["repeated-lines"]],
    ["one line with a comma, in Firefox", trial(joined([`${A}, ${A}`]), "gecko"), []],
    ["of no tab", trial({ ...of(response()), serviceWorker: true }), ["service-worker"]],
    ["two lines, in Chromium", trial(of(response(U, { "Access-Control-Allow-Origin": `${A}, ${A}` }))), []],
  ])("what can't be: %s", (_name, { cannot }, wanted) => expect(cannot).toEqual(wanted));
});

describe("its rules", () => {
  test("are for one tab and one address, apart for preflights", () => {
    const rules = rulesOf(trial(of(preflight())), 7, 40);
    const whatever = { isUrlFilterCaseSensitive: true, tabIds: [7] };
    expect(rules.map(({ id, condition }) => [id, condition])).toEqual([
      [40, { ...whatever, urlFilter: `|${U}|`, requestMethods: ["options"] }],
      [41, { ...whatever, urlFilter: `|${U}#`, requestMethods: ["options"] }],
      [42, { ...whatever, urlFilter: `|${U}|`, requestMethods: ["put"] }],
      [43, { ...whatever, urlFilter: `|${U}#`, requestMethods: ["put"] }],
    ]);
    const preflights = [`set Access-Control-Allow-Origin: ${A}`, "set Access-Control-Allow-Credentials: true", "set Access-Control-Allow-Methods: PUT", "set Access-Control-Max-Age: 0"];
    const responses = [`set Access-Control-Allow-Origin: ${A}`, "set Access-Control-Allow-Credentials: true", "set Cache-Control: no-store"];
    expect(rules.map(({ action }) => action.responseHeaders.map(({ header, operation, value }) => `${operation} ${header}: ${value}`))).toEqual([preflights, preflights, responses, responses]);
  });

  test("of a request with the method OPTIONS are for its preflight too", () => {
    expect(rulesOf(trial(of(preflight(200, "OPTIONS"))), 7, 1).map(({ condition }) => condition)).toMatchObject(Array(4).fill({ requestMethods: ["options"] }));
  });

  test("of a method that rules don't know by name are for all that they don't", () => {
    expect(rulesOf(trial(of(preflight(200, "PROPFIND"))), 7, 1)[2]?.condition).toMatchObject({ excludedRequestMethods: ["connect", "delete", "get", "head", "options", "patch", "post", "put"] });
  });

  test.each([`${B}/items?q=*`, `${B}/a|(c)?x=^`])("of an address with wildcards, %s, take them for themselves", (url) => {
    const [rule] = rulesOf(trial(of(response(url))), 7, 1);
    const filter = rule !== undefined && "regexFilter" in rule.condition ? new RegExp(rule.condition.regexFilter) : null;
    expect([url, `${url}x`, url.replace(/[*^|]/, "x")].map((each) => filter?.test(new URL(each).href))).toEqual([true, false, false]);
    expect(filter?.test(`${new URL(url).href}#top`)).toBe(true);
  });

  test("take fields away", () => {
    const { changes, ...rest } = trial(of(response()));
    const [rule] = rulesOf({ ...rest, changes: changes.map((change) => ({ ...change, lines: [{ name: "Access-Control-Allow-Methods", value: null }] })) }, 7, 1);
    expect(rule?.action.responseHeaders).toEqual([{ header: "Access-Control-Allow-Methods", operation: "remove" }]);
  });
});

describe("what is seen meanwhile", () => {
  const running = [trial(of(preflight()))];
  const heard = (method: string, url = U): NetEvent => new Tape().head("9", method, url, 200, { "access-control-allow-origin": "https://x", Server: "s" }).events[0]!;
  const seen = (event: NetEvent, trials = running): string[] | null => {
    const under = trialsAt(trials, event);
    const changed = under === null ? null : underTrial(event, under);
    return changed?.kind === "headers-received" ? changed.responseHeaders.map(({ name, value }) => `${name}: ${value}`) : null;
  };

  test.each<[string, NetEvent, string[] | null]>([
    ["the response", heard("PUT"), ["Server: s", `Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: true", "Cache-Control: no-store"]],
    ["its preflight", heard("OPTIONS"), ["Server: s", `Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: PUT", "Access-Control-Max-Age: 0"]],
    ["whatever its fragment", heard("PUT", `${U}#x`), ["Server: s", `Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: true", "Cache-Control: no-store"]],
    ["another address", heard("PUT", `${U}2`), null],
    ["another method", heard("POST"), null],
  ])("%s", (_name, event, wanted) => expect(seen(event)).toEqual(wanted));

  test("an event without headers stays", () => {
    const event = new Tape().start("1", "PUT", U).events[0]!;
    expect(underTrial(event, trialsAt(running, event)!)).toBe(event);
  });

  test("two trials of one request: it is under both, and each field is the first's", () => {
    const [first] = running;
    const second: Trial = { ...first!, id: "2", changes: [{ url: U, method: "PUT", lines: [{ name: "Access-Control-Allow-Origin", value: "*" }, { name: "X", value: "y" }] }] };
    expect(trialsAt([first!, second], heard("PUT"))?.trials).toEqual(["1", "2"]);
    expect(seen(heard("PUT"), [first!, second])).toEqual(["Server: s", `Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: true", "Cache-Control: no-store", "X: y"]);
  });

  test("the exchange is marked, by its request or by its preflight, once", () => {
    const log = logOf(preflight());
    const under = { lines: [], trials: ["7", "8"] };
    expect(markedTrials(markedTrials(log, "1", under), "1", { lines: [], trials: ["8", "9"] }).exchanges[0]?.trials).toEqual(["7", "8", "9"]);
    expect(markedTrials(log, "2", under).exchanges[0]?.trials).toEqual(["7", "8"]);
    expect(markedTrials(log, "3", under).exchanges[0]?.trials).toEqual([]);
  });
});

describe("how it goes", () => {
  const one = trial(of(response()));
  const under = (tape: Tape): ReturnType<typeof entryOf> => entryOf(markedTrials(logOf(tape), "1", { lines: [], trials: ["1"] }).exchanges[0]!, "chromium");
  const asked = (): Tape => new Tape().begin("1", "GET", U).send("1", "GET", U);

  test.each<[string, ReturnType<typeof entryOf>[], string, string | null]>([
    ["nothing yet", [], "waiting", null],
    ["only requests from before", [entryOf(of(response()), "chromium")], "waiting", null],
    ["under way", [under(asked())], "pending", "1"],
    ["passed", [under(asked().head("1", "GET", U, 200, { "Access-Control-Allow-Origin": A }).start("1", "GET", U).done("1", "GET", U))], "passed", "1"],
    ["blocked", [under(response())], "blocked", "1"],
    ["an image of the same address proves nothing", [under(new Tape({ type: "image" }).begin("1", "GET", U).send("1", "GET", U, { "Sec-Fetch-Mode": "no-cors" }).head("1", "GET", U, 200).start("1", "GET", U).done("1", "GET", U))], "waiting", null],
    ["nor does another page's request", [under(new Tape({ initiator: "https://b.example" }).begin("1", "GET", U).send("1", "GET", U).head("1", "GET", U, 200).fail("1", "GET", U, "net::ERR_FAILED"))], "waiting", null],
    ["the newest counts", [under(asked().head("1", "GET", U, 200, { "Access-Control-Allow-Origin": A }).start("1", "GET", U).done("1", "GET", U)), under(response())], "blocked", "1"],
  ])("%s", (_name, entries, outcome, shownBy) => expect(trialResults([one], entries)).toEqual([{ trial: one, outcome, shownBy, errorStatus: null }]));

  test("passed, but the server answers with an error all the same", () => {
    const [result] = trialResults([one], [under(asked().head("1", "GET", U, 500, { "Access-Control-Allow-Origin": A }).start("1", "GET", U).done("1", "GET", U))]);
    expect(result).toMatchObject({ outcome: "passed", errorStatus: 500 });
  });
});
