import type { Header } from "../model.ts";
import { get } from "./headers.ts";
import { parsedUrl } from "./url.ts";

/** What HTTP-redirect fetch reads of a request. */
export interface RedirectedRequest {
  /** The request's origin, serialised; `null` is same origin with nothing. */
  readonly origin: string;
  readonly mode: "cors" | "no-cors" | "same-origin";
  /** Response tainting is "cors": some URL of the chain was cross-origin. */
  readonly tainted: boolean;
  /** The number of redirects before this one. */
  readonly redirectCount: number;
}

/** The step at which HTTP-redirect fetch returns a network error. */
export type RedirectFailure = { readonly step: 5 | 6 | 7 | 9 | 10 };

/**
 * HTTP-redirect fetch, the steps that can fail and that headers tell.
 * https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 * @param location the value of `Location`
 * @param currentUrl the URL that answered
 */
export function httpRedirectFetch(request: RedirectedRequest, currentUrl: string, location: string): RedirectFailure[] {
  const failures: RedirectFailure[] = [];

  // 3.-5. If locationURL is failure, then return a network error.
  const locationUrl = parsedUrl(location, currentUrl);
  if (locationUrl === null) return [{ step: 5 }];

  // 6. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
  if (locationUrl.protocol !== "http:" && locationUrl.protocol !== "https:") failures.push({ step: 6 });

  // 7. If request's redirect count is 20, then return a network error.
  if (request.redirectCount >= 20) failures.push({ step: 7 });

  // 9. If mode is "cors", locationURL includes credentials, and request's origin is not same origin with it: error.
  const includesCredentials = locationUrl.username !== "" || locationUrl.password !== "";
  if (request.mode === "cors" && includesCredentials && request.origin !== locationUrl.origin) {
    failures.push({ step: 9 });
  } else if (request.tainted && includesCredentials) {
    // 10. If response tainting is "cors" and locationURL includes credentials: error.
    failures.push({ step: 10 });
  }

  return failures;
}

/**
 * The method of the request that a redirect leads to. HTTP-redirect fetch, step 12: what isn't a safe method becomes GET,
 * by the statuses that browsers always took for it. https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function redirectMethod(status: number, method: string): string {
  const becomesGet = ((status === 301 || status === 302) && method === "POST") || (status === 303 && method !== "GET" && method !== "HEAD");
  return becomesGet ? "GET" : method;
}

/** https://fetch.spec.whatwg.org/#redirect-status */
export function isRedirectStatus(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * The value of `Location` of a response that redirects, or null when it does not: browsers take an empty one for none.
 * https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function redirectLocation(status: number, headers: readonly Header[]): string | null {
  const location = isRedirectStatus(status) ? get("Location", headers) : null;
  return location === "" ? null : location;
}

/**
 * Whether a request's origin is redirect-tainted at its last URL: it then serialises to `null`.
 * https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 * @param origin the request's origin, serialised
 * @param urls the request's URL list up to the URL in question
 */
export function isRedirectTainted(origin: string, urls: readonly string[]): boolean {
  // 2. For each url of request's URL list: 2.1 skip the first; 2.2 tainted if url is cross-origin to lastURL,
  // and lastURL to request's origin.
  return urls.some((url, index) => {
    const last = urls[index - 1];
    return last !== undefined && originOf(url) !== originOf(last) && originOf(last) !== origin;
  });
}

/** The serialised origin of a URL, `null` when it is opaque or the URL does not parse. */
export function originOf(url: string): string {
  return PLAIN.exec(url)?.[1] ?? parsedUrl(url)?.origin ?? "null";
}

/**
 * A URL that shows its origin as it is: with a host in lower case that is no number and nothing that IDNA changes, and a
 * port that is no scheme's own. Browsers tell most URLs so, and a verdict asks for so many that parsing was half its time.
 */
const PLAIN = /^(https?:\/\/(?!\.|[^/?#]{0,255}(?:--|\.\.))(?:(?:[a-z0-9.-]{0,190}\.)?[a-z]{1,63}|127\.0\.0\.1)(?::(?:[1-9][0-9]{3}|[1-5][0-9]{4}))?)(?:[/?#]|$)/;
