import type { CorsCheckFailure, CorsCheckRequest } from "./fetch/cors-check.ts";
import { get, listItems } from "./fetch/headers.ts";
import type { PreflightedRequest, PreflightFailure, PreflightResponse } from "./fetch/preflight.ts";
import type { RedirectFailure } from "./fetch/redirect.ts";
import { isUrl } from "./fetch/url.ts";
import type { CorsCode, Failure, Header, Phase } from "./model.ts";
import { allowOriginShape, nearMiss } from "./near-miss.ts";

/** Why a check failed, in no engine's words. */
export type Reason = Omit<Failure, "hop" | "browserError">;

/**
 * The reason behind a failed CORS check. The check has decided; only now is the value looked at more closely.
 * @param redirected the origin became `null` on the way: the request's own origin is another
 */
export function corsCheckReason(
  failure: CorsCheckFailure,
  request: CorsCheckRequest,
  phase: Phase,
  redirected: boolean,
): Reason {
  if (failure.step === 8) {
    return {
      code: "allow-credentials-not-true",
      phase,
      variant: failure.credentials?.toLowerCase() === "true" ? "letter-case" : null,
      subject: null,
      header: { name: "Access-Control-Allow-Credentials", on: phase, actual: failure.credentials, expected: "true" },
    };
  }
  // `null` would pass too, and is what nobody should send.
  const expected = request.origin === "null" && request.credentials !== "include" ? "*" : request.origin;
  const header = { name: "Access-Control-Allow-Origin", on: phase, actual: failure.origin, expected };
  if (failure.step === 2) return { code: "allow-origin-missing", phase, variant: null, subject: null, header };
  return {
    code: allowOriginCode(failure.origin, request, redirected),
    phase,
    variant: allowOriginShape(failure.origin) === "multiple" ? null : nearMiss(failure.origin, request.origin),
    subject: null,
    header,
  };
}

function allowOriginCode(value: string, request: CorsCheckRequest, redirected: boolean): CorsCode {
  if (value === "*") return "allow-origin-wildcard-with-credentials";
  switch (allowOriginShape(value)) {
    case "multiple":
      return "allow-origin-multiple-values";
    case "invalid":
      return "allow-origin-invalid";
    case "null":
      return "allow-origin-null";
    case "url":
      if (request.origin !== "null") return "allow-origin-mismatch";
      return redirected ? "origin-became-null-by-redirect" : "origin-null-not-allowed";
  }
}

/** The reasons behind the network errors of a CORS-preflight fetch. */
export function preflightReasons(failures: readonly PreflightFailure[], request: PreflightedRequest, response: PreflightResponse, redirected: boolean): Reason[] {
  // One for all names that are refused: there may be as many as are allowed.
  const refusesNames = failures.some(({ step }) => step === "7.6" || step === "7.7");
  const allowed = refusesNames ? get("Access-Control-Allow-Headers", response.headers) : null;
  const names = { actual: allowed, variant: wildcardVariant(allowed) };
  return failures.map((failure) => preflightReason(failure, request, response, redirected, names));
}

function preflightReason(
  failure: PreflightFailure,
  request: PreflightedRequest,
  { headers }: PreflightResponse,
  redirected: boolean,
  names: { readonly actual: string | null; readonly variant: string | null },
): Reason {
  switch (failure.step) {
    case "7 CORS check":
      return corsCheckReason(failure.check, request, "preflight", redirected);
    case "7 ok status":
      return statusReason("preflight-status-not-ok", failure.status);
    case "7.3 methods":
      return listReason("allow-methods-invalid", "Access-Control-Allow-Methods", headers, request.method, failure.token);
    case "7.3 headers":
      return listReason(
        "allow-headers-invalid",
        "Access-Control-Allow-Headers",
        headers,
        request.unsafeHeaderNames.join(", "),
        failure.token,
      );
    case "7.5":
      return {
        ...listReason("method-not-allowed", "Access-Control-Allow-Methods", headers, failure.method, failure.method),
        variant: methodVariant(failure.method, get("Access-Control-Allow-Methods", headers)),
      };
    case "7.6":
    case "7.7":
      return {
        code: failure.step === "7.6" ? "authorization-not-covered-by-wildcard" : "header-not-allowed",
        phase: "preflight",
        variant: names.variant,
        subject: failure.headerName,
        header: { name: "Access-Control-Allow-Headers", on: "preflight", actual: names.actual, expected: failure.headerName },
      };
  }
}

/** The reason for a preflight that was answered with a redirect. */
export function preflightRedirectReason(status: number): Reason {
  return statusReason("preflight-redirect", status);
}

/** The ways in which HTTP-redirect fetch itself fails. */
export type RedirectCode = "redirect-invalid" | "redirect-not-http" | "too-many-redirects" | "redirect-url-has-credentials";

/** The reason behind a network error of HTTP-redirect fetch. */
export function redirectReason(failure: RedirectFailure, location: string, locationUrl: string): Reason & { readonly code: RedirectCode } {
  const header = { name: "Location", on: "redirect", actual: location, expected: withoutCredentials(locationUrl) } as const;
  const reason = { phase: "redirect", variant: null, subject: null, header } as const;
  switch (failure.step) {
    case 5:
      return { ...reason, code: "redirect-invalid" };
    case 6:
      return { ...reason, code: "redirect-not-http", header: { ...header, expected: "https:" } };
    case 7:
      return { ...reason, code: "too-many-redirects", header: null };
    case 9:
    case 10:
      return { ...reason, code: "redirect-url-has-credentials" };
  }
}

function statusReason(code: CorsCode, status: number): Reason {
  const header = { name: ":status", on: "preflight", actual: String(status), expected: "204" } as const;
  return { code, phase: "preflight", variant: null, subject: null, header };
}

function listReason(
  code: CorsCode,
  name: string,
  headers: readonly Header[],
  expected: string,
  subject: string,
): Reason {
  return {
    code,
    phase: "preflight",
    variant: null,
    subject,
    header: { name, on: "preflight", actual: get(name, headers), expected },
  };
}

function methodVariant(method: string, allowed: string | null): string | null {
  if (allowed === null) return "missing";
  if (listItems(allowed.toLowerCase()).includes(method.toLowerCase())) return "letter-case";
  return wildcardVariant(allowed);
}

function wildcardVariant(allowed: string | null): string | null {
  if (allowed === null) return "missing";
  return listItems(allowed).includes("*") ? "wildcard-with-credentials" : null;
}

function withoutCredentials(url: string): string {
  if (!isUrl(url)) return "/";
  const clean = new URL(url);
  clean.username = "";
  clean.password = "";
  return clean.href;
}
