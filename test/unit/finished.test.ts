import { describe, expect, test } from "vitest";
import { finishedRequest } from "../../src/har/finished-request.ts";
import type { FinishedRequest } from "../../src/protocol.ts";

/** An entry as Chrome gives it, for as much as is read of it. */
const ENTRY = {
  startedDateTime: "2026-08-20T10:00:00.250Z",
  time: 120.5,
  _resourceType: "fetch",
  _initiator: { type: "script" },
  request: { url: "https://b.example/x", method: "PUT", headers: [{ name: "Origin", value: "https://a.example" }] },
  response: { status: 200, statusText: "OK", headers: [{ name: "Vary", value: "Origin" }], redirectURL: "", _error: null },
};
const STARTED = Date.UTC(2026, 7, 20, 10, 0, 0, 250);
const FINISHED: FinishedRequest = {
  url: "https://b.example/x", method: "PUT", type: "xmlhttprequest", preflight: false, startedTime: STARTED, endedTime: STARTED + 120.5,
  requestHeaders: [{ name: "Origin", value: "https://a.example" }], status: 200, statusText: "OK",
  responseHeaders: [{ name: "Vary", value: "Origin" }], redirectUrl: "", error: null, callSite: null,
};

describe("an entry", () => {
  test.each<[string, object, Partial<FinishedRequest>]>([
    ["as it is", {}, {}],
    ["an XHR", { _resourceType: "xhr" }, {}],
    ["an EventSource", { _resourceType: "eventsource" }, {}],
    ["a font", { _resourceType: "font" }, { type: "font" }],
    ["a type that is also a name of Object's", { _resourceType: "constructor" }, { type: "constructor" }],
    ["Firefox's, without a type", { _resourceType: undefined, _initiator: undefined }, { type: "" }],
    ["a preflight by its type", { _resourceType: "preflight" }, { type: "preflight", preflight: true }],
    ["a preflight by its initiator", { _initiator: { type: "preflight" } }, { preflight: true }],
    ["a preflight by what no page can send", { _resourceType: undefined, request: { ...ENTRY.request, method: "OPTIONS", headers: [{ name: "Access-Control-Request-Method", value: "PUT" }] } },
      { type: "", method: "OPTIONS", preflight: true, requestHeaders: [{ name: "Access-Control-Request-Method", value: "PUT" }] }],
    ["an OPTIONS request of the page's own", { request: { ...ENTRY.request, method: "OPTIONS" } }, { method: "OPTIONS" }],
    ["where it was called", { _initiator: { type: "script", stack: { callFrames: [{ url: "", lineNumber: 1 }, { url: "https://a.example/app.js", lineNumber: 41, columnNumber: 6 }] } } }, { callSite: "https://a.example/app.js:42:7" }],
    ["where what was called later was called", { _initiator: { type: "script", stack: { callFrames: [], parent: { callFrames: [{ url: "https://a.example/app.js", lineNumber: 0, columnNumber: 0 }] } } } }, { callSite: "https://a.example/app.js:1:1" }],
    ["the line of the document", { _initiator: { type: "parser", url: "https://a.example/", lineNumber: 9 } }, { callSite: "https://a.example/:10:1" }],
    ["an initiator that is none", { _initiator: "preflight" }, {}],
    ["a redirect", { response: { ...ENTRY.response, status: 302, redirectURL: "https://c.example/" } }, { status: 302, redirectUrl: "https://c.example/" }],
    ["a failure", { response: { ...ENTRY.response, status: 0, statusText: "", headers: [], _error: "net::ERR_FAILED" } }, { status: 0, statusText: "", responseHeaders: [], error: "net::ERR_FAILED" }],
    ["numbers as text", { time: "120", response: { ...ENTRY.response, status: "200" } }, { status: 200, endedTime: STARTED + 120 }],
    ["a header with more to it, and one without a value", { request: { ...ENTRY.request, headers: [{ name: "X", value: "y", comment: "z" }, { name: "Y" }] } }, { requestHeaders: [{ name: "X", value: "y" }, { name: "Y", value: "" }] }],
    ["no headers", { response: { ...ENTRY.response, headers: undefined } }, { responseHeaders: [] }],
  ])("%s", (_name, change, wanted) => {
    expect(finishedRequest({ ...ENTRY, ...change })).toEqual({ ...FINISHED, ...wanted });
  });
});

describe("no entry", () => {
  test.each<[unknown]>([
    [undefined],
    [null],
    ["entry"],
    [[]],
    [{}],
    [{ ...ENTRY, request: null }],
    [{ ...ENTRY, time: Infinity }],
    [{ ...ENTRY, request: { ...ENTRY.request, headers: [null] } }],
    [{ ...ENTRY, response: { ...ENTRY.response, headers: { length: 1 } } }],
    [{ ...ENTRY, request: [] }],
    [{ ...ENTRY, response: "200" }],
    [{ ...ENTRY, request: { ...ENTRY.request, url: "" } }],
    [{ ...ENTRY, request: { ...ENTRY.request, url: 1 } }],
    [{ ...ENTRY, startedDateTime: "yesterday" }],
    [{ ...ENTRY, startedDateTime: 0 }],
    [{ ...ENTRY, startedDateTime: undefined }],
  ])("%j", (entry) => {
    expect(finishedRequest(entry)).toBeNull();
  });
});
