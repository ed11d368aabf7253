import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Words } from "../../src/explain.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import { remedy } from "../../src/remedy.ts";
import type { CorsVerdict } from "../../src/report/contract.ts";
import { type HarEntry, toHar } from "../../src/report/har.ts";
import { A, B, C, RECORDED, Tape } from "./tapes.ts";

const words: Words = (key, params = []) => [key, ...params].join(" ");
const OPTIONS = { words, version: "1.0", sensitive: false };

function exchanges(engine: Engine, { events }: Pick<Tape, "events">): readonly Exchange[] {
  return events.reduce(step, emptyLog(engine)).exchanges;
}

function entries(engine: Engine, tape: Pick<Tape, "events">): Entries {
  return JSON.parse(JSON.stringify(toHar(exchanges(engine, tape), engine, OPTIONS).log.entries)) as Entries;
}

type Entries = (HarEntry & { _initiator?: { requestId: string }; request: { url: string; method: string }; response: { status: number; redirectURL: string; _error?: string } })[];

function verdicts(of: readonly Pick<HarEntry, "_cors">[]): CorsVerdict[] {
  return of.flatMap(({ _cors }) => ("outcome" in _cors ? [_cors] : []));
}

/** Two hops, each preflighted. */
const LONG = new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
  .head("2", "OPTIONS", B, 204, { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "PUT" }).start("2", "OPTIONS", B).done("2", "OPTIONS", B)
  .send("1", "PUT", B).head("1", "PUT", B, 307, { "Access-Control-Allow-Origin": A, Location: C }).redirect("1", "PUT", B, C)
  .begin("1", "PUT", C).begin("3", "OPTIONS", C).send("3", "OPTIONS", C, { Origin: "null", "Access-Control-Request-Method": "PUT" })
  .head("3", "OPTIONS", C, 204, {}).start("3", "OPTIONS", C).done("3", "OPTIONS", C).fail("1", "PUT", C, "net::ERR_FAILED");

test("what works but costs is on the main request, in words", () => {
  const tape = new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, { "Access-Control-Allow-Origin": A, "X-Total-Count": "9" }).start("1", "GET", B).done("1", "GET", B);
  expect(verdicts(entries("chromium", tape)).map(({ notices }) => notices)).toEqual([[{ code: "headers-not-exposed", evidence: "note_headers_not_exposed X-Total-Count" }]]);
});

test("the log: what both importers need of it", () => {
  expect(toHar([], "chromium", OPTIONS).log).toEqual({
    version: "1.2",
    creator: { name: "CORS Explainer", version: "1.0" },
    pages: [{ id: "page_1", startedDateTime: "1970-01-01T00:00:00.000Z", title: "extensionName", pageTimings: {} }],
    entries: [],
  });
});

const list = expect.any(Array);
const text = expect.any(String);

describe("each entry: what both importers need of it", () => {
  test.each([...RECORDED, { name: "two hops", engine: "chromium" as const, events: LONG.events }])("$engine: $name", ({ engine, events }) => {
    for (const entry of entries(engine, { events: [...events] })) {
      expect(entry).toMatchObject({
        pageref: "page_1", startedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), time: expect.any(Number), cache: {}, comment: text,
        request: { method: text, url: text, httpVersion: text, headers: list, cookies: [], queryString: list, headersSize: -1, bodySize: -1 },
        response: { status: expect.any(Number), statusText: text, httpVersion: text, headers: list, cookies: [], content: { size: 0, mimeType: text }, redirectURL: text, headersSize: -1, bodySize: -1 },
        timings: { send: expect.any(Number), wait: expect.any(Number), receive: expect.any(Number) },
        _resourceType: text,
      });
      const { send, wait, receive } = entry.timings as Record<string, number>;
      for (const time of [entry.time, send, wait, receive]) expect(time).toBeGreaterThanOrEqual(0);
    }
  });

  test("times that go backwards are no negative durations", () => {
    const [exchange] = exchanges("chromium", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200).done("1", "GET", B));
    const [{ request }] = exchange!.hops;
    const late = { ...exchange!, hops: [{ preflight: null, request: { ...request, startedTime: request.end!.time + 9 } }] } as const;
    expect(toHar([late], "chromium", OPTIONS).log.entries[0]).toMatchObject({ time: 0, timings: { send: 0, wait: 0 } });
  });
});

