import { step } from "./correlate.ts";
import { isEnded, withoutFragment } from "./exchange.ts";
import { get } from "./fetch/headers.ts";
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
  const wanted = requests.filter((request) => isOurs(request) && request.endedTime >= log.clearedTime);
  const { chains } = chainsOf(wanted);
  const { found, repeated } = known.allOf(chains);
  return chains.reduce((repaired, chain) => {
    const { exchange, whole } = found.get(chain) ?? NOT_FOUND;
    const orphans = known.orphansOf(chain);
    const joined = orphans.length === 0 ? repaired : without(repaired, orphans);
    if (exchange !== null && whole && !hasGaps(exchange, log.engine)) return joined;
    if (exchange === null && endOf(chain) < heardUntil) return joined;
    const id = exchange?.id ?? `${REPAIRED}${joined.begun}`;
    const others = exchange === null ? joined : without(joined, [exchange]);
    const told = marked(eventsOf(chain, id, tabId, origin).reduce(step, others), id, exchange);
    return exchange === null ? withoutSameOrigin(told, id) : told;
  }, repeated.length === 0 ? log : without(log, repeated));
}

function endOf(chain: readonly FinishedHop[]): number {
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
  const ids = new Set(forgotten.map(({ id }) => id));
  return { ...log, exchanges: log.exchanges.filter(({ id }) => !ids.has(id)) };
}

/** How far apart the browser's two accounts of one request may lie when it has no time to give them. */
const LOADED_TOLERANCE_MILLISECONDS = 5000;

interface Found {
  readonly exchange: Exchange;
  /** From its first request on. */
  readonly whole: boolean;
}

const NOT_FOUND = { exchange: null, whole: false };

/** What the ids of exchanges begin with that were never heard of. */
const REPAIRED = "finished-";

function isRepaired({ id }: Exchange): boolean {
  return id.startsWith(REPAIRED);
}

/** The exchanges that are there already, each to be found once. */
class Known {
  readonly #byRequest: ReadonlyMap<string, Exchange[]>;

  constructor(exchanges: readonly Exchange[]) {
    this.#byRequest = grouped(exchanges, ({ hops: [{ request }] }) => `${request.method} ${withoutFragment(request.url)}`);
  }

  /** The exchanges that chains are: those whose times agree, then of the rest those that a loaded machine told late. */
  allOf(chains: readonly (readonly FinishedHop[])[]): { readonly found: ReadonlyMap<readonly FinishedHop[], Found>; readonly repeated: readonly Exchange[] } {
    const found = new Map<readonly FinishedHop[], Found>();
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
  #find(chain: readonly FinishedHop[], tolerance: number): Found | null {
    for (const [index, { request }] of chain.entries()) {
      const exchange = this.#take(request, tolerance);
      if (exchange !== null) return { exchange, whole: index === 0 };
    }
    return null;
  }

  /** Preflights and later hops that stand on their own because what they belong to was missed. */
  orphansOf(chain: readonly FinishedHop[]): Exchange[] {
    const parts = chain.flatMap(({ preflight, request }, index) => [preflight, index === 0 ? null : request]);
    return parts.flatMap((part) => (part === null ? null : this.#take(part, CLOCK_TOLERANCE_MILLISECONDS)) ?? []);
  }

  #take({ method, url, startedTime, endedTime }: FinishedRequest, tolerance: number): Exchange | null {
    const alike = this.#byRequest.get(`${method} ${withoutFragment(url)}`) ?? [];
    const delay = ({ hops }: Exchange): number => hops[0].request.startedTime - startedTime;
    // What was first heard of in its middle seems to have begun there.
    const latest = endedTime - startedTime + tolerance;
    const [best] = alike
      .filter((exchange) => delay(exchange) >= -tolerance && delay(exchange) <= latest)
      .sort((a, b) => Math.abs(delay(a)) - Math.abs(delay(b)));
    if (best === undefined) return null;
    alike.splice(alike.indexOf(best), 1);
    return best;
  }
}

/** The events that the worker would have seen. */
function eventsOf(chain: readonly FinishedHop[], id: string, tabId: number, origin: string | null): NetEvent[] {
  const [first] = chain;
  const sent = get("Origin", first?.preflight?.requestHeaders ?? first?.request.requestHeaders ?? []);
  return chain.flatMap(({ preflight, request }, index) => {
    const last = index === chain.length - 1;
    const base = { tabId, frameId: 0, initiator: sent ?? origin, type: request.type };
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

/** A repaired exchange keeps its place, and stays marked: some of it was not seen as it happened. */
function marked(log: Log, id: string, known: Exchange | null): Log {
  const exchanges = log.exchanges.map((exchange) =>
    exchange.id === id ? { ...exchange, order: known?.order ?? exchange.order, interrupted: true } : exchange,
  );
  return { ...log, exchanges: exchanges.sort((a, b) => a.order - b.order) };
}
