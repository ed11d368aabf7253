import { isAddedByBrowsers, requestedHeaderNames, unsafeHeaderNames, withoutFragment } from "../exchange.ts";
import { get } from "../fetch/headers.ts";
import { isRedirectStatus } from "../fetch/redirect.ts";
import { parsedUrl } from "../fetch/url.ts";
import { grouped } from "../grouped.ts";
import type { FinishedRequest } from "../protocol.ts";
import { CLOCK_TOLERANCE_MILLISECONDS, requestKey } from "../same-request.ts";

/** How long a request may wait for its turn, in milliseconds. */
const LONGEST_QUEUE_MILLISECONDS = 5000;

/** No browser follows more. https://fetch.spec.whatwg.org/#concept-http-redirect-fetch, step 7 */
const MOST_REDIRECTS = 20;

/** One URL of a redirect chain: the preflight for it, and the request. */
export interface FinishedHop<R extends FinishedRequest = FinishedRequest> {
  readonly preflight: R | null;
  readonly request: R;
}

/** A request with its redirects, each with its preflight. */
export type Chain<R extends FinishedRequest = FinishedRequest> = readonly [FinishedHop<R>, ...FinishedHop<R>[]];

/** What belongs together of requests that nothing links but their headers, addresses and order. */
export interface Chains<R extends FinishedRequest> {
  /** In the order of their start, each with its preflights, redirects joined to what they led to. */
  readonly chains: readonly Chain<R>[];
  /** Preflights whose request isn't there. */
  readonly orphans: readonly R[];
}

/** How many of those that wait are looked at: of hundreds in flight at once, which is for which can't be told anyway. */
const LOOKAHEAD = 64;

/**
 * Puts requests together: each preflight goes to the first request that it can be for.
 * @param longestQueue how long what a redirect led to may have waited for its turn, in milliseconds
 * @param leadsOn whether the browser may have followed the redirect that a chain ends with
 */
export function chainsOf<R extends FinishedRequest>(
  requests: readonly R[],
  longestQueue = LONGEST_QUEUE_MILLISECONDS,
  leadsOn: (chain: Chain<R>) => boolean = () => true,
): Chains<R> {
  const sorted = requests.toSorted((a, b) => a.startedTime - b.startedTime);
  const asked = grouped(sorted.filter(({ preflight }) => preflight), (preflight) => askedFor(get("Access-Control-Request-Method", preflight.requestHeaders), preflight.url));
  const preflights = new Map([...asked].map(([key, each]) => [key, queueOf(each)]));
  const waiting = new Map<string, Queue<[FinishedHop<R>, ...FinishedHop<R>[]]>>();
  const chains: [FinishedHop<R>, ...FinishedHop<R>[]][] = [];
  const orphans: R[] = [];
  for (const request of sorted) {
    if (request.preflight) continue;
    const taken = (method: string | null): R | null => {
      const queue = preflights.get(askedFor(method, request.url));
      if (queue === undefined) return null;
      skip(queue, ({ endedTime }) => endedTime < request.startedTime - LONGEST_QUEUE_MILLISECONDS, orphans);
      return next(queue, (preflight) => preflight.startedTime <= request.endedTime + CLOCK_TOLERANCE_MILLISECONDS && mayBeFor(preflight, request));
    };
    // One that shows none of its headers may be for any method.
    const hop = { preflight: taken(request.method) ?? taken(null), request };
    const before = waiting.get(withoutFragment(parsedUrl(request.url)?.href ?? request.url));
    if (before !== undefined) skip(before, (chain) => waitFor(request, chain) > longestQueue, []);
    const led = before === undefined ? null : next(before, (chain) => waitFor(request, chain) >= -CLOCK_TOLERANCE_MILLISECONDS);
    const chain: [FinishedHop<R>, ...FinishedHop<R>[]] = led ?? [hop];
    if (led === null) chains.push(chain);
    else led.push(hop);
    const target = chain.length > MOST_REDIRECTS ? null : targetOf(request);
    // Not every tool tells the fragment of what it asked for.
    if (target !== null && leadsOn(chain)) waiting.set(withoutFragment(target), added(waiting.get(withoutFragment(target)), chain));
  }
  for (const queue of preflights.values()) skip(queue, () => true, orphans);
  return { chains, orphans };
}