test("one message an entry, in the order in which they began, each linked to the others", () => {
  const all = entries("chromium", LONG);
  expect(all.map(({ request, _cors, _initiator, _resourceType }) => [request.method, request.url, _cors.role, _cors.pair, _initiator?.requestId, _resourceType])).toEqual([
    ["PUT", B, "redirect", "1", undefined, "fetch"],
    ["OPTIONS", B, "preflight", "1", "har-0", "preflight"],
    ["PUT", C, "main", "1", undefined, "fetch"],
    ["OPTIONS", C, "preflight", "1", "har-2", "preflight"],
  ]);
  expect(all.map(({ response }) => [response.status, response.redirectURL, response._error])).toEqual([[307, C, undefined], [204, "", undefined], [0, "", "net::ERR_FAILED"], [204, "", undefined]]);
});

test("where it was asked for, as Chrome's importer reads it", () => {
  const [exchange] = exchanges("chromium", new Tape().begin("1", "GET", B));
  const [entry] = toHar([{ ...exchange!, callSite: "https://app.example/app.js?token=x:42:7" }], "chromium", OPTIONS).log.entries;
  expect(entry?._initiator).toEqual({ type: "script", url: "https://app.example/app.js?token=redacted", lineNumber: 41, columnNumber: 6 });
});

test("exchanges that interleave: each preflight is linked to its own request", () => {
  const ask = { "Access-Control-Request-Method": "PUT" };
  const tape = new Tape().begin("1", "PUT", B).begin("2", "PUT", C).begin("3", "OPTIONS", C).send("3", "OPTIONS", C, ask).begin("4", "OPTIONS", B).send("4", "OPTIONS", B, ask);
  expect(entries("chromium", tape).map(({ request, _cors, _initiator }) => [request.url, _cors.pair, _initiator?.requestId])).toEqual([
    [B, "1", undefined], [C, "2", undefined], [C, "2", "har-1"], [B, "1", "har-0"],
  ]);
});

describe("one verdict an exchange, on its main request: the one that the panel shows", () => {
  test.each([...RECORDED, { name: "two hops", engine: "chromium" as const, events: LONG.events }])("$engine: $name", ({ engine, events }) => {
    const [exchange] = exchanges(engine, { events: [...events] });
    const verdict = judge(exchange!, engine);
    const all = entries(engine, { events: [...events] });
    expect(verdicts(all)).toMatchObject([{
      pair: exchange!.id, role: "main", outcome: verdict.outcome, code: verdict.code, phase: verdict.phase, browserError: verdict.browserError,
      alternatives: list, header: verdict.header, failing: verdict.failing, otherEngine: verdict.otherEngine, evidence: list,
      credentials: verdict.credentials, call: null, callSite: null, causes: list, notices: list, remedy: remedy(exchange!, verdict, "chromium"), onTrial: false,
    }]);
    const atFault = verdict.phase === "preflight" ? ["main", "preflight"] : ["main"];
    const last = all.filter(({ _cors, _initiator }) => atFault.includes(_cors.role) && (_cors.role === "main" || _initiator?.requestId === `har-${all.findIndex((one) => one._cors.role === "main")}`));
    expect(all.filter(({ comment }) => comment !== "")).toEqual(last);
  });

  test("several", () => {
    const tape = new Tape().begin("1", "GET", B).begin("2", "GET", C).send("1", "GET", B).send("2", "GET", C).fail("2", "GET", C, "net::ERR_TIMED_OUT");
    expect(verdicts(entries("chromium", tape)).map(({ pair, outcome }) => [pair, outcome])).toEqual([["1", "unknown"], ["2", "blocked"]]);
  });
});

test("alternatives and evidence are sentences", () => {
  const tape = new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, { "Access-Control-Allow-Origin": "*" }).start("1", "GET", B).done("1", "GET", B);
  expect(verdicts(entries("gecko", tape))).toMatchObject([{
    alternatives: ["CORSNotSupportingCredentials condition_credentials_include"],
    evidence: ["evidence_response_outcome_not_reported", "evidence_credentials_unknown"],
  }]);
});

