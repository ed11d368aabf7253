import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entryOf } from "../../src/entry.ts";
import { isFromReader, isToReader } from "../../extension/import-messages.ts";
import { HAR_PROBLEMS } from "../../src/har/har-error.ts";
import { fromHar } from "../../src/har/from-har.ts";
import { parseHar } from "../../src/har/read.ts";

const { source, exchanges } = fromHar(parseHar(readFileSync("test/recorded/hars/chrome.har", "utf8")));
const entries = exchanges.map((exchange) => entryOf(exchange, source.engine));

describe("what the reading worker says", () => {
  test.each([
    [{ type: "progress", bytes: 0 }],
    [{ type: "part", entries }],
    [{ type: "done", source, requests: 10 }],
    [{ type: "unreadable" }],
    [{ type: "failed", message: "" }],
    ...HAR_PROBLEMS.map((problem): [object] => [{ type: "wrong", problem, place: "log", found: "" }]),
  ])("%j is taken", (message) => {
    expect(isFromReader(message)).toBe(true);
  });
  test.each([
    [null],
    ["done"],
    [{}],
    [{ type: "progress" }],
    [{ type: "part", entries: {} }],
    [{ type: "part", entries: [{}] }],
    [{ type: "part", entries: [{ ...entries[0], verdict: null }] }],
    [{ type: "done", source: { ...source, engine: "webkit" }, requests: 10 }],
    [{ type: "done", source, requests: "10" }],
    [{ type: "wrong", problem: "else", place: "log", found: "" }],
    [{ type: "failed" }],
  ])("%j is not", (message) => {
    expect(isFromReader(message)).toBe(false);
  });
});

test("it is told to read a file, to go on, and to stop, and nothing else", () => {
  const file = new File(["{}"], "a.har");
  expect([{ type: "read", file }, { type: "more" }, { type: "stop" }].map(isToReader)).toEqual([true, true, true]);
  expect([{ type: "read", file: "a.har" }, { type: "read" }, { type: "end" }, null].map(isToReader)).toEqual([false, false, false, false]);
});
