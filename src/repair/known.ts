import { isEnded, isPreflight, lastHop, redirectTarget } from "../exchange.ts";
import { redirectMethod } from "../fetch/redirect.ts";
import { grouped } from "../grouped.ts";
import { type Chain, isNeverMade } from "../har/chains.ts";
import type { Engine, Exchange, Hop } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";
import { CLOCK_TOLERANCE_MILLISECONDS, requestKey } from "../same-request.ts";
import { wasTold } from "./chain-events.ts";
import { refused } from "./finished-chains.ts";

/** How far apart the browser's two accounts of one request may lie when it has no time to give them. */
const LOADED_TOLERANCE_MILLISECONDS = 5000;

/** How late Firefox may tell a worker that has just started of a request that is under way: with the time of the telling. */
const LATEST_MILLISECONDS = 15_000;

/** Where the requests of a chain are known from. */
export interface Found {
  readonly exchange: Exchange;
  /** Which request of the chain it was found by: those before it were not heard of. */
  readonly from: number;
  /** Which hop of the exchange that request is; one after its last: the target of its redirect. */
  readonly hop: number;
}

/** Something that a request may be: a hop of an exchange, with its messages if it was heard of, and when it began. */
interface Candidate extends Pick<FinishedRequest, "method" | "url"> {
  readonly exchange: Exchange;
  readonly hop: number;
  readonly heard: Hop | null;
  readonly time: number;
}

type May = (candidate: Candidate) => boolean;

/** What the ids of exchanges begin with that were never heard of. */
export const REPAIRED = "finished-";

function isRepaired({ id }: Exchange): boolean {
  return id.startsWith(REPAIRED);
}

/** The requests that are known already, each to be found once. */
export class Known {
  readonly #byRequest: ReadonlyMap<string, Candidate[]>;

  /** @param since nothing is sought that began before that */
  constructor(exchanges: readonly Exchange[], engine: Engine, since: number) {
    const candidates = exchanges.flatMap((exchange) => candidatesOf(exchange, engine)).filter(({ time }) => time >= since - LOADED_TOLERANCE_MILLISECONDS);
    this.#byRequest = grouped(candidates, requestKey);
  }

  /**
   * The exchanges that chains are: those whose times agree, then of the rest those that a loaded machine told late.
   * @returns with the exchanges that are only parts of those, or the same again
   */
  allOf(chains: readonly Chain[]): { readonly found: ReadonlyMap<Chain, Found>; readonly parts: readonly Exchange[] } {
    const found = new Map<Chain, Found>();
    const find = (tolerance: Tolerance, may: May): void => {
      for (const chain of chains) {
        const one = found.has(chain) ? null : this.#find(chain, tolerance, may);
        if (one !== null) found.set(chain, one);
      }
    };
    find(STRICT, () => true);
    // Another one that is on its way, and all of which was heard, isn't one that began some time before.
    find(LOADED, ({ exchange }) => exchange.interrupted || isEnded(exchange));
    find(LATE, isLate);
    const parts: Exchange[] = [];
    // Its own events may have come after it was repaired.
    for (const [chain, { exchange }] of found) {
      if (!isRepaired(exchange)) continue;
      const own: May = (candidate) => !isRepaired(candidate.exchange);
      const heard = this.#find(chain, STRICT, own) ?? this.#find(chain, LATE, (candidate) => own(candidate) && isLate(candidate));
      if (heard === null) continue;
      parts.push(exchange);
      found.set(chain, heard);
    }
    return { found, parts: [...parts, ...this.#partsOf(chains, found)] };
  }

  /** By its first request or, if the worker only woke after that, by a later one. */
  #find(chain: Chain, tolerance: Tolerance, may: May): Found | null {
    for (const [from, hop] of chain.entries()) {
      const known = this.#take(hop.request, tolerance, (candidate) => (from === 0 || candidate.hop === 0) && may(candidate) && mayBeUnsent(candidate, hop));
      if (known !== null) return { exchange: known.exchange, from, hop: known.hop };
    }
    return null;
  }

  /** Preflights and later hops that stand on their own because what they belong to was missed. */
  #partsOf(chains: readonly Chain[], found: ReadonlyMap<Chain, Found>): Exchange[] {
    const parts: Candidate[] = [];
    const late: FinishedRequest[] = [];
    const take = (request: FinishedRequest, tolerance: Tolerance, may: May): boolean => {
      const part = this.#take(request, tolerance, (candidate) => candidate.hop === 0 && may(candidate));
      if (part !== null) parts.push(part);
      return part !== null;
    };
    for (const chain of chains) {
      for (const [index, { preflight, request }] of chain.entries()) {
        const heard = hopAt(found.get(chain), index)?.preflight ?? null;
        if (preflight !== null && !take(preflight, STRICT, mayBePreflight) && (heard === null || wasTold(heard))) late.push(preflight);
        // Another request for the same, which is still on its way, isn't a part of this one.
        if (index > 0) take(request, STRICT, (candidate) => isEnded(candidate.exchange) && mayBeUnsent(candidate, { preflight, request }));
      }
    }
    for (const preflight of late) take(preflight, LATE, (candidate) => mayBePreflight(candidate) && isLate(candidate));
    return parts.map(({ exchange }) => exchange);
  }

