import { fieldLines, get } from "./fetch/headers.ts";
import { redirectLocation } from "./fetch/redirect.ts";
import { corsUnsafeRequestHeaderNames, isForbiddenRequestHeaderName } from "./fetch/safelist.ts";
import { parsedUrl } from "./fetch/url.ts";
import type { Exchange, Hop, Message } from "./model.ts";

/** The hop that an exchange has got to. */
export function lastHop({ hops }: Exchange): Hop {
  return hops[hops.length - 1] ?? hops[0];
}

/** Nothing more is to come for this exchange. */
export function isEnded(exchange: Exchange): boolean {
  const { request } = lastHop(exchange);
  return request.end !== null || leavesHttp(request);
}

/** Some never end: those are given up. */
const MOST_CLEARED = 1000;

/** The ids of requests whose events are not taken up again, with those of exchanges that are forgotten while in flight. */
export function withInFlight(cleared: readonly string[], forgotten: readonly Exchange[]): readonly string[] {
  const inFlight = forgotten.filter((exchange) => !isEnded(exchange));
  if (inFlight.length === 0) return cleared;
  const ids = inFlight.flatMap(({ id, hops }) => [id, ...hops.flatMap(({ preflight }) => (preflight === null || preflight.end !== null ? [] : [preflight.requestId]))]);
  return [...cleared, ...ids].slice(-MOST_CLEARED);
}

/** The server redirects to a URL that is not HTTP(S): events tell nothing of what becomes of that. */
export function leavesHttp({ redirectUrl, response }: Message): boolean {
  if (redirectUrl === null || /^https?:/i.test(redirectUrl)) return false;
  // An extension may redirect to a file of its own, and that works.
  return response !== null && get("Non-Authoritative-Reason", response.headers) === null;
}

/** Where a message redirects to: as the browser said, else as its response does; null where nowhere. */
export function redirectTarget({ redirectUrl, response, url }: Message): URL | null {
  const location = redirectUrl ?? (response === null ? null : redirectLocation(response.status, response.headers));
  return location === null ? null : parsedUrl(location, url);
}

/** A request that shows itself to be a preflight: scripts can't set `Access-Control-Request-Method`. */
export function isPreflight({ method, requestHeaders }: Message): boolean {
  return method === "OPTIONS" && requestHeaders !== null && get("Access-Control-Request-Method", requestHeaders) !== null;
}

/** The names in `Access-Control-Request-Headers`: lower case, in the order in which they were sent. */
export function requestedHeaderNames({ requestHeaders }: Pick<Message, "requestHeaders">): string[] {
  const names = fieldLines("Access-Control-Request-Headers", requestHeaders ?? []).flatMap((line) => line.toLowerCase().split(","));
  return [...new Set(names.map((name) => name.trim()))].filter((name) => name !== "");
}

/**
 * The header names for which a request needs a preflight, from the headers that it was sent with. Those that only the
 * browser sets are left out, and those that it adds by itself on reloads, revalidation or for media.
 */
export function unsafeHeaderNames({ requestHeaders }: Pick<Message, "requestHeaders">): string[] {
  return corsUnsafeRequestHeaderNames(
    (requestHeaders ?? []).filter(({ name }) => !isForbiddenRequestHeaderName(name) && !isAddedByBrowsers(name)),
  );
}

/** A header that browsers add by themselves, though pages may set it too. */
export function isAddedByBrowsers(name: string): boolean {
  return ADDED_BY_BROWSERS.has(name.toLowerCase());
}

const ADDED_BY_BROWSERS = new Set([
  "alt-used",
  "cache-control",
  "if-modified-since",
  "if-none-match",
  "last-event-id",
  "ping-from",
  "ping-to",
  "pragma",
  "priority",
  "purpose",
  "range",
  "upgrade-insecure-requests",
  "user-agent",
  "x-client-data",
]);

/** A URL as it goes over the wire. */
export function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? url;
}

/** The exchange with a change to the hop that it has got to. */
export function withLastHop(exchange: Exchange, change: (hop: Hop) => Hop): Exchange {
  const [first, ...others] = exchange.hops;
  const last = others.pop();
  return { ...exchange, hops: last === undefined ? [change(first)] : [first, ...others, change(last)] };
}
