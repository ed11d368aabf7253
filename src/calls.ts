import { isEnded } from "./exchange.ts";
import { originOf } from "./fetch/redirect.ts";
import { grouped } from "./grouped.ts";
import { requestKey } from "./same-request.ts";
import { isPotentiallyTrustworthy } from "./secure-origin.ts";
import type { Call, Exchange, Log, Refusal } from "./model.ts";

/** A request is told by webRequest this much later than the page asked for it, at most. In milliseconds. */
const LATEST_MILLISECONDS = 2000;

/** Both clocks are rounded. In milliseconds. */
const ROUNDING_MILLISECONDS = 5;

/**
 * Gives each exchange of a frame the call that made it. Nothing links the two but URL, method and the time at which they
 * began; of equal requests the first gets the first. What has ended and was not called was not heard.
 * @param calls all that were heard in the frame of late, not only what is new
 */
export function withCalls(log: Log, frameId: number, calls: readonly Call[]): Log {
  const open = grouped(calls.toSorted((a, b) => a.time - b.time), requestKey);
  let changed = false;
  const exchanges = log.exchanges.map((exchange) => {
    if (exchange.frameId !== frameId || exchange.serviceWorker) return exchange;
    const { request } = exchange.hops[0];
    const candidates = open.get(requestKey(request)) ?? [];
    const index = candidates.findIndex((call) => isBy(call, exchange) && isSoon(request.startedTime - call.time, call));
    // One that has its call takes it again, so that it isn't taken for another's.
    const [call] = index === -1 ? [] : candidates.splice(index, 1);
    if (exchange.call !== null || (call === undefined && (exchange.unheard || !isEnded(exchange)))) return exchange;
    changed = true;
    return call === undefined ? { ...exchange, unheard: true } : { ...exchange, call, unheard: false };
  });
  return changed ? { ...log, exchanges } : log;
}

/** Where calls were heard. */
export interface Frame {
  readonly tabId: number;
  readonly frameId: number;
  /** The origin of its document, serialised. */
  readonly origin: string;
}

/**
 * Lists the calls that never reached the network and look like CORS to a page: no event tells of them.
 * @param now in milliseconds since the epoch; what was called just now may still be on its way
 */
export function withRefused(log: Log, { tabId, frameId, origin }: Frame, calls: readonly Call[], now: number): Log {
  const heard = new Set(log.exchanges.flatMap(({ call, frameId: at }) => (call === null || at !== frameId ? [] : [idOf(frameId, call)])));
  return calls.reduce((before, call) => {
    const refused = refusalOf(call, origin);
    const id = idOf(frameId, call);
    if (refused === null || heard.has(id) || call.time < log.clearedTime || now - call.time < LATEST_MILLISECONDS) return before;
    heard.add(id);
    const end = { time: call.time, error: null, fromCache: false };
    const request = {
      requestId: id, url: call.url, method: call.method, startedTime: call.time,
      requestHeaders: null, response: null, responseStarted: false, redirectUrl: null, end,
    };
    const exchange: Exchange = {
      id, order: before.begun, tabId, frameId, type: call.api === "element" ? "other" : "xmlhttprequest", origin, serviceWorker: false,
      hops: [{ preflight: null, request }], twins: [], responseStatus: null, call, callSite: null, unheard: false, refused, trials: [], interrupted: false, seenBy: "browser",
    };
    return { ...before, begun: before.begun + 1, exchanges: [...before.exchanges, exchange] };
  }, log);
}

function idOf(frameId: number, { time, method, url }: Call): string {
  return `unsent-${frameId}-${time}-${method} ${url}`;
}

/** https://fetch.spec.whatwg.org/#main-fetch, in the order of its steps. */
function refusalOf({ url, mode, violatesPolicy }: Call, origin: string): Refusal | null {
  if (violatesPolicy) return "content-security-policy";
  if (!/^(https?|data|blob|about):/i.test(url)) return "scheme-not-supported";
  if (origin.startsWith("https:") && /^http:/i.test(url) && !isPotentiallyTrustworthy(originOf(url))) return "mixed-content";
  return mode === "same-origin" && /^https?:/i.test(url) && originOf(url) !== origin ? "mode-same-origin" : null;
}

/** When the oldest exchange of a frame began that has no call, or null. Milliseconds since the epoch. */
export function callsWantedSince({ exchanges }: Log, frameId: number): number | null {
  const oldest = exchanges.find((exchange) => exchange.frameId === frameId && exchange.call === null && !exchange.unheard && !exchange.serviceWorker);
  return oldest === undefined ? null : oldest.hops[0].request.startedTime - LATEST_MILLISECONDS;
}

/** An element is noticed when it comes into the document, which may be after it began to load. */
function isSoon(delay: number, { api }: Call): boolean {
  return delay >= (api === "element" ? -LATEST_MILLISECONDS : -ROUNDING_MILLISECONDS) && delay <= LATEST_MILLISECONDS;
}

/** Whether a call of this kind makes requests of that type. */
function isBy({ api }: Call, { type }: Exchange): boolean {
  if (api === "beacon") return type === "ping" || type === "beacon";
  return (api === "element") === (type !== "xmlhttprequest");
}
