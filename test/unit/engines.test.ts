import { describe, expect, test } from "vitest";
import { chromium } from "../../src/engines/chromium.ts";
import { gecko } from "../../src/engines/gecko.ts";
import type { Check, EngineRules, RefusedRedirect } from "../../src/engines/rules.ts";
import type { CorsCode, CredentialsMode, NetworkCode } from "../../src/model.ts";
import type { RedirectCode } from "../../src/reason.ts";
import { headers } from "./lines.ts";

const A = "https://a.example";

/** A PUT with `x-a`, and its answer: a preflight's unless it says otherwise. */
interface Case {
  readonly phase?: "preflight" | "redirect" | "response";
  readonly origin?: string;
  readonly redirected?: boolean;
  readonly sameOrigin?: boolean;
  readonly credentials?: CredentialsMode;
  readonly unsafe?: readonly string[];
  readonly status?: number;
  readonly lines: readonly string[];
}

function checks(rules: EngineRules, { phase = "preflight", origin = A, redirected = false, sameOrigin = false, credentials = "omit", unsafe = ["x-a"], status = 200, lines }: Case): Check[] {
  const request = { origin, credentials, method: "PUT", unsafeHeaderNames: unsafe };
  const response = { status, redirected, sameOrigin, headers: headers(...lines) };
  return phase === "preflight" ? rules.preflight(request, response) : rules.response(request, response, phase);
}

const ORIGIN = `Access-Control-Allow-Origin: ${A}`;
const METHODS = "Access-Control-Allow-Methods: PUT";
const NAMES = "Access-Control-Allow-Headers: x-a";
const LOCATION = "Location: /elsewhere";

/** The codes that come of the checks of a response; the others are `judge`'s, or those of a redirect's URL. */
type EngineCode = Exclude<CorsCode, "authorization-not-covered-by-wildcard" | "redirect-url-has-credentials" | "redirect-mode-same-origin">;

