import { type CorsCheckFailure, type CorsCheckRequest, corsCheck } from "../fetch/cors-check.ts";
import { fieldLines, normalize } from "../fetch/headers.ts";
import {
  extractHeaderNames,
  extractMethods,
  methodStep,
  okStatus,
  type PreflightedRequest,
  unsafeHeaderStep,
} from "../fetch/preflight.ts";
import { redirectLocation } from "../fetch/redirect.ts";
import type { Header, NetworkCode } from "../model.ts";
import { corsCheckReason, preflightReasons, preflightRedirectReason, type Reason } from "../reason.ts";
import type { Check, CheckedResponse, EngineRules } from "./rules.ts";

/**
 * Gecko: `netwerk/protocol/http/nsCORSListenerProxy.cpp` (`CheckRequestApproved`, `CheckPreflightRequestApproved`).
 * Names are the console's categories without their trailing digit (`dom/locales/en-US/chrome/security/security.properties`).
 */
export const gecko: EngineRules = {
  engine: "gecko",

  preflight(request, response) {
    const isRedirect = redirectLocation(response.status, response.headers) !== null;
    // The preflight goes through CheckRequestApproved like any response, redirect or not; its own checks come after.
    // Its listener knows nothing of the redirects before it: back at the page's own origin there is no CORS check.
    const failures = (response.sameOrigin ? [] : checkRequestApproved(request, response.headers)).map((check) => ({ step: "7 CORS check", check }) as const);
    return [
      ...preflightReasons(failures, request, response, response.redirected),
      ...(isRedirect ? [preflightRedirectReason(response.status)] : []),
      ...preflightChecks(request, response, isRedirect),
    ].map((reason) => named(reason, response));
  },

  response(request, response, phase) {
    return checkRequestApproved(request, response.headers)
      .map((failure) => corsCheckReason(failure, request, phase, response.redirected))
      .map((reason) => named(reason, response));
  },

  // UpdateChannel asks for HTTP only after CheckLoadURI, which refuses some schemes outright. For those, and for user
  // info (NS_ERROR_DOM_BAD_URI), the console has only its word for any failed request.
  redirectError(code, { mode, locationUrl }) {
    if (mode === "no-cors") return null;
    const refusedOutright = /^(blob|data|file|javascript):/.test(locationUrl);
    return code === "redirect-not-http" && !refusedOutright ? "CORSRequestNotHttp" : "CORSDidNotSucceed";
  },

  // What has no NS_ name is NSS's: a sentence about the certificate or the handshake.
  networkCode: (error) => NETWORK_CODES.get(error) ?? (/^NS_/.test(error) ? "network-error" : "tls-error"),
  // CheckRequestApproved counts the field lines of an answer that isn't there, and takes that failure for two of them.
  networkName: (code, error) => (code === "empty-response" && error !== "NS_ERROR_NET_EMPTY_RESPONSE" ? "CORSMultipleAllowOriginNotAllowed" : error),
  unanswered: { preflight: "preflight-network-error", response: "empty-response" },

  isCorsError: (error) => error === "NS_ERROR_DOM_BAD_URI",
  // The last two end a request whose redirect was refused.
  isVague: (error) => ["NS_ERROR_DOM_BAD_URI", "NS_ERROR_UNEXPECTED", "NS_ERROR_NET_ON_RECEIVING_FROM"].includes(error),

  safelists: () => false,
  // StartCORSPreflight makes the preflight's channel and listener anew, from the principal that made the request.
  preflightKeepsOrigin: true,
  // HttpBaseChannel::SetupReplacementChannel hands the demand for a preflight on.
  preflightsAgain: true,

  // nsCORSListenerProxy.cpp, PREFLIGHT_CACHE_MAX_AGE.
  maxAgeLimit: 86400,
  longestCachedUrl: null,
};

/**
 * The CORS check on the value as Gecko merges it: empty lines are left out. Before that it counts the lines that are
 * spelt exactly so, and several are refused whatever they say.
 */
