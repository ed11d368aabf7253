import type { Alternative, Code, Exchange, HeaderFault, Phase } from "./model.ts";
import { requestMode, requestOrigin } from "./request.ts";
import { isPotentiallyTrustworthy } from "./secure-origin.ts";

/** A failure without a response to blame, in Chromium's own name for it. */
export interface Refusal {
  readonly code: Code;
  readonly browserError: string;
  readonly header: HeaderFault | null;
  readonly alternatives: readonly Alternative[];
}

/**
 * What Chromium itself refuses before there is a response: Local Network Access, and a redirect of its own making (HSTS),
 * which no preflight may take. For these it has a CorsError, but their net error is often the one of any failed check.
 * `services/network/cors/cors_url_loader.cc`, `local_network_access_checker.cc`
 * @param error the net error of the request
 * @returns null when it is some other failure
 */
export function chromiumRefusal(exchange: Exchange, at: { readonly hop: number; readonly phase: Phase }, error: string): Refusal | null {
  if (error === "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS") return noPermission(exchange);
  if (error === "net::ERR_INCONSISTENT_IP_ADDRESS_SPACE") return OTHER_SPACE;
  if (error !== "net::ERR_FAILED" || requestMode(exchange) !== "cors") return null;
  const { preflight, request } = exchange.hops[at.hop] ?? exchange.hops[0];
  const message = at.phase === "preflight" ? preflight : request;
  if (message === null || message.response !== null) return null;
  const sent = message.requestHeaders !== null;
  if (at.phase !== "preflight") return sent ? OTHER_SPACE : null;
  // The checks come with the connection; what ends a preflight before it needs one is the browser's own redirect.
  if (!sent) return INTERNAL_REDIRECT;
  const refusal = noPermission(exchange);
  return { ...refusal, alternatives: [...refusal.alternatives, { browserError: OTHER_SPACE.browserError, condition: "address-space-given" }] };
}

const OTHER_SPACE: Refusal = { code: "local-network-access", browserError: "InvalidLocalNetworkAccess", header: null, alternatives: [] };

const INTERNAL_REDIRECT: Refusal = {
  code: "preflight-redirect",
  browserError: "PreflightDisallowedRedirect",
  // net/url_request/url_request_http_job.cc: HSTS redirects with "307 Internal Redirect".
  header: { name: ":status", on: "preflight", actual: "307", expected: "200" },
  alternatives: [],
};

const INSECURE = "InsecureLocalNetwork";

function noPermission(exchange: Exchange): Refusal {
  const refusal = { code: "local-network-access", header: null } as const;
  const origin = requestOrigin(exchange);
  if (origin !== "null" && !isPotentiallyTrustworthy(origin)) return { ...refusal, browserError: INSECURE, alternatives: [] };
  // A frame is as secure as what it is in, and an opaque origin shows nothing of that.
  const isOpen = exchange.frameId !== 0 || origin === "null";
  return { ...refusal, browserError: "LocalNetworkAccessPermissionDenied", alternatives: isOpen ? [{ browserError: INSECURE, condition: "context-not-secure" }] : [] };
}
