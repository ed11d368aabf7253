import { describe, expect, test } from "vitest";
import { type Details, KINDS, netEvent } from "../../extension/net-event.ts";
import type { NetEvent } from "../../src/model.ts";

/** As the browsers give them; what they have beside is left out. */
const CHROMIUM: Details = { requestId: "3", url: "https://b.example/x", method: "GET", type: "font", tabId: 7, frameId: 0, timeStamp: 1795416321875.274, initiator: "https://a.example" };
const FIREFOX: Details = { requestId: "13", url: "https://b.example/x", method: "GET", type: "font", tabId: 2, frameId: 0, timeStamp: 1795416335880, originUrl: "https://a.example/page?x" };

const SEEN_BY_CHROMIUM = { requestId: "3", url: "https://b.example/x", method: "GET", type: "font", tabId: 7, frameId: 0, initiator: "https://a.example", time: 1795416321875.274 };
const SEEN_BY_FIREFOX = { requestId: "13", url: "https://b.example/x", method: "GET", type: "font", tabId: 2, frameId: 0, initiator: "https://a.example", time: 1795416335880 };

const answer = { statusCode: 307, statusLine: "HTTP/1.1 307 Temporary Redirect", responseHeaders: [{ name: "Vary", value: "Origin" }], fromCache: false };
const answered = { status: 307, statusText: "Temporary Redirect", responseHeaders: [{ name: "Vary", value: "Origin" }] };

describe.each([["Chromium", CHROMIUM, SEEN_BY_CHROMIUM], ["Firefox", FIREFOX, SEEN_BY_FIREFOX]])("%s", (_name, base, seen) => {
  test.each<[keyof typeof KINDS, Partial<Details>, object]>([
    ["onBeforeRequest", {}, {}],
    ["onSendHeaders", { requestHeaders: [{ name: "Origin", value: "null" }] }, { requestHeaders: [{ name: "Origin", value: "null" }] }],
    ["onSendHeaders", {}, { requestHeaders: [] }],
    ["onHeadersReceived", answer, answered],
    ["onHeadersReceived", {}, { status: 0, statusText: "", responseHeaders: [] }],
    ["onBeforeRedirect", { ...answer, redirectUrl: "https://c.example/" }, { ...answered, redirectUrl: "https://c.example/" }],
    ["onResponseStarted", answer, {}],
    ["onCompleted", { ...answer, fromCache: true }, { fromCache: true }],
    ["onCompleted", answer, { fromCache: false }],
    ["onErrorOccurred", { error: "net::ERR_FAILED", fromCache: false }, { error: "net::ERR_FAILED" }],
  ])("%s %j", (name, details, wanted) => {
    expect(netEvent(KINDS[name], { ...base, ...details })).toEqual({ ...seen, kind: KINDS[name], ...wanted });
  });
});

function received(details: Partial<Details>): Extract<NetEvent, { kind: "headers-received" }> {
  return netEvent("headers-received", { ...CHROMIUM, ...details }) as Extract<NetEvent, { kind: "headers-received" }>;
}

test.each([
  ["HTTP/1.1 404 Not Found", "Not Found"],
  ["HTTP/2 200", ""],
  ["HTTP/2.0 200 ", ""],
  ["", ""],
])("status line %j", (statusLine, text) => {
  expect(received({ statusLine }).statusText).toBe(text);
});

test.each<[object, string]>([
  [{ value: "*" }, "*"],
  [{ value: "" }, ""],
  [{}, ""],
  // Chromium gives bytes that are not UTF-8 as numbers.
  [{ binaryValue: [0x61, 0xc3, 0xa9, 0xe9] }, "aé\uFFFD"],
  [{ binaryValue: [] }, ""],
  [{ binaryValue: "a" }, ""],
])("header value %j", (value, wanted) => {
  expect(received({ responseHeaders: [{ name: "X-A", ...value }] }).responseHeaders).toEqual([{ name: "X-A", value: wanted }]);
});

test.each<[Partial<Details>, string | null]>([
  [{ initiator: "null" }, "null"],
  [{ initiator: "https://a.example", originUrl: "https://other.example/" }, "https://a.example"],
  [{ initiator: undefined, originUrl: "http://localhost:3000/page" }, "http://localhost:3000"],
  [{ initiator: undefined, originUrl: "file:///x" }, "null"],
  [{ initiator: undefined, originUrl: "data:text/html,x" }, "null"],
  [{ initiator: undefined, originUrl: "" }, "null"],
  [{ initiator: undefined }, null],
])("initiator %j", (details, wanted) => {
  expect(netEvent("before-request", { ...CHROMIUM, ...details }).initiator).toBe(wanted);
});
