import { emptyLog, step } from "./correlate.ts";
import { isEnded, lastHop, withoutFragment } from "./exchange.ts";
import { append, placeOf, remove, replace } from "./exchange-list.ts";
import { get } from "./fetch/headers.ts";
import { redirectMethod } from "./fetch/redirect.ts";
import { grouped } from "./grouped.ts";
import { chainsOf, type FinishedHop, targetOf } from "./har/chains.ts";
import { withoutSameOrigin } from "./journal.ts";
import { judge } from "./judge.ts";
import type { Engine, Exchange, Log, NetEvent } from "./model.ts";
import type { FinishedRequest } from "./protocol.ts";
import { CLOCK_TOLERANCE_MILLISECONDS } from "./same-request.ts";

/**
 * Fills what a killed worker missed from the requests that DevTools saw to their end: exchanges that were never heard
 * of, those that were left in the middle, and those of which too little was heard. The others stay as they are, and
 * what ended before the log was cleared stays forgotten.
 * @param origin the origin of the page, for requests that show none
 */
export function repair(log: Log, requests: readonly FinishedRequest[], tabId: number, origin: string | null): Log {
  const known = new Known(log.exchanges);
  // What was heard to its end before that, and isn't in the log, was forgotten to keep it within its bounds.
  const heardUntil = (log.gap?.from ?? 0) - CLOCK_TOLERANCE_MILLISECONDS;
  // So may be what was heard from its beginning since then.
  const heardSince = log.gap !== null && log.dropped > 0 ? log.gap.to + CLOCK_TOLERANCE_MILLISECONDS : Infinity;
  const wanted = requests.filter((request) => isOurs(request) && request.endedTime >= log.clearedTime);
  const { chains } = chainsOf(wanted);
  const { found, repeated } = known.allOf(chains);
  return chains.reduce((repaired, chain) => {
    const joined = without(repaired, known.orphansOf(chain));
    const place = found.get(chain);
    if (place === undefined) return endOf(chain) < heardUntil || beginOf(chain) > heardSince ? joined : added(joined, chain, tabId, origin);
    const { exchange, from, hop } = place;
    return from === 0 && !hasGaps(exchange, log.engine) ? joined : filled(joined, exchange, hop, chain, origin);
  }, without(log, repeated));
}

/** An exchange that was never heard of, unless it is no matter of CORS. */
function added(log: Log, chain: Chain, tabId: number, origin: string | null): Log {
  const id = `${REPAIRED}${log.begun}`;
  const callSite = chain[0]?.request.callSite ?? null;
  const side = eventsOf(chain, id, { tabId, frameId: 0, initiator: sentOrigin(chain) ?? origin }).reduce(step, { ...emptyLog(log.engine), begun: log.begun });
  const longer = side.exchanges.reduce((longer, exchange) => append(longer, { ...exchange, callSite, interrupted: true }), log);
  return withoutSameOrigin({ ...longer, begun: side.begun }, id);
}

/** An exchange with its messages, from one of its hops on, as DevTools tell them: what else is known of it stays. */
function filled(log: Log, { id }: Exchange, hop: number, chain: Chain, origin: string | null): Log {
  const place = placeOf(log, id);
  if (place === null) return log;
  const known = place.exchange;
  const [first, ...others] = known.hops;
  const hops: Exchange["hops"] = [first, ...others.slice(0, hop - 1)];
  const kept = hop === 0 ? [] : [{ ...known, hops }];
  const source = { tabId: known.tabId, frameId: known.frameId, initiator: known.origin ?? sentOrigin(chain) ?? origin };
  const side = eventsOf(chain, id, source).reduce(step, { ...emptyLog(log.engine), exchanges: kept, begun: log.begun });
  const [told] = side.exchanges;
  if (told === undefined) return log;
  const callSite = known.callSite ?? chain[0]?.request.callSite ?? null;
  return withoutSameOrigin(replace(log, place.index, { ...known, origin: told.origin, hops: told.hops, callSite, interrupted: true }), id);
}