describe("secrets are nowhere in it", () => {
  const SECRET = "s3cret";
  const sent = new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: SECRET, Authorization: SECRET, "X-Api-Key": SECRET });
  const refused = (location: string): Tape =>
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { "Access-Control-Allow-Origin": A, Location: location }).fail("1", "GET", B, "net::ERR_FAILED");
  const at = `https://u:${SECRET}@api.example`;

  test.each<[string, Tape]>([
    ["request headers", sent],
    ["response headers", sent.head("1", "GET", B, 200, { "Set-Cookie": SECRET, "X-Auth-Token": SECRET })],
    ["the request's URL", new Tape().begin("1", "GET", at).send("1", "GET", at).head("1", "GET", at, 200).fail("1", "GET", at, "net::ERR_FAILED")],
    ["a Location that is refused for it", refused(`https://u:${SECRET}@other.example/`)],
    ["a Location that leaves the scheme out", refused(`//u:${SECRET}@other.example/`)],
    ["a redirect that is advised to be let through", refused(`https://other.example/?access_token=${SECRET}`)],
    ["a redirect that was followed", refused(`https://u:${SECRET}@other.example/`).redirect("1", "GET", B, `https://u:${SECRET}@other.example/`)],
  ])("%s", (_name, tape) => {
    expect(JSON.stringify(entries("chromium", tape))).not.toContain(SECRET);
  });

  test("what CORS looks at is there", () => {
    const tape = new Tape().begin("1", "GET", `${B}/?a=1&a=2`).send("1", "GET", `${B}/?a=1&a=2`).head("1", "GET", `${B}/?a=1&a=2`, 200, { Vary: "Origin", "Content-Type": "text/html" });
    expect(entries("chromium", tape)[0]).toMatchObject({
      request: { queryString: [{ name: "a", value: "1" }, { name: "a", value: "2" }], headers: [{ name: "Origin", value: A }, { name: "Sec-Fetch-Mode", value: "cors" }] },
      response: { content: { mimeType: "text/html" }, headers: [{ name: "Vary", value: "Origin" }, { name: "Content-Type", value: "text/html" }] },
    });
  });
});

describe("what DevTools know beside", () => {
  const URL_OF_PAGE = "https://app.example/app.js?token=s3cret";
  const tape = new Tape().begin("1", "GET", `${B}/?token=s3cret`).send("1", "GET", `${B}/?token=s3cret`).head("1", "GET", `${B}/?token=s3cret`, 200).fail("1", "GET", `${B}/?token=s3cret`, "net::ERR_FAILED");
  const [exchange] = exchanges("chromium", tape);
  const entry = (change: object = {}): object => ({
    startedDateTime: new Date(exchange!.hops[0].request.startedTime + 200).toISOString(), time: 30, serverIPAddress: "192.0.2.1", timings: { blocked: 2, dns: -1, connect: 5, send: 1, wait: 20, receive: 2, _blocked_queueing: 1 },
    _initiator: { type: "script", requestId: "7.1", stack: { callFrames: [{ functionName: "load", url: URL_OF_PAGE, lineNumber: 3 }] } },
    request: { method: "GET", url: `${B}/?token=s3cret`, httpVersion: "h2" }, response: { status: 200 }, ...change,
  });
  const written = (network: readonly unknown[], sensitive = false) => toHar([exchange!], "chromium", { ...OPTIONS, sensitive, network }).log.entries[0];

  test("times, versions, addresses and stacks, without secrets", () => {
    expect(written([entry()])).toMatchObject({
      serverIPAddress: "192.0.2.1", timings: { blocked: 2, dns: -1, connect: 5, send: 1, wait: 20, receive: 2, _blocked_queueing: 1 }, request: { httpVersion: "h2" }, response: { httpVersion: "h2" },
      _initiator: { type: "script", stack: { callFrames: [{ functionName: "load", url: "https://app.example/app.js?token=redacted", lineNumber: 3 }] } },
    });
    expect(JSON.stringify(written([entry()]))).not.toMatch(/s3cret|7\.1/);
    expect(JSON.stringify(written([entry()], true))).toContain(URL_OF_PAGE);
  });

  test.each<[string, unknown]>([
    ["another time", entry({ startedDateTime: "2001-01-01T00:00:00Z" })],
    ["another address", entry({ request: { method: "GET", url: `${B}/other` } })],
    ["no entry", null],
    ["nonsense", entry({ request: [] })],
  ])("not of %s", (_, network) => {
    expect(written([network])).toEqual(written([]));
  });

  test("parts of wrong types are left out", () => {
    expect(written([entry({ timings: { wait: "1" }, serverIPAddress: 7, _initiator: "script" })])).toEqual({ ...written([]), request: { ...written([])!.request, httpVersion: "h2" }, response: { ...written([])!.response, httpVersion: "h2" } });
  });
});
