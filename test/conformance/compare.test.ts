import { describe, expect, test } from "vitest";
import type { Engine } from "../browsers/browser.ts";
import { compare, compareAll, type Class, type Ours, type Told } from "./compare.ts";

const told = (error: string | null): Told => ({ blocked: true, error });
const passed: Told = { blocked: false, error: null };
const blocked = (browserError: string | null, ...alternatives: string[]): Ours => ({ outcome: "blocked", browserError, alternatives, evidence: ["headers"] });
const unknown = (...evidence: string[]): Ours => ({ outcome: "unknown", browserError: null, alternatives: [], evidence });
const allowed: Ours = { outcome: "allowed", browserError: null };

const MULTIPLE = "CORSMultipleAllowOriginNotAllowed";
const MISMATCH = "CORSAllowOriginNotMatchingOrigin";

const table: [what: string, engine: Engine, told: Told, ours: Ours | null, expected: Class][] = [
  ["the browser's name", "chromium", told("AllowOriginMismatch"), blocked("AllowOriginMismatch"), "exact"],
  ["the browser's name with others left open", "chromium", told("AllowOriginMismatch"), blocked("AllowOriginMismatch", "InvalidAllowCredentials if credentials are included"), "exact"],
  ["a net error", "chromium", told("net::ERR_CONNECTION_REFUSED"), blocked("net::ERR_CONNECTION_REFUSED"), "exact"],
  ["another net error", "chromium", told("net::ERR_CONNECTION_REFUSED"), blocked("net::ERR_FAILED"), "wrong"],
  ["one of the alternatives", "chromium", told("PreflightWildcardOriginNotAllowed"), blocked("MethodDisallowedByPreflightResponse", "PreflightWildcardOriginNotAllowed if credentials are included"), "open"],
  ["a net error among the alternatives", "chromium", told("net::ERR_FAILED"), blocked("AllowOriginMismatch", "net::ERR_FAILED: if the server closed"), "open"],
  ["an alternative that only begins alike", "chromium", told("AllowOriginMismatch"), blocked("InvalidAllowOriginValue", "AllowOriginMismatchOnRedirect if redirected"), "wrong"],
  ["another name", "chromium", told("AllowOriginMismatch"), blocked("MissingAllowOriginHeader"), "wrong"],
  ["no name", "chromium", told("AllowOriginMismatch"), blocked(null), "wrong"],
  ["not reported", "chromium", told("AllowOriginMismatch"), null, "missed"],
  ["reported allowed", "chromium", told("AllowOriginMismatch"), allowed, "missed"],
  ["unknown, with a reason", "gecko", told("CORSMissingAllowCredentials"), unknown("no error event"), "open"],
  ["unknown, without a reason", "gecko", told("CORSMissingAllowCredentials"), unknown(), "wrong"],
  ["allowed and reported allowed", "gecko", passed, allowed, "passed"],
  ["allowed and not reported", "gecko", passed, null, "passed"],
  ["allowed, unknown with a reason", "gecko", passed, unknown("no error event"), "open"],
  ["allowed, unknown without a reason", "gecko", passed, unknown(), "wrong"],
  ["allowed and reported blocked", "gecko", passed, blocked(MISMATCH), "false"],
  ["any net error where Firefox has no name for it", "gecko", told("CORSDidNotSucceed"), blocked("NS_ERROR_NET_RESET"), "exact"],
  ["a net error where Firefox said nothing", "gecko", told(null), blocked("NS_ERROR_DOM_BAD_URI"), "exact"],
  ["a net error where Firefox named a header", "gecko", told(MISMATCH), blocked("NS_ERROR_NET_RESET"), "wrong"],
  ["a CORS reason where Firefox has a failure", "gecko", told("CORSDidNotSucceed"), blocked(MISMATCH), "wrong"],
  ["joined lines, the other name", "gecko", told(MULTIPLE), blocked(MISMATCH, `${MULTIPLE} if they are two lines`), "joined"],
  ["joined lines, the first name", "gecko", told(MISMATCH), blocked(MISMATCH, `${MULTIPLE} if they are two lines`), "exact"],
  ["joined lines and a third name", "gecko", told(MULTIPLE), blocked(MISMATCH, `${MULTIPLE} if they are two lines`, "CORSMissingAllowCredentials if included"), "open"],
  ["joined lines, but neither", "gecko", told("CORSMissingAllowOrigin"), blocked(MISMATCH, `${MULTIPLE} if they are two lines`), "wrong"],
  ["the same two names mean nothing in Chromium", "chromium", told(MULTIPLE), blocked(MISMATCH, MULTIPLE), "open"],
];

describe("compare", () => {
  test.each(table)("%s (%s)", (_, engine, browser, ours, expected) => {
    expect(compare(engine, browser, ours)).toBe(expected);
  });
});

describe("compareAll", () => {
  const right = blocked("AllowOriginMismatch");
  test.each<[what: string, Told, Ours[], number, Class]>([
    ["all right", told("AllowOriginMismatch"), [right, right], 2, "exact"],
    ["one of them not reported", told("AllowOriginMismatch"), [right], 2, "missed"],
    ["one of them wrong", told("AllowOriginMismatch"), [right, blocked("MissingAllowOriginHeader")], 2, "wrong"],
    ["allowed, and one reported blocked", passed, [allowed, right, allowed], 3, "false"],
    ["allowed and none reported", passed, [], 3, "passed"],
  ])("%s", (_, browser, ours, count, expected) => {
    expect(compareAll("chromium", browser, ours, count).class).toBe(expected);
  });
});
