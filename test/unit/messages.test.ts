import { describe, expect, test } from "vitest";
import { isHarQuestion, isToWorker } from "../../extension/messages.ts";
import { type FinishedRequest, parsePortName, portName, type ToWorker } from "../../src/protocol.ts";

const finished: FinishedRequest = {
  url: "https://b.example/", method: "GET", type: "xmlhttprequest", preflight: false, startedTime: 1, endedTime: 2,
  requestHeaders: [{ name: "Origin", value: "https://a.example" }], status: 0, statusText: "", responseHeaders: [], redirectUrl: "", error: null, callSite: null,
};

describe("to the worker, accepted", () => {
  test.each<[ToWorker]>([
    [{ type: "clear" }],
    [{ type: "more" }],
    [{ type: "record", on: false }],
    [{ type: "preserve", on: true }],
    [{ type: "controlled", serviceWorker: true }],
    [{ type: "precise", on: false }],
    [{ type: "call-sites", sites: [{ url: "https://b.example/", method: "GET", startedTime: 1, callSite: "https://a.example/:1:1" }] }],
    [{ type: "finished", requests: [] }],
    [{ type: "finished", requests: [finished, { ...finished, error: "net::ERR_FAILED" }] }],
  ])("%j", (message) => {
    expect(isToWorker(message)).toBe(true);
  });
});

describe("to the worker, refused", () => {
  test.each<[unknown]>([
    [undefined],
    [null],
    ["clear"],
    [1],
    [[]],
    [[{ type: "clear" }]],
    [{}],
    [{ type: "Clear" }],
    [{ type: ["clear"] }],
    [{ type: "constructor" }],
    [{ type: "har", tabId: 1 }],
    [{ type: "record" }],
    [{ type: "record", on: "true" }],
    [{ type: "preserve", on: 1 }],
    [{ type: "controlled", serviceWorker: null }],
    [{ type: "finished" }],
    [{ type: "precise" }],
    [{ type: "call-sites", sites: [{ url: "https://b.example/", method: "GET", startedTime: 1, callSite: null }] }],
    [{ type: "call-sites", sites: [{ url: "https://b.example/", method: "GET", startedTime: "1", callSite: "x" }] }],
    [{ type: "call-sites", sites: {} }],
    [{ type: "field-lines" }],
    [{ type: "field-lines", answered: [{ url: "https://b.example/", method: "GET", startedTime: 1, status: 200, responseHeaders: [{ name: "Vary" }] }] }],
    [{ type: "field-lines", answered: [{ url: "https://b.example/", method: "GET", startedTime: 1, status: "200", responseHeaders: [] }] }],
    [{ type: "finished", requests: { length: 0 } }],
    [{ type: "finished", requests: [finished, null] }],
    [{ type: "finished", requests: [[]] }],
  ])("%j", (message) => {
    expect(isToWorker(message)).toBe(false);
  });
});

describe("a finished request with one field of another kind is refused", () => {
  test.each<[keyof FinishedRequest, unknown]>([
    ["url", 1], ["method", null], ["type", {}], ["preflight", "true"], ["startedTime", "1"], ["endedTime", null], ["status", "200"],
    ["statusText", undefined], ["redirectUrl", null], ["error", undefined], ["error", 1],
    ["requestHeaders", null], ["requestHeaders", {}], ["requestHeaders", ["Origin: x"]], ["requestHeaders", [{ name: "Origin" }]],
    ["responseHeaders", [{ name: 1, value: "x" }]], ["responseHeaders", [{ name: "x", value: { toString: null } }]],
  ])("%s %j", (field, value) => {
    expect(isToWorker({ type: "finished", requests: [{ ...finished, [field]: value }] })).toBe(false);
  });
});

describe("a question for the HAR", () => {
  test.each<[unknown, boolean]>([
    [{ type: "har", tabId: 1 }, true],
    [{ type: "har" }, false],
    [{ type: "har", tabId: "1" }, false],
    [{ type: "HAR", tabId: 1 }, false],
    [{ tabId: 1 }, false],
    [["har", 1], false],
    ["har", false],
    [null, false],
    [undefined, false],
  ])("%j: %s", (message, wanted) => {
    expect(isHarQuestion(message)).toBe(wanted);
  });
});

describe("the name of a port", () => {
  test.each<[string, ReturnType<typeof parsePortName>]>([
    [portName("panel", 7), { watcher: "panel", tabId: 7 }],
    [portName("devtools", 0), { watcher: "devtools", tabId: 0 }],
    ["", null],
    ["panel", null],
    ["panel:", null],
    ["panel:-1", null],
    ["panel:1.5", null],
    ["panel:1e3", null],
    ["panel:1 ", null],
    ["panel:1\n", null],
    [" panel:1", null],
    ["panel:1:2", null],
    ["Panel:1", null],
    ["background:1", null],
  ])("%j", (name, wanted) => {
    expect(parsePortName(name)).toEqual(wanted);
  });
});
