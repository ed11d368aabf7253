import { mayBeReused, variesByOrigin } from "./caching.ts";
import { lastHop } from "./exchange.ts";
import { ENGINES } from "./engines/engines.ts";
import type { EngineRules } from "./engines/rules.ts";
import { fieldLines, get } from "./fetch/headers.ts";
import { nonWildcardHeaderStep } from "./fetch/preflight.ts";
import { isCorsSafelistedResponseHeaderName, isForbiddenResponseHeaderName } from "./fetch/safelist.ts";
import type { Engine, Exchange, Header, Message, Notice, NoticeCode, ResponseHead, Verdict } from "./model.ts";
import { isTainted, preflightedRequest, requestMode } from "./request.ts";

/**
 * What works, but costs or surprises: nothing of it blocks. Said of an answer that the page got, and of preflights that
 * passed.
 */
export function notices(exchange: Exchange, verdict: Verdict, engine: Engine): Notice[] {
  if (requestMode(exchange) !== "cors") return [];
  const found = [...preflightNotices(exchange, verdict, ENGINES[engine]), ...answerNotices(exchange, verdict)];
  return found.filter(({ code }, index) => found.findIndex((other) => other.code === code) === index);
}

function preflightNotices(exchange: Exchange, verdict: Verdict, rules: EngineRules): Notice[] {
  const refused = verdict.failing.filter(({ phase }) => phase === "preflight").map(({ hop }) => hop);
  return exchange.hops.flatMap(({ preflight }, hop) => {
    if (preflight?.response == null || refused.includes(hop)) return [];
    return [...wildcardAuthorization(exchange, hop, preflight.response), ...keeping(preflight, preflight.response.headers, rules)];
  });
}

/** Browsers still let `*` cover Authorization: they leave out a step. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0, step 7.6 */
function wildcardAuthorization(exchange: Exchange, hop: number, response: ResponseHead): Notice[] {
  return nonWildcardHeaderStep(preflightedRequest(exchange, hop, "omit"), response).length === 0 ? [] : notice("authorization-only-by-wildcard");
}

/** For how long the answer to a preflight spares the next one. */
function keeping({ url }: Message, headers: readonly Header[], { maxAgeLimit, longestCachedUrl }: EngineRules): Notice[] {
  if (longestCachedUrl !== null && url.length > longestCachedUrl) return notice("preflight-url-too-long", String(url.length), String(longestCachedUrl));
  const value = get("Access-Control-Max-Age", headers);
  if (value === null) return notice("max-age-missing");
  if (/^(-[0-9]+|0+)$/.test(value)) return notice("preflight-never-kept", value);
  if (!/^[0-9]+$/.test(value)) return notice("max-age-invalid", value);
  return Number(value) > maxAgeLimit ? notice("max-age-over-limit", value, String(maxAgeLimit)) : [];
}

function answerNotices(exchange: Exchange, verdict: Verdict): Notice[] {
  const { request } = lastHop(exchange);
  if (verdict.outcome !== "allowed" || request.response === null || !isTainted(exchange, exchange.hops.length - 1)) return [];
  const { headers } = request.response;
  return [...hiddenHeaders(exchange, verdict, headers), ...allowedOrigin(request, headers)];
}

/** https://fetch.spec.whatwg.org/#concept-main-fetch, step 14: what the page may read of the headers. */
function hiddenHeaders({ type }: Exchange, { credentials }: Verdict, headers: readonly Header[]): Notice[] {
  // An element has no way to read headers.
  if (type !== "xmlhttprequest") return [];
  const exposed = new Set(fieldLines("Access-Control-Expose-Headers", headers).flatMap((line) => line.split(",")).map((name) => name.trim().toLowerCase()));
  const names = new Map(headers.filter(({ name }) => isWorthReading(name) && !exposed.has(name.toLowerCase())).map(({ name }) => [name.toLowerCase(), name]));
  if (names.size === 0) return [];
  const list = [...names.values()].join(", ");
  if (!exposed.has("*")) return notice("headers-not-exposed", list);
  return credentials === "include" ? notice("expose-wildcard-with-credentials", list) : [];
}

/** Pages ask for it, and wonder why they get null; what servers and proxies say to one another is not of that kind. */
function isWorthReading(name: string): boolean {
  const lower = name.toLowerCase();
  if (isCorsSafelistedResponseHeaderName(lower) || isForbiddenResponseHeaderName(lower)) return false;
  return READ_BY_PAGES.test(lower) || (lower.startsWith("x-") && !OF_SERVERS.test(lower));
}

const READ_BY_PAGES =
  /^(authorization|content-disposition|content-range|deprecation|etag|link|location|retry-after|sunset|www-authenticate|(rate-?limit|total|pagination|page)(-.*)?)$/;
const OF_SERVERS =
  /^x-(amz|amzn|aspnet|aspnetmvc|azure|backend|cache|cdn|cloud-trace|content-(security|type)|dns-prefetch|download-options|edge|envoy|fastly|frame-options|goog|guploader|kong|litespeed|middleton|ms|nf|permitted-cross|powered-by|proxy|robots-tag|runtime|served-by|server|sucuri|timer|turbo-charged|ua-compatible|varnish|vercel|webkit-csp|xss-protection)(-|$)/;

function allowedOrigin({ method }: Message, headers: readonly Header[]): Notice[] {
  const value = get("Access-Control-Allow-Origin", headers);
  if (value === null || value === "*") return [];
  if (value === "null") return notice("allow-origin-null");
  const credentialed = get("Access-Control-Allow-Credentials", headers) === "true";
  const storable = (method === "GET" || method === "HEAD") && mayBeReused(headers) && !variesByOrigin(headers);
  return [...(storable ? notice("vary-origin-missing", value) : []), ...(credentialed ? notice("origin-echoed-with-credentials", value) : [])];
}

function notice(code: NoticeCode, ...params: readonly string[]): Notice[] {
  return [{ code, params }];
}
