import { describe, expect, test } from "vitest";
import { placeOf, withCallSites } from "../../src/call-sites.ts";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Log } from "../../src/model.ts";
import type { CallSite } from "../../src/protocol.ts";
import { B, C, Tape } from "./tapes.ts";

const BEGAN = 1_000_001;
const site = (callSite: string, change: Partial<CallSite> = {}): CallSite => ({ url: B, method: "GET", startedTime: BEGAN, callSite, ...change });
const log = (...urls: string[]): Log =>
  urls.flatMap((url, index) => new Tape().begin(String(index), "GET", url).events.map((event) => ({ ...event, time: BEGAN + index }))).reduce(step, emptyLog("chromium"));

describe("whose call site it is", () => {
  test.each<[string, Log, CallSite[], (string | null)[]]>([
    ["one", log(B), [site("a:1:1")], ["a:1:1"]],
    ["a fragment isn't sent", log(`${B}#top`), [site("a:1:1")], ["a:1:1"]],
    ["equal requests, in order", log(B, B), [site("a:2:1", { startedTime: BEGAN + 1 }), site("a:1:1")], ["a:1:1", "a:2:1"]],
    ["another URL", log(B), [site("a:1:1", { url: C })], [null]],
    ["another method", log(B), [site("a:1:1", { method: "PUT" })], [null]],
    ["another time", log(B), [site("a:1:1", { startedTime: BEGAN + 1001 })], [null]],
  ])("%s", (_name, before, sites, wanted) => {
    expect(withCallSites(before, sites).exchanges.map(({ callSite }) => callSite)).toEqual(wanted);
  });

  test("without news the log is the same one", () => {
    const told = withCallSites(log(B), [site("a:1:1")]);
    expect(withCallSites(told, [site("b:1:1")])).toBe(told);
  });
});

test.each([
  ["https://app.example/main.js:12:5", { url: "https://app.example/main.js", line: 12, column: 5 }],
  ["http://127.0.0.1:8080/:1:30", { url: "http://127.0.0.1:8080/", line: 1, column: 30 }],
  ["webpack-internal:///./src/a.js?x:3:4:7:8", { url: "webpack-internal:///./src/a.js?x:3:4", line: 7, column: 8 }],
  ["https://app.example/main.js:12", null],
  ["https://app.example/main.js", null],
  ["https://app.example/main.js:0:5", null],
  ["https://app.example/main.js:5:0", null],
  [":1:1", null],
])("the place %s", (callSite, place) => {
  expect(placeOf(callSite)).toEqual(place);
});