function sentOrigin(chain: Chain): string | null {
  const [first] = chain;
  return get("Origin", first?.preflight?.requestHeaders ?? first?.request.requestHeaders ?? []);
}

function beginOf(chain: Chain): number {
  return Math.min(...chain.map(({ request }) => request.startedTime));
}

function endOf(chain: Chain): number {
  return Math.max(...chain.map(({ request }) => request.endedTime));
}

/** A request that webRequest would have told to us. */
function isOurs({ url, type, requestHeaders }: FinishedRequest): boolean {
  const navigates = type === "document" || get("Sec-Fetch-Mode", requestHeaders) === "navigate";
  return /^https?:/i.test(url) && !navigates;
}

function hasGaps(exchange: Exchange, engine: Engine): boolean {
  return !isEnded(exchange) || judge(exchange, engine).evidence.includes("events-missing");
}

function without(log: Log, forgotten: readonly Exchange[]): Log {
  return forgotten.reduce((shorter, { id }) => {
    const place = placeOf(shorter, id);
    return place === null ? shorter : remove(shorter, place.index);
  }, log);
}

/** How far apart the browser's two accounts of one request may lie when it has no time to give them. */
const LOADED_TOLERANCE_MILLISECONDS = 5000;

type Chain = readonly FinishedHop[];

/** Where the requests of a chain are known from. */
interface Found {
  readonly exchange: Exchange;
  /** Which request of the chain it was found by: those before it were not heard of. */
  readonly from: number;
  /** Which hop of the exchange that request is; one after its last: the target of its redirect. */
  readonly hop: number;
}

/** Something that a request may be: the exchange, which hop of it, and when that began. */
interface Candidate {
  readonly exchange: Exchange;
  readonly hop: number;
  readonly time: number;
}

/** What the ids of exchanges begin with that were never heard of. */
const REPAIRED = "finished-";

function isRepaired({ id }: Exchange): boolean {
  return id.startsWith(REPAIRED);
}

/** The requests that are known already, each to be found once. */
class Known {
  readonly #byRequest: ReadonlyMap<string, Candidate[]>;

  constructor(exchanges: readonly Exchange[]) {
    this.#byRequest = grouped(exchanges.flatMap(candidatesOf), ({ exchange, hop }) => {
      const { method, url } = exchange.hops[hop]?.request ?? targetOfLast(exchange);
      return `${method} ${withoutFragment(url)}`;
    });
  }

  /** The exchanges that chains are: those whose times agree, then of the rest those that a loaded machine told late. */
  allOf(chains: readonly Chain[]): { readonly found: ReadonlyMap<Chain, Found>; readonly repeated: readonly Exchange[] } {
    const found = new Map<Chain, Found>();
    const repeated: Exchange[] = [];
    for (const tolerance of [CLOCK_TOLERANCE_MILLISECONDS, LOADED_TOLERANCE_MILLISECONDS]) {
      for (const chain of chains) {
        const one = found.has(chain) ? null : this.#find(chain, tolerance);
        if (one !== null) found.set(chain, one);
      }
    }
    // Its own events may have come after it was repaired.
    for (const [chain, { exchange }] of found) {
      const heard = isRepaired(exchange) ? this.#find(chain, CLOCK_TOLERANCE_MILLISECONDS) : null;
      if (heard === null) continue;
      repeated.push(exchange);
      found.set(chain, heard);
    }
    return { found, repeated };
  }

  /** By its first request or, if the worker only woke after that, by a later one. */
  #find(chain: Chain, tolerance: number): Found | null {
    for (const [from, { request }] of chain.entries()) {
      const known = this.#take(request, tolerance, ({ hop }) => from === 0 || hop === 0);
      if (known !== null) return { exchange: known.exchange, from, hop: known.hop };
    }
    return null;
  }

  /** Preflights and later hops that stand on their own because what they belong to was missed. */
  orphansOf(chain: Chain): Exchange[] {
    const parts = chain.flatMap(({ preflight, request }, index) => [preflight, index === 0 ? null : request]);
    return parts.flatMap((part) => {
      if (part === null) return [];
      // Another request for the same, which is still on its way, isn't a part of this one.
      const isPart = ({ exchange, hop }: Candidate): boolean => hop === 0 && (part.preflight || isEnded(exchange));
      return this.#take(part, CLOCK_TOLERANCE_MILLISECONDS, isPart)?.exchange ?? [];
    });
  }

  #take({ method, url, startedTime, endedTime }: FinishedRequest, tolerance: number, may: (candidate: Candidate) => boolean): Candidate | null {
    const alike = this.#byRequest.get(`${method} ${withoutFragment(url)}`) ?? [];
    // What was first heard of in its middle seems to have begun there.
    const latest = endedTime - startedTime + tolerance;
    const [best] = alike
      .filter((candidate) => may(candidate) && candidate.time - startedTime >= -tolerance && candidate.time - startedTime <= latest)
      .sort((a, b) => Math.abs(a.time - startedTime) - Math.abs(b.time - startedTime));
    if (best === undefined) return null;
    alike.splice(alike.indexOf(best), 1);
    return best;
  }
}