  /** The one whose time is nearest. */
  #take(request: FinishedRequest, { before, after }: Tolerance, may: May): Candidate | null {
    const { startedTime, endedTime } = request;
    const alike = this.#byRequest.get(requestKey(request)) ?? [];
    const distance = ({ time }: Candidate): number => Math.abs(time - startedTime);
    let best: Candidate | null = null;
    for (const candidate of alike) {
      const wait = candidate.time - startedTime;
      // What was first heard of in its middle seems to have begun there.
      const latest = candidate.exchange.interrupted ? endedTime - startedTime + after : after;
      if (wait < -before || wait > latest || (best !== null && distance(best) <= distance(candidate))) continue;
      if (may(candidate)) best = candidate;
    }
    if (best !== null) alike.splice(alike.indexOf(best), 1);
    return best;
  }
}

/** How much earlier or later than DevTools say the worker may have heard of a request, in milliseconds. */
interface Tolerance {
  readonly before: number;
  readonly after: number;
}

const STRICT: Tolerance = { before: CLOCK_TOLERANCE_MILLISECONDS, after: CLOCK_TOLERANCE_MILLISECONDS };
const LOADED: Tolerance = { before: LOADED_TOLERANCE_MILLISECONDS, after: LOADED_TOLERANCE_MILLISECONDS };
const LATE: Tolerance = { before: CLOCK_TOLERANCE_MILLISECONDS, after: LATEST_MILLISECONDS };

/** Not heard to be sent: it may be that the first that was heard of it was told late, with the time of the telling. */
function isLate({ exchange, heard }: Candidate): boolean {
  return exchange.interrupted && heard !== null && heard.request.requestHeaders === null;
}

/** One that was never sent has no answer, and no preflight but the one that was rejected. */
function mayBeUnsent({ heard }: Candidate, { preflight, request }: Chain[number]): boolean {
  if (heard === null || request.status !== 0) return true;
  if (isNeverMade(request)) return heard.request.requestHeaders === null && heard.request.response === null;
  if (preflight === null) return true;
  const isEarlier = heard.preflight !== null && heard.preflight.startedTime < preflight.startedTime - CLOCK_TOLERANCE_MILLISECONDS;
  return heard.request.response === null && !isEarlier;
}

function mayBePreflight({ heard }: Candidate): boolean {
  return heard !== null && (heard.request.requestHeaders === null || isPreflight(heard.request));
}

/** What is known of one of a chain's hops. */
export function hopAt(found: Found | undefined, index: number): Hop | null {
  return found?.exchange.hops[found.hop + index - found.from] ?? null;
}

/** Each of its hops, and the target of a redirect that may have been followed without its being heard. */
function candidatesOf(exchange: Exchange, engine: Engine): Candidate[] {
  const hops = exchange.hops.map((heard, hop) => ({ exchange, hop, heard, method: heard.request.method, url: heard.request.url, time: heard.request.startedTime }));
  const last = lastHop(exchange).request;
  const mayLeadOn = last.end === null || (exchange.interrupted && last.end.error === null);
  const url = mayLeadOn ? (last.redirectUrl ?? redirectTarget(last)?.href ?? null) : null;
  if (url === null || refused(exchange, engine) !== null) return hops;
  const time = last.end?.time ?? last.response?.time ?? last.startedTime;
  return [...hops, { exchange, hop: hops.length, heard: null, method: redirectMethod(last.response?.status ?? 0, last.method), url, time }];
}