/** The CORS check, alike on preflights, redirects and responses. */
const CORS_CHECK: readonly [EngineCode, Case, string, string][] = [
  ["allow-origin-missing", { lines: [] }, "MissingAllowOriginHeader", "CORSMissingAllowOrigin"],
  ["allow-origin-wildcard-with-credentials", { credentials: "include", lines: ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true"] }, "WildcardOriginNotAllowed", "CORSNotSupportingCredentials"],
  ["allow-origin-multiple-values", { lines: [`${ORIGIN}, https://b.example`] }, "MultipleAllowOriginValues", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-origin-multiple-values", { lines: [`${ORIGIN} https://b.example`] }, "MultipleAllowOriginValues", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-origin-multiple-values", { lines: [ORIGIN, ORIGIN] }, "MultipleAllowOriginValues", "CORSMultipleAllowOriginNotAllowed"],
  ["allow-origin-multiple-values", { credentials: "include", lines: ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true"] }, "MultipleAllowOriginValues", "CORSMultipleAllowOriginNotAllowed"],
  ["allow-origin-invalid", { lines: ["Access-Control-Allow-Origin: a.example"] }, "InvalidAllowOriginValue", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-origin-invalid", { lines: ["Access-Control-Allow-Origin: "] }, "InvalidAllowOriginValue", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-origin-invalid", { origin: "null", lines: ["Access-Control-Allow-Origin: true"] }, "InvalidAllowOriginValue", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-origin-null", { lines: ["Access-Control-Allow-Origin: null"] }, "AllowOriginMismatch", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-origin-mismatch", { lines: [`${ORIGIN}/`] }, "AllowOriginMismatch", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-origin-mismatch", { lines: ["Access-Control-Allow-Origin: a.example:443"] }, "AllowOriginMismatch", "CORSAllowOriginNotMatchingOrigin"],
  ["origin-null-not-allowed", { origin: "null", lines: [ORIGIN] }, "AllowOriginMismatch", "CORSAllowOriginNotMatchingOrigin"],
  ["origin-became-null-by-redirect", { origin: "null", redirected: true, lines: [ORIGIN] }, "AllowOriginMismatch", "CORSAllowOriginNotMatchingOrigin"],
  ["allow-credentials-not-true", { credentials: "include", lines: [ORIGIN] }, "InvalidAllowCredentials", "CORSMissingAllowCredentials"],
  ["allow-credentials-not-true", { credentials: "include", lines: [ORIGIN, "Access-Control-Allow-Credentials: True"] }, "InvalidAllowCredentials", "CORSMissingAllowCredentials"],
];

/** The checks of a preflight alone. */
const PREFLIGHT: readonly [EngineCode, Case, string, string][] = [
  ["preflight-redirect", { status: 301, lines: [ORIGIN, METHODS, NAMES, LOCATION] }, "PreflightDisallowedRedirect", "CORSExternalRedirectNotAllowed"],
  ["preflight-status-not-ok", { status: 404, lines: [ORIGIN, METHODS, NAMES] }, "PreflightInvalidStatus", "CORSPreflightDidNotSucceed"],
  ["preflight-status-not-ok", { status: 302, lines: [ORIGIN, METHODS, NAMES] }, "PreflightInvalidStatus", "CORSPreflightDidNotSucceed"],
  ["preflight-status-not-ok", { status: 304, lines: [ORIGIN, METHODS, NAMES, LOCATION] }, "PreflightInvalidStatus", "CORSPreflightDidNotSucceed"],
  ["allow-methods-invalid", { lines: [ORIGIN, "Access-Control-Allow-Methods: PUT, GET POST", NAMES] }, "InvalidAllowMethodsPreflightResponse", "CORSInvalidAllowMethod"],
  ["allow-headers-invalid", { lines: [ORIGIN, METHODS, "Access-Control-Allow-Headers: x-a, [x-b]"] }, "InvalidAllowHeadersPreflightResponse", "CORSInvalidAllowHeader"],
  ["method-not-allowed", { lines: [ORIGIN, "Access-Control-Allow-Methods: put", NAMES] }, "MethodDisallowedByPreflightResponse", "CORSMethodNotFound"],
  ["method-not-allowed", { credentials: "include", lines: [ORIGIN, "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: *", NAMES] }, "MethodDisallowedByPreflightResponse", "CORSMethodNotFound"],
  ["header-not-allowed", { lines: [ORIGIN, METHODS] }, "HeaderDisallowedByPreflightResponse", "CORSMissingAllowHeaderFromPreflight"],
  ["header-not-allowed", { credentials: "include", lines: [ORIGIN, "Access-Control-Allow-Credentials: true", METHODS, "Access-Control-Allow-Headers: *"] }, "HeaderDisallowedByPreflightResponse", "CORSMissingAllowHeaderFromPreflight"],
];

describe.each(["preflight", "redirect", "response"] as const)("the CORS check of a %s", (phase) => {
  test.each(CORS_CHECK)("%s %j", (code, input, chromiumName, geckoName) => {
    const lines = phase === "preflight" ? [...input.lines, METHODS, NAMES] : input.lines;
    const named = (rules: EngineRules): unknown[] => [checks(rules, { ...input, lines, phase })[0]].map((check) => [check?.code, check?.phase, check?.browserError]);
    expect(named(chromium)).toEqual([[code, phase, phase === "preflight" ? `Preflight${chromiumName}` : chromiumName]]);
    expect(named(gecko)).toEqual([[code, phase, geckoName]]);
  });
});

describe("the checks of a preflight", () => {
  test.each(PREFLIGHT)("%s %j", (code, input, chromiumName, geckoName) => {
    expect(checks(chromium, input)[0]).toMatchObject({ code, browserError: chromiumName });
    expect(checks(gecko, input)[0]).toMatchObject({ code, browserError: geckoName });
  });
});

// net/http/http_response_headers.cc, IsRedirect: an empty value doesn't count.
test("an empty Location is no redirect in Chromium", () => {
  expect(checks(chromium, { status: 302, lines: [ORIGIN, METHODS, NAMES, "Location: "] }).map(({ code }) => code)).toEqual(["preflight-status-not-ok"]);
});

test("every code has a row", () => {
  const all: Readonly<Record<EngineCode, true>> = {
    "allow-origin-missing": true, "allow-origin-wildcard-with-credentials": true, "allow-origin-multiple-values": true,
    "allow-origin-invalid": true, "allow-origin-null": true, "allow-origin-mismatch": true, "origin-null-not-allowed": true,
    "origin-became-null-by-redirect": true, "allow-credentials-not-true": true, "preflight-redirect": true,
    "preflight-status-not-ok": true, "allow-methods-invalid": true, "allow-headers-invalid": true, "method-not-allowed": true,
    "header-not-allowed": true,
  };
  expect(new Set([...CORS_CHECK, ...PREFLIGHT].map(([code]) => code))).toEqual(new Set(Object.keys(all)));
});

describe("what both engines let pass", () => {
  test.each<[Case]>([
    [{ lines: [ORIGIN, METHODS, NAMES] }],
    [{ status: 299, lines: ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *"] }],
    [{ credentials: "include", lines: [ORIGIN, "Access-Control-Allow-Credentials: true", METHODS, NAMES] }],
    [{ origin: "null", lines: ["Access-Control-Allow-Origin: null", METHODS, NAMES] }],
    // The standard wants Authorization named, neither engine does.
    [{ unsafe: ["authorization", "x-a"], lines: [ORIGIN, METHODS, "Access-Control-Allow-Headers: *"] }],
    [{ phase: "response", status: 500, lines: [ORIGIN] }],
    [{ phase: "redirect", status: 302, lines: [ORIGIN, LOCATION] }],
  ])("%j", (input) => {
    expect(checks(chromium, input)).toEqual([]);
    expect(checks(gecko, input)).toEqual([]);
  });
});

describe("which check comes first", () => {
  const [badMethods, badNames] = ["Access-Control-Allow-Methods: a b", "Access-Control-Allow-Headers: c d"];
  test.each<[Case, CorsCode[], CorsCode[]]>([
    // Alike.
    [{ credentials: "include", lines: [METHODS, NAMES] }, ["allow-origin-missing", "allow-credentials-not-true"], ["allow-origin-missing", "allow-credentials-not-true"]],
    [{ status: 404, lines: [METHODS, NAMES] }, ["allow-origin-missing", "preflight-status-not-ok"], ["allow-origin-missing", "preflight-status-not-ok"]],
    [{ status: 404, lines: [ORIGIN, badMethods, NAMES] }, ["preflight-status-not-ok", "allow-methods-invalid", "method-not-allowed"], ["preflight-status-not-ok", "allow-methods-invalid", "method-not-allowed"]],
    [{ lines: [ORIGIN] }, ["method-not-allowed", "header-not-allowed"], ["method-not-allowed", "header-not-allowed"]],
    // A redirected preflight: Chromium looks no further, Firefox checks the origin first.
    [{ status: 302, lines: [METHODS, NAMES, LOCATION] }, ["preflight-redirect", "allow-origin-missing"], ["allow-origin-missing", "preflight-redirect"]],
    // Names that don't parse: Chromium parses both lists, then compares; Firefox is done with the methods before.
    [{ lines: [ORIGIN, badNames] }, ["allow-headers-invalid", "method-not-allowed", "header-not-allowed"], ["method-not-allowed", "allow-headers-invalid", "header-not-allowed"]],
    // Everything.
    [{ credentials: "include", status: 307, lines: [LOCATION, badMethods, badNames] },
      ["preflight-redirect", "allow-origin-missing", "allow-credentials-not-true", "allow-methods-invalid", "allow-headers-invalid", "method-not-allowed", "header-not-allowed"],
      ["allow-origin-missing", "allow-credentials-not-true", "preflight-redirect", "allow-methods-invalid", "method-not-allowed", "allow-headers-invalid", "header-not-allowed"]],
  ])("%j", (input, inChromium, inGecko) => {
    expect(checks(chromium, input).map(({ code }) => code)).toEqual(inChromium);
    expect(checks(gecko, input).map(({ code }) => code)).toEqual(inGecko);
  });
});

describe("the field at fault", () => {
  test.each<[Case, Partial<Check>]>([
    [{ lines: [METHODS, NAMES] }, { header: { name: "Access-Control-Allow-Origin", on: "preflight", actual: null, expected: A } }],
    [{ phase: "redirect", lines: [`${ORIGIN}/`] }, { variant: "trailing-slash", header: { name: "Access-Control-Allow-Origin", on: "redirect", actual: `${A}/`, expected: A } }],
    [{ phase: "response", lines: [ORIGIN, ORIGIN] }, { variant: null, header: { name: "Access-Control-Allow-Origin", on: "response", actual: `${A}, ${A}`, expected: A } }],
    [{ phase: "response", lines: [`${ORIGIN}/,https://b.example`] }, { code: "allow-origin-multiple-values", variant: null }],
    [{ phase: "response", credentials: "include", lines: [ORIGIN, "Access-Control-Allow-Credentials: TRUE"] }, { variant: "letter-case", header: { name: "Access-Control-Allow-Credentials", on: "response", actual: "TRUE", expected: "true" } }],
    [{ phase: "response", credentials: "include", lines: [ORIGIN] }, { variant: null, header: { name: "Access-Control-Allow-Credentials", on: "response", actual: null, expected: "true" } }],
    [{ status: 302, lines: [ORIGIN, METHODS, NAMES, LOCATION] }, { header: { name: ":status", on: "preflight", actual: "302", expected: "204" } }],
    [{ status: 405, lines: [ORIGIN, METHODS, NAMES] }, { header: { name: ":status", on: "preflight", actual: "405", expected: "204" } }],
    [{ lines: [ORIGIN, "Access-Control-Allow-Methods: PUT, a b", NAMES] }, { subject: "a b", header: { name: "Access-Control-Allow-Methods", on: "preflight", actual: "PUT, a b", expected: "PUT" } }],
    [{ unsafe: ["x-a", "x-b"], lines: [ORIGIN, METHODS, "Access-Control-Allow-Headers: x-a x-b"] }, { subject: "x-a x-b", header: { name: "Access-Control-Allow-Headers", on: "preflight", actual: "x-a x-b", expected: "x-a, x-b" } }],
    [{ lines: [ORIGIN, NAMES] }, { subject: "PUT", variant: "missing", header: { name: "Access-Control-Allow-Methods", on: "preflight", actual: null, expected: "PUT" } }],
    [{ lines: [ORIGIN, "Access-Control-Allow-Methods: get, put", NAMES] }, { subject: "PUT", variant: "letter-case" }],
    [{ lines: [ORIGIN, "Access-Control-Allow-Methods: GET", NAMES] }, { subject: "PUT", variant: null }],
    [{ credentials: "include", lines: [ORIGIN, "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: *", NAMES] }, { subject: "PUT", variant: "wildcard-with-credentials" }],
    [{ lines: [ORIGIN, METHODS] }, { subject: "x-a", variant: "missing", header: { name: "Access-Control-Allow-Headers", on: "preflight", actual: null, expected: "x-a" } }],
    [{ unsafe: ["x-a", "x-b"], lines: [ORIGIN, METHODS, NAMES] }, { subject: "x-b", variant: null }],
    [{ credentials: "include", lines: [ORIGIN, "Access-Control-Allow-Credentials: true", METHODS, "Access-Control-Allow-Headers: *"] }, { subject: "x-a", variant: "wildcard-with-credentials" }],
  ])("%j", (input, wanted) => {
    expect(checks(chromium, input)[0]).toMatchObject(wanted);
    expect(checks(gecko, input)[0]).toMatchObject(wanted);
  });
});

describe("net errors", () => {
  test.each<[string, NetworkCode]>([
    ["net::ERR_CONNECTION_REFUSED", "connection-refused"],
    ["net::ERR_CONNECTION_RESET", "connection-reset"],
    ["net::ERR_CONNECTION_CLOSED", "connection-reset"],
    ["net::ERR_EMPTY_RESPONSE", "empty-response"],
    ["net::ERR_NAME_NOT_RESOLVED", "name-not-resolved"],
    ["net::ERR_CERT_AUTHORITY_INVALID", "tls-error"],
    ["net::ERR_SSL_PROTOCOL_ERROR", "tls-error"],
    ["net::ERR_TIMED_OUT", "timed-out"],
    ["net::ERR_CONNECTION_TIMED_OUT", "timed-out"],
    ["net::ERR_INTERNET_DISCONNECTED", "offline"],
    ["net::ERR_ABORTED", "aborted"],
    ["net::ERR_BLOCKED_BY_CLIENT", "blocked-by-client"],
    ["net::ERR_BLOCKED_BY_ADMINISTRATOR", "blocked-by-client"],
    ["net::ERR_BLOCKED_BY_RESPONSE", "blocked-by-response"],
    ["net::ERR_BLOCKED_BY_ORB", "opaque-response-blocked"],
    ["net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", "local-network-access"],
    ["net::ERR_INCONSISTENT_IP_ADDRESS_SPACE", "local-network-access"],
    ["net::ERR_UNSAFE_PORT", "unsafe-port"],
    ["net::ERR_UNSAFE_REDIRECT", "redirect-invalid"],
    ["net::ERR_INVALID_REDIRECT", "redirect-invalid"],
    ["net::ERR_UNKNOWN_URL_SCHEME", "redirect-not-http"],
    ["net::ERR_TOO_MANY_REDIRECTS", "too-many-redirects"],
    ["net::ERR_INVALID_ARGUMENT", "redirect-stream-body"],
    ["net::ERR_HTTP2_PROTOCOL_ERROR", "network-error"],
    ["net::ERR_CERTAINLY", "network-error"],
    ["", "network-error"],
  ])("Chromium %j", (error, code) => {
    expect(chromium.networkCode(error)).toBe(code);
  });

  test.each<[string, NetworkCode]>([
    ["NS_ERROR_CONNECTION_REFUSED", "connection-refused"],
    ["NS_ERROR_PROXY_CONNECTION_REFUSED", "connection-refused"],
    ["NS_ERROR_NET_RESET", "connection-reset"],
    ["NS_ERROR_NET_INTERRUPT", "connection-reset"],
    ["NS_ERROR_NET_EMPTY_RESPONSE", "empty-response"],
    ["NS_ERROR_UNKNOWN_HOST", "name-not-resolved"],
    ["SEC_ERROR_UNKNOWN_ISSUER", "tls-error"],
    ["SSL_ERROR_BAD_CERT_DOMAIN", "tls-error"],
    ["MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "tls-error"],
    ["Peer’s Certificate issuer is not recognized.", "tls-error"],
    ["NS_ERROR_NET_TIMEOUT", "timed-out"],
    ["NS_ERROR_OFFLINE", "offline"],
    ["NS_BINDING_ABORTED", "aborted"],
    ["NS_BASE_STREAM_CLOSED", "aborted"],
    ["NS_ERROR_ABORT", "blocked-by-client"],
    ["NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED", "local-network-access"],
    ["NS_ERROR_PORT_ACCESS_NOT_ALLOWED", "unsafe-port"],
    ["NS_ERROR_REDIRECT_LOOP", "too-many-redirects"],
    ["NS_ERROR_CORRUPTED_CONTENT", "wrong-content-type"],
    ["NS_ERROR_NET_INADEQUATE_SECURITY", "network-error"],
  ])("Firefox %j", (error, code) => {
    expect(gecko.networkCode(error)).toBe(code);
  });

  test("only one of each engine says that a check failed", () => {
    expect(chromium.isCorsError("net::ERR_FAILED")).toBe(true);
    expect(chromium.isCorsError("net::ERR_ABORTED")).toBe(false);
    expect(gecko.isCorsError("NS_ERROR_DOM_BAD_URI")).toBe(true);
    expect(gecko.isCorsError("NS_BINDING_ABORTED")).toBe(false);
  });
});

describe("a redirect that is refused", () => {
  test.each<[RedirectCode, RefusedRedirect, string | null, string | null]>([
    ["redirect-url-has-credentials", { mode: "cors", locationUrl: "https://u@b.example/" }, "RedirectContainsCredentials", "CORSDidNotSucceed"],
    ["redirect-invalid", { mode: "cors", locationUrl: "http://[" }, null, "CORSDidNotSucceed"],
    ["redirect-not-http", { mode: "cors", locationUrl: "mailto:a@b.example" }, "CorsDisabledScheme", "CORSRequestNotHttp"],
    ["redirect-not-http", { mode: "cors", locationUrl: "data:text/plain," }, "CorsDisabledScheme", "CORSDidNotSucceed"],
    ["redirect-not-http", { mode: "no-cors", locationUrl: "mailto:a@b.example" }, "net::ERR_UNKNOWN_URL_SCHEME", null],
    ["too-many-redirects", { mode: "cors", locationUrl: "https://b.example/" }, null, "CORSDidNotSucceed"],
  ])("%s %j", (code, redirect, chromiumName, geckoName) => {
    expect(chromium.redirectError(code, redirect)).toBe(chromiumName);
    expect(gecko.redirectError(code, redirect)).toBe(geckoName);
  });
});

test("Firefox doesn't check the origin of a preflight that redirects led back to the page's own", () => {
  const input: Case = { sameOrigin: true, status: 404, lines: [] };
  expect(checks(gecko, input).map(({ code }) => code)).toEqual(["preflight-status-not-ok", "method-not-allowed", "header-not-allowed"]);
  expect(checks(chromium, input)[0]?.code).toBe("allow-origin-missing");
});

test("the limit on Access-Control-Max-Age", () => {
  expect([chromium, gecko].map((rules) => rules.maxAgeLimit)).toEqual([7200, 86400]);
});
