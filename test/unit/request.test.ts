import { chromium } from "../../src/engines/chromium.ts";
import { gecko } from "../../src/engines/gecko.ts";
import { describe, expect, test } from "vitest";
import type { Exchange, Hop, Message } from "../../src/model.ts";
import {
  becameNull,
  isCrossOrigin,
  isTainted,
  needsPreflight,
  preflightedRequest,
  requestMode,
  requestOrigin,
  sentCredentials,
  serializedOrigin,
} from "../../src/request.ts";
import { headers } from "./lines.ts";

const A = "https://a.example";
const B = "https://b.example";
const C = "https://c.example";

/** One hop: where to, what was sent (null: nothing was seen), what its preflight sent, what came back. */
interface Leg {
  readonly to: string;
  readonly method?: string;
  readonly sent?: readonly string[] | null;
  readonly preflight?: readonly string[];
  readonly status?: number;
  readonly answer?: readonly string[];
}

function exchange(legs: readonly Leg[], about: Partial<Exchange> = {}): Exchange {
  const [first, ...others] = legs.map(hop);
  const rest = { id: "1", order: 0, tabId: 1, frameId: 0, type: "xmlhttprequest", origin: A, serviceWorker: false, twins: [],
    responseStatus: null,
    call: null,
    callSite: null,
    unheard: false,
    refused: null, trials: [], interrupted: false, seenBy: "browser" as const };
  return { ...rest, hops: [first!, ...others], ...about };
}

function hop({ to, method = "GET", sent = [], preflight, status = 200, answer }: Leg): Hop {
  const message: Message = {
    requestId: "1", url: to, method, startedTime: 0, responseStarted: false, redirectUrl: null, end: null,
    requestHeaders: sent === null ? null : headers(...sent),
    response: answer === undefined ? null : { status, statusText: "", linesKnown: false, time: 0, headers: headers(...answer) },
  };
  return { request: message, preflight: preflight === undefined ? null : { ...message, method: "OPTIONS", requestHeaders: headers(...preflight), response: null } };
}

describe("mode", () => {
  test.each<[Leg[], Partial<Exchange>, string]>([
    [[{ to: B, sent: ["Sec-Fetch-Mode: cors"] }], {}, "cors"],
    [[{ to: B, sent: ["sec-fetch-mode: no-cors"] }], {}, "no-cors"],
    [[{ to: B, sent: ["Sec-Fetch-Mode: no-cors", `Origin: ${A}`] }], {}, "no-cors"],
    [[{ to: B, sent: ["Sec-Fetch-Mode: same-origin"] }], {}, "same-origin"],
    [[{ to: B, sent: ["Sec-Fetch-Mode: navigate"] }], {}, "unknown"],
    [[{ to: B, sent: null, preflight: [`Origin: ${A}`] }], {}, "cors"],
    [[{ to: B }, { to: C, sent: null, preflight: [] }], {}, "cors"],
    [[{ to: "http://b.example" }, { to: B, sent: ["Sec-Fetch-Mode: no-cors"] }], {}, "no-cors"],
    [[{ to: B, sent: [`Origin: ${A}`] }], {}, "cors"],
    [[{ to: B, method: "HEAD", sent: [`Origin: ${A}`] }], {}, "cors"],
    [[{ to: A }, { to: B, sent: [`Origin: ${A}`] }], {}, "cors"],
    [[{ to: B, sent: ["Accept: */*"] }], {}, "unknown"],
    // Methods other than GET and HEAD show `Origin` in any mode.
    [[{ to: B, method: "POST", sent: [`Origin: ${A}`] }], {}, "unknown"],
    [[{ to: B, sent: null }], {}, "unknown"],
    [[{ to: B, sent: null }], { type: "font" }, "cors"],
  ])("%j %j", (legs, about, mode) => {
    expect(requestMode(exchange(legs, about))).toBe(mode);
  });
});

describe("origin", () => {
  test.each<[Leg[], string | null, string]>([
    [[{ to: B, sent: [`Origin: ${C}`], preflight: [`Origin: ${B}`] }], A, B],
    [[{ to: B, sent: ["Origin: null"] }], A, "null"],
    [[{ to: B, sent: null, preflight: ["Origin: null"] }], A, "null"],
    [[{ to: B }], A, A],
    [[{ to: B, sent: null }], A, A],
    [[{ to: B }], "null", "null"],
    [[{ to: B }], null, "null"],
    // Not of a later hop: redirects may have made it `null`.
    [[{ to: A }, { to: B, sent: ["Origin: null"] }], A, A],
  ])("%j %s", (legs, origin, wanted) => {
    expect(requestOrigin(exchange(legs, { origin }))).toBe(wanted);
  });
});

describe("response tainting, hop by hop", () => {
  test.each<[string[], string, boolean[]]>([
    [[`${A}/1`], A, [false]],
    [[B], A, [true]],
    [["http://a.example"], A, [true]],
    [[`${A}:8443`], A, [true]],
    [[`${A}:443`], A, [false]],
    [[A, B], A, [false, true]],
    // It never goes back.
    [[A, B, A], A, [false, true, true]],
    // An opaque origin is same origin with nothing.
    [[A], "null", [true]],
    [["data:,x"], "null", [true]],
  ])("%j from %s", (urls, origin, wanted) => {
    const all = exchange(urls.map((to) => ({ to })), { origin });
    expect(urls.map((_, index) => isTainted(all, index))).toEqual(wanted);
  });
});