/** What waits in the order of its start: no list is looked through for every request. */
interface Queue<T> {
  readonly items: T[];
  /** How many are gone. */
  gone: number;
}

function queueOf<T>(items: T[]): Queue<T> {
  return { items, gone: 0 };
}

function added<T>(queue: Queue<T> | undefined, item: T): Queue<T> {
  if (queue === undefined) return queueOf([item]);
  queue.items.push(item);
  return queue;
}

/** Takes out the first ones for which it is too late: it is for all requests to come. */
function skip<T>(queue: Queue<T>, isLate: (item: T) => boolean, late: T[]): void {
  for (let item = queue.items[queue.gone]; item !== undefined && isLate(item); item = queue.items[queue.gone]) {
    late.push(item);
    queue.gone += 1;
  }
}

/** Takes the first one that fits. */
function next<T>(queue: Queue<T>, fits: (item: T) => boolean): T | null {
  const { items, gone } = queue;
  for (let at = gone; at < items.length && at < gone + LOOKAHEAD; at++) {
    const item = items[at];
    if (item === undefined || !fits(item)) continue;
    // The others keep their order.
    items.copyWithin(gone + 1, gone, at);
    queue.gone += 1;
    return item;
  }
  return null;
}

/** By what preflights are found, with the method that they ask for; one that shows none of its headers asks for `?`. */
function askedFor(method: string | null, url: string): string {
  return requestKey({ method: method ?? "?", url });
}

/** Headers that some tools leave out of what was sent. */
const LEFT_OUT = new Set(["authorization", "cookie"]);

/** Whether a preflight asks for what a request does, as far as the headers of both are there. */
export function mayBeFor(preflight: FinishedRequest, { requestHeaders }: FinishedRequest): boolean {
  const [asker, sender] = [get("Origin", preflight.requestHeaders), get("Origin", requestHeaders)];
  // A redirect makes one of them `null` before the other.
  if (asker !== null && sender !== null && asker !== sender && asker !== "null" && sender !== "null") return false;
  if (requestHeaders.length === 0) return true;
  const unsafe = new Set(unsafeHeaderNames({ requestHeaders }));
  return requestedHeaderNames({ requestHeaders: preflight.requestHeaders }).every((name) => unsafe.has(name) || LEFT_OUT.has(name) || isAddedByBrowsers(name));
}

/**
 * Firefox's DevTools tell of what a refused redirect led to, though the browser never asks for it: without the headers
 * that say how it would have.
 */
export function isNeverMade({ status, error, requestHeaders }: Pick<FinishedRequest, "status" | "error" | "requestHeaders">): boolean {
  return status === 0 && error === null && requestHeaders.length > 0 && get("Sec-Fetch-Mode", requestHeaders) === null && get("Origin", requestHeaders) === null && get("Connection", requestHeaders) === null;
}

/** The request that a preflight asked for, of which nothing is told: Firefox's DevTools leave out those that were never sent. */
export function requestOfPreflight(preflight: FinishedRequest): FinishedRequest {
  const method = get("Access-Control-Request-Method", preflight.requestHeaders) ?? "GET";
  return { ...preflight, method, type: "xmlhttprequest", preflight: false, requestHeaders: [], status: 0, statusText: "", responseHeaders: [], redirectUrl: "", error: null };
}

/** Where a redirect says to go, as it says it; null where it is none: other answers have a `Location`, too. */
export function locationOf({ status, redirectUrl, responseHeaders }: FinishedRequest): string | null {
  const location = redirectUrl === "" ? (get("Location", responseHeaders) ?? "") : redirectUrl;
  return isRedirectStatus(status) && location !== "" ? location : null;
}

/** Where a redirect leads that the browser may have followed. */
export function targetOf(request: FinishedRequest): string | null {
  const location = request.error === null ? locationOf(request) : null;
  return location === null ? null : (parsedUrl(location, request.url)?.href ?? null);
}

/** How long after the end of what led there a request began, in milliseconds: as soon as there was a connection for it. */
function waitFor({ startedTime }: FinishedRequest, chain: readonly FinishedHop[]): number {
  return startedTime - (chain[chain.length - 1]?.request.endedTime ?? startedTime);
}
