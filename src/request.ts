import { lastHop, redirectTarget, requestedHeaderNames, unsafeHeaderNames } from "./exchange.ts";
import type { EngineRules } from "./engines/rules.ts";
import { get } from "./fetch/headers.ts";
import type { PreflightedRequest } from "./fetch/preflight.ts";
import { isRedirectTainted, originOf } from "./fetch/redirect.ts";
import { isCorsSafelistedMethod } from "./fetch/safelist.ts";
import type { CredentialsMode, Exchange, Hop } from "./model.ts";

/** https://fetch.spec.whatwg.org/#concept-request-mode, as far as headers tell it. */
export type RequestMode = "cors" | "no-cors" | "same-origin" | "unknown";

/** The request's mode: from `Sec-Fetch-Mode` (sent to potentially trustworthy URLs only), a preflight, or `Origin`. */
export function requestMode(exchange: Exchange): RequestMode {
  if (exchange.type === "font") return "cors";
  if (exchange.call?.mode != null) return exchange.call.mode;
  const first = exchange.hops[0];
  for (const { preflight, request } of exchange.hops) {
    if (preflight !== null) return "cors";
    const mode = get("Sec-Fetch-Mode", request.requestHeaders ?? []);
    if (mode === "cors" || mode === "no-cors" || mode === "same-origin") return mode;
  }
  if (first.request.requestHeaders === null) return "unknown";
  const safe = first.request.method === "GET" || first.request.method === "HEAD";
  // Other methods send `Origin` in every mode; GET and HEAD only with response tainting "cors".
  if (!safe) return "unknown";
  return exchange.hops.some(({ request }) => get("Origin", request.requestHeaders ?? []) !== null) ? "cors" : "unknown";
}

/** The request's origin, serialised: what the first `Origin` header says, else what the browser told. */
export function requestOrigin(exchange: Exchange): string {
  const { preflight, request } = exchange.hops[0];
  return sentOrigin(preflight) ?? sentOrigin(request) ?? exchange.origin ?? "null";
}

/** Response tainting is "cors" at this hop: it, or one before it, is cross-origin to the request. */
export function isTainted(exchange: Exchange, hop: number): boolean {
  const origin = requestOrigin(exchange);
  return exchange.hops.slice(0, hop + 1).some(({ request }) => originOf(request.url) !== origin || origin === "null");
}

/** The exchange touches another origin at some hop, or was about to. */
export function isCrossOrigin(exchange: Exchange): boolean {
  return isTainted(exchange, exchange.hops.length - 1) || leadsAway(exchange);
}

function leadsAway(exchange: Exchange): boolean {
  const { request } = lastHop(exchange);
  const target = redirectTarget(request);
  return target !== null && target.origin !== requestOrigin(exchange);
}

/**
 * The origin that a hop's message is checked against: the `Origin` that it carried, else that of its fellow (in Chromium
 * a request stopped by its preflight shows none; in Firefox the two may differ after a redirect), else what the
 * standard serialises there.
 */
export function serializedOrigin(exchange: Exchange, hop: number, part: "preflight" | "request"): string {
  const at = exchange.hops[hop] ?? exchange.hops[0];
  const fellow = part === "preflight" ? at.request : at.preflight;
  return sentOrigin(at[part]) ?? sentOrigin(fellow) ?? (becameNull(exchange, hop) ? "null" : requestOrigin(exchange));
}

/** Where in the page's code it was asked for, as `url:line:column`, or null. */
export function callSiteOf({ call, callSite }: Exchange): string | null {
  return call?.callSite ?? callSite;
}

/** The request's own origin is another, but redirects made it `null` at this hop. */
export function becameNull(exchange: Exchange, hop: number): boolean {
  const urls = exchange.hops.slice(0, hop + 1).map(({ request }) => request.url);
  return hop > 0 && requestOrigin(exchange) !== "null" && isRedirectTainted(requestOrigin(exchange), urls);
}

/** The request of a hop as the preflight's checks see it: from the preflight itself where there is one. */
export function preflightedRequest(exchange: Exchange, hop: number, credentials: CredentialsMode): PreflightedRequest {
  const { preflight, request } = exchange.hops[hop] ?? exchange.hops[0];
  return {
    origin: serializedOrigin(exchange, hop, "preflight"),
    credentials,
    method: get("Access-Control-Request-Method", preflight?.requestHeaders ?? []) ?? request.method,
    unsafeHeaderNames: preflight?.requestHeaders ? requestedHeaderNames(preflight) : unsafeHeaderNames(request),
  };
}

/** The request of this hop needs a preflight in an engine, by its method and headers. */
export function needsPreflight(exchange: Exchange, hop: number, rules: Pick<EngineRules, "safelists">): boolean {
  const { method, unsafeHeaderNames } = preflightedRequest(exchange, hop, "omit");
  return isPreflightedByItself(method, unsafeHeaderNames, rules);
}

/** A method, or headers with these names, make an engine ask before it sends a request, whatever else does. */
export function isPreflightedByItself(method: string, unsafeHeaderNames: readonly string[], rules: Pick<EngineRules, "safelists">): boolean {
  return !isCorsSafelistedMethod(method) || unsafeHeaderNames.some((name) => !rules.safelists(name));
}

/** Credentials went out, which a cross-origin request only does in credentials mode "include". */
export function sentCredentials(exchange: Exchange): boolean {
  const origin = requestOrigin(exchange);
  return exchange.hops.some(
    ({ request }) => originOf(request.url) !== origin && get("Cookie", request.requestHeaders ?? []) !== null,
  );
}

/** Credentials modes as CORS tells them apart; the first is what APIs default to. */
export const MODES = ["same-origin", "include"] as const satisfies readonly CredentialsMode[];
export type Mode = (typeof MODES)[number];

/** The credentials modes that the request and its call leave open. */
export function openModes(exchange: Exchange): readonly Mode[] {
  if (sentCredentials(exchange)) return ["include"];
  const said = exchange.call?.credentials ?? null;
  if (said !== null) return [said === "include" ? "include" : "same-origin"];
  // https://drafts.csswg.org/css-fonts/#font-fetching-requirements: fonts are fetched in mode "same-origin".
  return exchange.type === "font" ? ["same-origin"] : MODES;
}

function sentOrigin(message: Hop["preflight"]): string | null {
  return message === null ? null : get("Origin", message.requestHeaders ?? []);
}