describe("cross-origin", () => {
  test.each<[Leg[], boolean]>([
    [[{ to: A }], false],
    [[{ to: B }], true],
    [[{ to: A }, { to: B }], true],
    [[{ to: B }, { to: A }], true],
    [[{ to: A, status: 302, answer: [`Location: ${B}`] }], true],
    [[{ to: A, status: 302, answer: ["Location: /elsewhere"] }], false],
    [[{ to: A, status: 302, answer: ["Location: http://"] }], false],
    [[{ to: A, status: 302, answer: [] }], false],
    // The Location of what was created is not where the browser goes.
    [[{ to: A, status: 201, answer: [`Location: ${B}`] }], false],
  ])("%j", (legs, wanted) => {
    expect(isCrossOrigin(exchange(legs))).toBe(wanted);
  });
});

describe("the origin that a hop's messages are checked against", () => {
  test.each<[Leg[], number, "preflight" | "request", string]>([
    // What the message carried.
    [[{ to: B, sent: [`Origin: ${A}`] }], 0, "request", A],
    [[{ to: B, sent: [`Origin: ${A}`], preflight: ["Origin: null"] }], 0, "request", A],
    [[{ to: B, sent: [`Origin: ${A}`], preflight: ["Origin: null"] }], 0, "preflight", "null"],
    // Else what its fellow carried.
    [[{ to: B, sent: null, preflight: ["Origin: null"] }], 0, "request", "null"],
    [[{ to: B, sent: ["Origin: null"], preflight: [] }], 0, "preflight", "null"],
    // Else what the standard serialises.
    [[{ to: B }], 0, "request", A],
    [[{ to: B }, { to: C }], 1, "request", "null"],
    [[{ to: B }, { to: `${B}/2` }], 1, "request", A],
    [[{ to: A }, { to: B }], 1, "request", A],
    [[{ to: A }, { to: B }, { to: A }], 2, "request", "null"],
  ])("%j %i %s", (legs, index, part, wanted) => {
    expect(serializedOrigin(exchange(legs), index, part)).toBe(wanted);
  });
});

describe("became null by a redirect, hop by hop", () => {
  test.each<[string[], string, boolean[]]>([
    [[B], A, [false]],
    [[A, B], A, [false, false]],
    [[B, `${B}/2`], A, [false, false]],
    [[B, C, `${C}/2`], A, [false, true, true]],
    [[B, A], A, [false, true]],
    [["http://b.example", B], A, [false, true]],
    // It was null from the beginning.
    [[B, C], "null", [false, false]],
  ])("%j from %s", (urls, origin, wanted) => {
    const all = exchange(urls.map((to) => ({ to })), { origin });
    expect(urls.map((_, index) => becameNull(all, index))).toEqual(wanted);
  });
});

describe("what a preflight is checked for", () => {
  test.each<[Leg, { method: string; unsafeHeaderNames: string[] }]>([
    // What it asked for, where it was seen.
    [{ to: B, method: "PUT", sent: null, preflight: ["Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization,x-a"] }, { method: "PUT", unsafeHeaderNames: ["authorization", "x-a"] }],
    [{ to: B, method: "POST", sent: ["X-A: 1"], preflight: ["Access-Control-Request-Method: PUT"] }, { method: "PUT", unsafeHeaderNames: [] }],
    // Else what the request sent, without what browsers add.
    [{ to: B, method: "PUT", sent: ["X-A: 1", "Content-Type: application/json", `Origin: ${A}`, "Sec-Fetch-Mode: cors", "User-Agent: x", "Cache-Control: no-cache", "Accept: */*"] }, { method: "PUT", unsafeHeaderNames: ["content-type", "x-a"] }],
    [{ to: B, sent: null }, { method: "GET", unsafeHeaderNames: [] }],
  ])("%j", (leg, wanted) => {
    expect(preflightedRequest(exchange([leg]), 0, "include")).toEqual({ ...wanted, origin: A, credentials: "include" });
  });
});

describe("needs a preflight", () => {
  test.each<[Leg, inChromium: boolean, inGecko: boolean]>([
    [{ to: B }, false, false],
    [{ to: B, method: "POST", sent: ["Content-Type: text/plain"] }, false, false],
    [{ to: B, method: "POST", sent: ["Content-Type: application/json"] }, true, true],
    [{ to: B, method: "DELETE" }, true, true],
    [{ to: B, method: "PUT", sent: null }, true, true],
    [{ to: B, sent: ["Authorization: x"] }, true, true],
    [{ to: B, sent: ["Cookie: x", "Origin: x", "Accept-Encoding: gzip"] }, false, false],
    [{ to: B, sent: ["DPR: 2", "Save-Data: on"] }, false, true],
    [{ to: B, sent: ["DPR: 2", "X-A: 1"] }, true, true],
    // What it asked for, where it never went out.
    [{ to: B, sent: null, preflight: ["Access-Control-Request-Method: GET", "Access-Control-Request-Headers: dpr"] }, false, true],
  ])("%j", (leg, inChromium, inGecko) => {
    expect(needsPreflight(exchange([leg]), 0, chromium)).toBe(inChromium);
    expect(needsPreflight(exchange([leg]), 0, gecko)).toBe(inGecko);
  });
});

describe("sent credentials", () => {
  test.each<[Leg[], boolean]>([
    [[{ to: B, sent: ["Cookie: a=1"] }], true],
    [[{ to: B, sent: ["cookie: "] }], true],
    [[{ to: A }, { to: B, sent: ["Cookie: a=1"] }], true],
    // To its own origin a request sends them by default.
    [[{ to: A, sent: ["Cookie: a=1"] }, { to: B }], false],
    [[{ to: B, sent: [] }], false],
    [[{ to: B, sent: null }], false],
    // Set by a script.
    [[{ to: B, sent: ["Authorization: x"] }], false],
  ])("%j", (legs, wanted) => {
    expect(sentCredentials(exchange(legs))).toBe(wanted);
  });
});