function checkRequestApproved(request: CorsCheckRequest, headers: readonly Header[]): CorsCheckFailure[] {
  if (countedAllowOrigin(headers) > 1) return corsCheck(request, headers);
  const values = fieldLines("Access-Control-Allow-Origin", headers);
  const isEmpty = ({ name, value }: Header): boolean => name.toLowerCase() === "access-control-allow-origin" && normalize(value) === "";
  const mixed = values.includes("") && values.some((value) => value !== "");
  return corsCheck(request, mixed ? headers.filter((header) => !isEmpty(header)) : headers);
}

/** How many lines Gecko counts: `CheckOriginHeader` compares their names letter by letter. */
export function countedAllowOrigin(headers: readonly Header[]): number {
  return headers.filter(({ name }) => name === "Access-Control-Allow-Origin").length;
}

/** `Access-Control-Allow-Methods` is judged whole before `Access-Control-Allow-Headers` is read. */
function preflightChecks(request: PreflightedRequest, response: CheckedResponse, isRedirect: boolean): Reason[] {
  const steps = [
    ...(isRedirect ? [] : okStatus(response)),
    ...extractMethods(response),
    ...methodStep(request, response),
    ...extractHeaderNames(response),
    // No step 7.6: network.cors_preflight.authorization_covered_by_wildcard is true.
    ...unsafeHeaderStep(request, response),
  ];
  return preflightReasons(steps, request, response, response.redirected);
}

function named(reason: Reason, { headers }: CheckedResponse): Check {
  return { ...reason, browserError: category(reason, headers) };
}

function category({ code }: Reason, headers: CheckedResponse["headers"]): string {
  switch (code) {
    case "allow-origin-missing":
      return "CORSMissingAllowOrigin";
    case "allow-origin-wildcard-with-credentials":
      return "CORSNotSupportingCredentials";
    case "allow-credentials-not-true":
      return "CORSMissingAllowCredentials";
    case "preflight-redirect":
      return "CORSExternalRedirectNotAllowed";
    case "preflight-status-not-ok":
      return "CORSPreflightDidNotSucceed";
    case "allow-methods-invalid":
      return "CORSInvalidAllowMethod";
    case "method-not-allowed":
      return "CORSMethodNotFound";
    case "allow-headers-invalid":
      return "CORSInvalidAllowHeader";
    case "header-not-allowed":
      return "CORSMissingAllowHeaderFromPreflight";
    default:
      // CheckRequestApproved counts the field lines before it compares.
      return countedAllowOrigin(headers) > 1
        ? "CORSMultipleAllowOriginNotAllowed"
        : "CORSAllowOriginNotMatchingOrigin";
  }
}

/** xpcom/base/ErrorList.py */
const NETWORK_CODES: ReadonlyMap<string, NetworkCode> = new Map([
  ["NS_BINDING_ABORTED", "aborted"],
  // The page cancelled the body that it was reading.
  ["NS_BASE_STREAM_CLOSED", "aborted"],
  ["NS_ERROR_ABORT", "blocked-by-client"],
  ["NS_ERROR_BLOCKED_BY_POLICY", "blocked-by-client"],
  ["NS_ERROR_CONNECTION_REFUSED", "connection-refused"],
  ["NS_ERROR_CORRUPTED_CONTENT", "wrong-content-type"],
  ["NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED", "local-network-access"],
  ["NS_ERROR_NET_EMPTY_RESPONSE", "empty-response"],
  ["NS_ERROR_NET_INTERRUPT", "connection-reset"],
  ["NS_ERROR_NET_RESET", "connection-reset"],
  ["NS_ERROR_NET_TIMEOUT", "timed-out"],
  ["NS_ERROR_OFFLINE", "offline"],
  ["NS_ERROR_PORT_ACCESS_NOT_ALLOWED", "unsafe-port"],
  ["NS_ERROR_PROXY_CONNECTION_REFUSED", "connection-refused"],
  ["NS_ERROR_REDIRECT_LOOP", "too-many-redirects"],
  ["NS_ERROR_CRYPTOMINING_URI", "blocked-by-client"],
  ["NS_ERROR_EMAILTRACKING_URI", "blocked-by-client"],
  ["NS_ERROR_FINGERPRINTING_URI", "blocked-by-client"],
  ["NS_ERROR_SOCIALTRACKING_URI", "blocked-by-client"],
  ["NS_ERROR_TRACKING_URI", "blocked-by-client"],
  ["NS_ERROR_UNKNOWN_HOST", "name-not-resolved"],
]);