/** Each of its hops, and the target of a redirect that it didn't follow: Firefox's DevTools tell of that as a request. */
function candidatesOf(exchange: Exchange): Candidate[] {
  const hops = exchange.hops.map(({ request }, hop) => ({ exchange, hop, time: request.startedTime }));
  const { end, redirectUrl, response } = lastHop(exchange).request;
  if (redirectUrl === null) return hops;
  return [...hops, { exchange, hop: hops.length, time: end?.time ?? response?.time ?? exchange.hops[0].request.startedTime }];
}

function targetOfLast(exchange: Exchange): { readonly method: string; readonly url: string } {
  const { method, redirectUrl, response, url } = lastHop(exchange).request;
  return { method: redirectMethod(response?.status ?? 0, method), url: redirectUrl ?? url };
}

/** The events that the worker would have seen. */
function eventsOf(chain: Chain, id: string, source: Pick<NetEvent, "tabId" | "frameId" | "initiator">): NetEvent[] {
  return chain.flatMap(({ preflight, request }, index) => {
    const last = index === chain.length - 1;
    const base = { ...source, type: request.type };
    const [begin, ...rest] = messageEvents(request, { ...base, requestId: id }, last, preflight !== null && request.status === 0);
    const before = preflight === null ? [] : messageEvents(preflight, { ...base, requestId: `${id}-preflight-${index}` }, true, false);
    return begin === undefined ? [] : [begin, ...before, ...rest];
  });
}

function messageEvents(
  request: FinishedRequest,
  source: Pick<NetEvent, "requestId" | "tabId" | "frameId" | "initiator" | "type">,
  last: boolean,
  unsent: boolean,
): NetEvent[] {
  const at = { ...source, url: request.url, method: request.method };
  const begun = { ...at, time: request.startedTime };
  const ended = { ...at, time: request.endedTime };
  const response = { status: request.status, statusText: request.statusText, responseHeaders: request.responseHeaders };
  const events: NetEvent[] = [{ ...begun, kind: "before-request" }];
  if (!unsent) events.push({ ...begun, kind: "send-headers", requestHeaders: request.requestHeaders });
  if (request.status !== 0) events.push({ ...ended, kind: "headers-received", ...response });
  // Its last request may be a redirect that led on: what came of it will be told in a while.
  const target = targetOf(request);
  if (!last || (target !== null && !request.preflight)) events.push({ ...ended, kind: "before-redirect", redirectUrl: target ?? request.redirectUrl, ...response });
  else if (request.error === null || request.preflight) events.push({ ...ended, kind: "completed", fromCache: false });
  else events.push({ ...ended, kind: "error", error: request.error });
  return events;
}
