import { describe, expect, test } from "vitest";
import { fromHar } from "../../src/har/from-har.ts";
import { readHar } from "../../src/har/read.ts";
import { judge } from "../../src/judge.ts";
import { isCrossOrigin } from "../../src/request.ts";
import { A, B, C } from "./tapes.ts";

const ORIGIN = { name: "Origin", value: A };
const SENT = [ORIGIN, { name: "Sec-Fetch-Mode", value: "cors" }, { name: "Accept-Encoding", value: "br" }];
const ALLOWED = [{ name: "Access-Control-Allow-Origin", value: A }];

/** An entry that starts so many milliseconds after the first. */
function entry(start: number, method: string, url: string, { status = 200, sent = SENT, headers = [] as { name: string; value: string }[], time = 10, ...response }: { status?: number; sent?: { name: string; value: string }[]; headers?: { name: string; value: string }[]; time?: number; _error?: string; redirectURL?: string } = {}): object {
  return { startedDateTime: new Date(1_800_000_000_000 + start).toISOString(), time, request: { method, url, headers: sent }, response: { status, statusText: "", headers, redirectURL: "", ...response } };
}

const failed = { _error: "net::ERR_FAILED" };
const asks = (method: string, ...names: string[]) => [ORIGIN, { name: "Access-Control-Request-Method", value: method }, ...names.map((value) => ({ name: "Access-Control-Request-Headers", value }))];
const redirects = (to: string) => ({ status: 302, headers: [...ALLOWED, { name: "Location", value: to }], redirectURL: to });

/** What is said of each exchange, with the places of its entries. */
function told(entries: readonly object[], creator = "WebInspector", browser: object = {}): string[] {
  const { source, exchanges } = fromHar(readHar({ log: { creator: { name: creator }, ...browser, entries } }));
  return exchanges.filter(isCrossOrigin).map((exchange) => {
    const { outcome, browserError } = judge(exchange, source.engine);
    const places = exchange.hops.flatMap(({ preflight, request }) => [preflight?.requestId, request.requestId]).filter((id) => id !== undefined);
    return `${places.join()} ${outcome} ${browserError ?? ""}`.trim();
  });
}

describe("what belongs together", () => {
  const simple = [...SENT, { name: "Content-Type", value: "text/plain" }];
  const json = [ORIGIN, { name: "Content-Type", value: "application/json" }];
  test.each<[string, object[], string[]]>([
    ["a redirect and what it leads to", [entry(0, "GET", B, redirects(C)), entry(11, "GET", C, { ...failed })], ["0,1 blocked MissingAllowOriginHeader"]],
    ["201 and its Location are no redirect", [entry(0, "GET", B, { status: 201, headers: [...ALLOWED, { name: "Location", value: C }], redirectURL: C }), entry(500, "GET", C, { ...failed })], ["0 allowed", "1 blocked MissingAllowOriginHeader"]],
    ["a redirect that took long", [entry(0, "GET", B, { ...redirects(C), time: 6000 }), entry(6001, "GET", C, { ...failed })], ["0,1 blocked MissingAllowOriginHeader"]],
    ["what began before the redirect was there isn't led to", [entry(0, "GET", B, { ...redirects(C), time: 3000 }), entry(100, "GET", C, { ...failed }), entry(3001, "GET", C, { headers: ALLOWED })], ["0,2 allowed", "1 blocked MissingAllowOriginHeader"]],
    ["a redirect whose redirectURL is empty", [entry(0, "GET", B, { ...redirects(C), redirectURL: "" }), entry(11, "GET", C, { ...failed })], ["0,1 blocked MissingAllowOriginHeader"]],
    ["a preflight isn't for a request that needs none", [entry(0, "POST", B, { sent: simple, headers: ALLOWED, time: 5000 }), entry(3000, "POST", B, { sent: json, status: 0, ...failed }), entry(3001, "OPTIONS", B, { sent: asks("POST", "content-type"), status: 204 })], ["0 allowed", "2,1 blocked PreflightMissingAllowOriginHeader"]],
    ["nor for one of another origin", [entry(0, "PUT", B, { headers: ALLOWED }), entry(1, "OPTIONS", B, { sent: [{ name: "Origin", value: "https://frame.example" }, { name: "Access-Control-Request-Method", value: "PUT" }], status: 500 })], ["0 allowed", "1,1-request blocked PreflightMissingAllowOriginHeader"]],
    ["a preflight whose request isn't there", [entry(0, "OPTIONS", B, { sent: asks("PUT"), status: 404 })], ["0,0-request blocked PreflightMissingAllowOriginHeader"]],
    ["one that passed", [entry(0, "OPTIONS", B, { sent: asks("PUT"), status: 204, headers: [...ALLOWED, { name: "Access-Control-Allow-Methods", value: "PUT" }] })], ["0,0-request unknown"]],
  ])("%s", (_, entries, wanted) => expect(told(entries)).toEqual(wanted));
});

describe("who recorded it", () => {
  const bare = [entry(0, "GET", B)];
  test.each<[string, string, object, string]>([
    ["Chrome tells what passed", "WebInspector", {}, "0 allowed"],
    ["a proxy doesn't, though it names the browser", "BrowserMob Proxy", { browser: { name: "Chrome" } }, "0 blocked MissingAllowOriginHeader"],
    ["nor Firefox", "Firefox", { browser: { name: "Firefox" } }, "0 blocked CORSMissingAllowOrigin"],
    ["nor Safari, whose checks are not known", "WebKit Web Inspector", {}, "0 blocked MissingAllowOriginHeader"],
  ])("%s", (_, creator, browser, wanted) => expect(told(bare, creator, browser)).toEqual([wanted]));

  test("Safari's sentences about what went wrong aren't taken for net errors", () => {
    expect(told([entry(0, "GET", B, { _error: "Origin is not allowed by Access-Control-Allow-Origin." })], "WebKit Web Inspector")).toEqual(["0 blocked MissingAllowOriginHeader"]);
  });

  test("an entry without a date has that of the one before", () => {
    const undated = { ...entry(0, "GET", C), startedDateTime: "" };
    const { exchanges } = fromHar(readHar({ log: { entries: [entry(0, "GET", B), undated] } }));
    expect(exchanges.map(({ hops }) => hops[0].request.startedTime)).toEqual([1_800_000_000_000, 1_800_000_000_000]);
  });

  test("a date without a zone is the same everywhere", () => {
    const { exchanges } = fromHar(readHar({ log: { entries: [{ ...entry(0, "GET", B), startedDateTime: "2026-01-01T00:00:00.5" }] } }));
    expect(exchanges[0]?.hops[0].request.startedTime).toBe(Date.UTC(2026, 0, 1, 0, 0, 0, 500));
  });

  test("requests without any header of a Firefox file are not left out", () => {
    expect(told([{ ...entry(0, "GET", B, { sent: [], status: 0 }), _initiator: { type: "script", url: `${A}/app.js` } }], "Firefox")).toEqual(["0 unknown"]);
  });

  test("what a later release has written is told", () => {
    expect(() => fromHar(readHar({ log: { entries: [{ ...entry(0, "GET", B), _cors: { version: 2, pair: "1" } }] } }))).toThrow("log.entries[0]._cors.version");
  });
});
