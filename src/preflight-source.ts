import type { EngineRules } from "./engines/rules.ts";
import { extractTokens } from "./fetch/headers.ts";
import { type CacheEntry, type CacheRequest, headerNameCacheEntryMatch, maxAge, methodCacheEntryMatch } from "./fetch/preflight-cache.ts";
import { isCorsSafelistedMethod } from "./fetch/safelist.ts";
import type { Exchange, Message } from "./model.ts";
import { preflightedRequest, serializedOrigin } from "./request.ts";

/** The answer that the browser's preflight cache gave instead of the server. */
export interface PreflightSource {
  /** The exchange whose preflight it answered. */
  readonly exchange: Exchange;
  /** How long it holds, in seconds. */
  readonly maxAge: number;
  /** How long before the request it came, in seconds. */
  readonly age: number;
}

/**
 * Which earlier preflight let a request go without one.
 * @param hop the index of the hop whose preflight was not seen
 * @param earlier what began before it, in that order
 * @param imposedLimit the engine's limit on `Access-Control-Max-Age`, in seconds
 * @returns null when it was not watched
 */
export function preflightSource(
  exchange: Exchange,
  hop: number,
  earlier: readonly Exchange[],
  { maxAgeLimit }: Pick<EngineRules, "maxAgeLimit">,
): PreflightSource | null {
  const { request } = exchange.hops[hop] ?? exchange.hops[0];
  const { method, unsafeHeaderNames } = preflightedRequest(exchange, hop, "omit");
  // The credentials mode is rarely known, so it is not asked for.
  const sought: CacheRequest = { origin: serializedOrigin(exchange, hop, "request"), url: request.url, credentials: "omit" };
  for (const candidate of earlier.toReversed()) {
    for (const [index, { preflight }] of candidate.hops.entries()) {
      if (!preflight?.response) continue;
      const age = (request.startedTime - preflight.response.time) / 1000;
      const cache = entriesOf(candidate, index, preflight, maxAgeLimit).filter((entry) => age >= 0 && age <= entry.maxAge);
      const allowed = isCorsSafelistedMethod(method) || methodCacheEntryMatch(cache, method, sought);
      if (cache.length > 0 && allowed && unsafeHeaderNames.every((name) => headerNameCacheEntryMatch(cache, name, sought))) {
        return { exchange: candidate, maxAge: maxAge(preflight.response.headers, maxAgeLimit), age };
      }
    }
  }
  return null;
}

/** CORS-preflight fetch, steps 7.11 to 7.14: what an answer leaves in the cache. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
function entriesOf(exchange: Exchange, hop: number, preflight: Message, maxAgeLimit: number): CacheEntry[] {
  const headers = preflight.response?.headers ?? [];
  const asked = preflightedRequest(exchange, hop, "omit");
  const methods = extractTokens("Access-Control-Allow-Methods", headers) ?? [asked.method];
  const names = extractTokens("Access-Control-Allow-Headers", headers) ?? [];
  if ("failure" in methods || "failure" in names) return [];
  const entry = {
    origin: serializedOrigin(exchange, hop, "preflight"),
    url: preflight.url,
    credentials: true,
    maxAge: maxAge(headers, maxAgeLimit),
  };
  return [
    ...methods.map((method): CacheEntry => ({ ...entry, method, headerName: null })),
    ...names.map((headerName): CacheEntry => ({ ...entry, method: null, headerName })),
  ];
}
