import type { CredentialsMode, Header } from "../model.ts";
import { get } from "./headers.ts";
import { isCorsNonWildcardRequestHeaderName } from "./safelist.ts";

/** A cache entry. https://fetch.spec.whatwg.org/#concept-cache (its key, the network partition, can't be observed) */
export interface CacheEntry {
  readonly origin: string;
  readonly url: string;
  readonly credentials: boolean;
  /** In seconds. */
  readonly maxAge: number;
  readonly method: string | null;
  readonly headerName: string | null;
}

/** What a match reads of a request. */
export interface CacheRequest {
  readonly origin: string;
  readonly url: string;
  readonly credentials: CredentialsMode;
}

/**
 * CORS-preflight fetch, steps 7.8 to 7.10: how long the answer holds.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
 * @param imposedLimit the engine's limit in seconds
 * @returns seconds
 */
export function maxAge(headers: readonly Header[], imposedLimit: number): number {
  // 8. Let max-age be the result of extracting header list values given `Access-Control-Max-Age`.
  const value = get("Access-Control-Max-Age", headers);
  // 9. If max-age is failure or null, then set max-age to 5.
  const seconds = value !== null && /^[0-9]+$/.test(value) ? Number(value) : 5;
  // 10. If max-age is greater than an imposed limit on max-age, then set max-age to the imposed limit.
  return Math.min(seconds, imposedLimit);
}

/** Cache entry match. https://fetch.spec.whatwg.org/#concept-cache-match */
function cacheEntryMatch(entry: CacheEntry, request: CacheRequest): boolean {
  return (
    entry.origin === request.origin &&
    entry.url === request.url &&
    (entry.credentials || request.credentials !== "include")
  );
}

/** Method cache entry match. https://fetch.spec.whatwg.org/#concept-cache-match-method */
export function methodCacheEntryMatch(cache: readonly CacheEntry[], method: string, request: CacheRequest): boolean {
  return cache.some((entry) => cacheEntryMatch(entry, request) && (entry.method === method || entry.method === "*"));
}

/** Header-name cache entry match. https://fetch.spec.whatwg.org/#concept-cache-match-header */
export function headerNameCacheEntryMatch(
  cache: readonly CacheEntry[],
  headerName: string,
  request: CacheRequest,
): boolean {
  return cache.some(
    (entry) =>
      cacheEntryMatch(entry, request) &&
      entry.headerName !== null &&
      (entry.headerName.toLowerCase() === headerName.toLowerCase() ||
        (entry.headerName === "*" && !isCorsNonWildcardRequestHeaderName(headerName))),
  );
}
