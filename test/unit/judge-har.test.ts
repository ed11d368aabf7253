import { describe, expect, test } from "vitest";
import { judgeEntry, judgeHar } from "../../cli/index.ts";
import { wordsIn } from "../../cli/words.ts";
import { emptyLog, step } from "../../src/correlate.ts";
import { alike, findingsOf } from "../../src/findings.ts";
import { HarError } from "../../src/har/har-error.ts";
import { readHar } from "../../src/har/read.ts";
import { hasPassed, judge } from "../../src/judge.ts";
import { toHar } from "../../src/report/har.ts";
import { API, entry, FOUR, har, PAGE, UNTOLD } from "../cli/hars.ts";
import { RECORDED } from "./tapes.ts";

test("what was blocked, with the places of its messages", () => {
  const { source, counts, exchanges } = judgeHar(FOUR);
  expect(source).toEqual({ tool: "WebInspector", engine: "chromium", seenBy: "browser", foreign: false });
  expect(counts).toEqual({ blocked: 2, maybe: 0, passed: 1 });
  expect(exchanges).toMatchObject([
    { method: "GET", url: `${API}/blocked?token=redacted`, entries: [0], outcome: "blocked", code: "allow-origin-missing", startedDateTime: "2026-01-01T00:00:00.000Z", lacks: [], title: "No Access-Control-Allow-Origin" },
    { method: "PUT", url: `${API}/put`, entries: [4, 3], outcome: "blocked", code: "method-not-allowed", browserError: "MethodDisallowedByPreflightResponse" },
  ]);
  expect(exchanges[0]?.sentence).toContain("has no Access-Control-Allow-Origin header");
  expect(exchanges[0]?.remedy?.answers[0]?.lines).toContainEqual({ name: "Access-Control-Allow-Origin", value: PAGE, need: "browser" });
});

test("all: also what passed, and not what never left its origin", () => {
  expect(judgeHar(FOUR, { all: true }).exchanges.map(({ url, outcome }) => [url, outcome])).toEqual([
    [`${API}/blocked?token=redacted`, "blocked"],
    [`${API}/passed`, "allowed"],
    [`${API}/put`, "blocked"],
  ]);
});

test("secrets: only where they are asked for", () => {
  expect(JSON.stringify(judgeHar(FOUR))).not.toContain("SECRET");
  expect(judgeHar(FOUR, { sensitive: true }).exchanges[0]?.url).toBe(`${API}/blocked?token=SECRET`);
});

test("Korean", () => {
  expect(judgeHar(FOUR, { language: "ko" }).exchanges[0]?.sentence).toMatch(/[가-힣]/);
});

test("what the file lacks", () => {
  const { counts, exchanges } = judgeHar(UNTOLD);
  expect(counts).toEqual({ blocked: 0, maybe: 1, passed: 0 });
  expect(exchanges).toMatchObject([{ outcome: "unknown", lacks: ["answer", "credentials"] }]);
});

test("what is no HAR, and where", () => {
  expect(() => judgeHar({})).toThrow(new HarError("not-har", "log", "nothing"));
  expect(() => judgeHar(har([{}]))).toThrow("log.entries[0].request: missing");
});

describe("one entry", () => {
  const blocked = entry({ error: "net::ERR_FAILED" });

  test("by its headers alone, or as the browser that recorded it told", () => {
    expect(judgeEntry(blocked, { creator: "WebInspector" })).toMatchObject({ outcome: "blocked", entries: [0], lacks: [] });
    expect(judgeEntry(entry({}))).toMatchObject({ outcome: "blocked", code: "allow-origin-missing", lacks: ["outcome"] });
  });

  test("null for what passed, unless all is asked for", () => {
    const passed = entry({ got: { "Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Credentials": "true" } });
    expect(judgeEntry(passed)).toBeNull();
    expect(judgeEntry(passed, { all: true })).toMatchObject({ outcome: "allowed" });
  });

  test("the page's address, where nothing else tells", () => {
    const font = { ...entry({ type: "font" }), request: { method: "GET", url: `${API}/a.woff2`, headers: [] } };
    expect(judgeEntry(font, { all: true })).toBeNull();
    expect(judgeEntry(font, { page: `${PAGE}/index.html` })).toMatchObject({ code: "allow-origin-missing", exchange: { origin: PAGE } });
  });
});

test("what is alike is one group: the same fault for the same reason at the same server", () => {
  const log = readHar(har([
    entry({ url: `${API}/1`, error: "net::ERR_FAILED" }),
    entry({ url: `${API}/2`, error: "net::ERR_FAILED", at: 1 }),
    entry({ url: `${API}/3`, error: "net::ERR_FAILED", status: 500, at: 2 }),
    entry({ url: "https://other.example/", error: "net::ERR_FAILED", at: 3 }),
  ]));
  expect(alike(findingsOf(log).found).map((group) => group.map(({ exchange }) => exchange.hops[0].request.url))).toEqual([[`${API}/1`, `${API}/2`], [`${API}/3`], ["https://other.example/"]]);
});

describe.each(RECORDED)("our own: $engine, $name", ({ engine, events }) => {
  const { exchanges } = events.reduce(step, emptyLog(engine));
  const report = toHar(exchanges, engine, { words: wordsIn("en"), version: "1.0", sensitive: true });

  test("judged once where alike, and never otherwise than each by itself", () => {
    // Twice, so that there is something alike.
    const later = report.log.entries.map((each) => ({ ...each, _cors: { ...each._cors, pair: `${each._cors.pair} again` } }));
    for (const { exchange, verdict } of findingsOf(readHar({ log: { ...report.log, entries: [...report.log.entries, ...later] } }), true).found) expect(verdict).toEqual(judge(exchange, engine));
  });

  test("what the events say passed is what a verdict says was allowed", () => {
    for (const exchange of exchanges) if (hasPassed(exchange, engine)) expect(judge(exchange, engine).outcome).toBe("allowed");
    const report = readHar(toHar(exchanges, engine, { words: wordsIn("en"), version: "1.0", sensitive: true }));
    const [some, all] = [findingsOf(report), findingsOf(report, true)];
    expect(some.counts).toEqual(all.counts);
    expect(some.found.map(({ exchange }) => exchange.id)).toEqual(all.found.filter(({ standing }) => standing !== "passed").map(({ exchange }) => exchange.id));
  });

  test("the places are those of its messages", () => {
    for (const { entries, url } of judgeHar(report, { all: true, sensitive: true }).exchanges) {
      expect(entries.length).toBeGreaterThan(0);
      expect(entries.map((place) => report.log.entries[place]?.request)).toContainEqual(expect.objectContaining({ url }));
    }
  });
});
