import { corsCheck } from "../fetch/cors-check.ts";
import { extractHeaderNames, extractMethods, methodStep, okStatus, unsafeHeaderStep } from "../fetch/preflight.ts";
import { redirectLocation } from "../fetch/redirect.ts";
import type { NetworkCode } from "../model.ts";
import { allowOriginShape } from "../near-miss.ts";
import { corsCheckReason, preflightReasons, preflightRedirectReason, type Reason } from "../reason.ts";
import type { Check, EngineRules } from "./rules.ts";

/**
 * Chromium: `services/network/cors/preflight_controller.cc`, `cors_url_loader.cc` and `services/network/public/cpp/cors/cors.cc`.
 * Names are those of `network.mojom.CorsError` (`services/network/public/mojom/cors.mojom`).
 */
export const chromium: EngineRules = {
  engine: "chromium",

  preflight(request, response) {
    // A redirect is refused before anything else is looked at (preflight_controller.cc, HandleRedirect).
    const redirect =
      redirectLocation(response.status, response.headers) !== null
        ? [preflightRedirectReason(response.status)]
        : [];
    const steps = [
      ...corsCheck(request, response.headers).map((check) => ({ step: "7 CORS check", check }) as const),
      ...(redirect.length > 0 ? [] : okStatus(response)),
      ...extractMethods(response),
      ...extractHeaderNames(response),
      ...methodStep(request, response),
      // No step 7.6: `*` covers Authorization while the feature CorsNonWildcardRequestHeadersSupport is off, its default.
      ...unsafeHeaderStep(request, response),
    ];
    return [...redirect, ...preflightReasons(steps, request, response, response.redirected)].map(named);
  },

  response(request, response, phase) {
    return corsCheck(request, response.headers)
      .map((failure) => corsCheckReason(failure, request, phase, response.redirected))
      .map(named);
  },

  redirectError(code, { mode }) {
    switch (code) {
      case "redirect-url-has-credentials":
        return "RedirectContainsCredentials";
      case "redirect-not-http":
        return mode === "no-cors" ? "net::ERR_UNKNOWN_URL_SCHEME" : "CorsDisabledScheme";
      case "redirect-invalid":
      case "too-many-redirects":
        return null;
    }
  },

  networkCode(error) {
    return NETWORK_CODES.get(error) ?? (/^net::ERR_(CERT|SSL)_/.test(error) ? "tls-error" : "network-error");
  },

  // What has a name of its own is told by chromiumRefusal.
  networkName: (_code, error) => error,
  unanswered: { preflight: "preflight-network-error", response: "network-error" },

  // url_loader_completion_status.cc: every CorsErrorStatus becomes ERR_FAILED.
  isCorsError: (error) => error === "net::ERR_FAILED",
  isVague: (error) => error === "net::ERR_FAILED",

  // cors.cc, IsCorsSafelistedLowerCaseHeader: the client hints that scripts may set.
  safelists: (name) => CLIENT_HINTS.has(name),
  preflightKeepsOrigin: false,
  preflightsAgain: false,

  // preflight_result.cc, kMaxTimeout.
  maxAgeLimit: 7200,

  // preflight_cache.cc, kMaxKeyLength: a key of 1024 is too long.
  longestCachedUrl: 1023,
};

function named(reason: Reason): Check {
  return { ...reason, browserError: corsError(reason) };
}

function corsError(reason: Reason): string {
  switch (reason.code) {
    case "preflight-redirect":
      return "PreflightDisallowedRedirect";
    case "preflight-status-not-ok":
      return "PreflightInvalidStatus";
    case "allow-methods-invalid":
      return "InvalidAllowMethodsPreflightResponse";
    case "allow-headers-invalid":
      return "InvalidAllowHeadersPreflightResponse";
    case "method-not-allowed":
      return "MethodDisallowedByPreflightResponse";
    case "header-not-allowed":
      return "HeaderDisallowedByPreflightResponse";
    default:
      return `${reason.phase === "preflight" ? "Preflight" : ""}${accessError(reason)}`;
  }
}

/** `CheckAccess` in cors.cc: the comparison decides, then the value is looked at to name the error. */
function accessError({ code, header }: Reason): string {
  if (code === "allow-credentials-not-true") return "InvalidAllowCredentials";
  const value = header?.actual ?? null;
  if (value === null) return "MissingAllowOriginHeader";
  if (value === "*") return "WildcardOriginNotAllowed";
  switch (allowOriginShape(value)) {
    case "multiple":
      return "MultipleAllowOriginValues";
    case "invalid":
      return "InvalidAllowOriginValue";
    case "null":
    case "url":
      return "AllowOriginMismatch";
  }
}

const CLIENT_HINTS = new Set(["device-memory", "downlink", "dpr", "ect", "rtt", "save-data", "viewport-width", "width"]);

/** net/base/net_error_list.h */
const NETWORK_CODES: ReadonlyMap<string, NetworkCode> = new Map([
  ["net::ERR_ABORTED", "aborted"],
  ["net::ERR_BLOCKED_BY_ADMINISTRATOR", "blocked-by-client"],
  ["net::ERR_BLOCKED_BY_CLIENT", "blocked-by-client"],
  ["net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", "local-network-access"],
  ["net::ERR_BLOCKED_BY_ORB", "opaque-response-blocked"],
  ["net::ERR_BLOCKED_BY_RESPONSE", "blocked-by-response"],
  ["net::ERR_BLOCKED_BY_FINGERPRINTING_PROTECTION", "blocked-by-client"],
  ["net::ERR_CONNECTION_CLOSED", "connection-reset"],
  ["net::ERR_CONNECTION_REFUSED", "connection-refused"],
  ["net::ERR_CONNECTION_RESET", "connection-reset"],
  ["net::ERR_CONNECTION_TIMED_OUT", "timed-out"],
  ["net::ERR_EMPTY_RESPONSE", "empty-response"],
  ["net::ERR_INCONSISTENT_IP_ADDRESS_SPACE", "local-network-access"],
  ["net::ERR_INTERNET_DISCONNECTED", "offline"],
  ["net::ERR_INVALID_ARGUMENT", "redirect-stream-body"],
  ["net::ERR_INVALID_REDIRECT", "redirect-invalid"],
  ["net::ERR_NAME_NOT_RESOLVED", "name-not-resolved"],
  ["net::ERR_NAME_RESOLUTION_FAILED", "name-not-resolved"],
  ["net::ERR_PROXY_CONNECTION_FAILED", "connection-refused"],
  ["net::ERR_TIMED_OUT", "timed-out"],
  ["net::ERR_TOO_MANY_REDIRECTS", "too-many-redirects"],
  ["net::ERR_UNKNOWN_URL_SCHEME", "redirect-not-http"],
  ["net::ERR_UNSAFE_PORT", "unsafe-port"],
  ["net::ERR_UNSAFE_REDIRECT", "redirect-invalid"],
]);
