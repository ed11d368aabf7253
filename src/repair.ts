import { step } from "./correlate.ts";
import { isEnded } from "./exchange.ts";
import { get } from "./fetch/headers.ts";
import { grouped } from "./grouped.ts";
import { withoutSameOrigin } from "./journal.ts";
import { judge } from "./judge.ts";
import type { Engine, Exchange, Log, NetEvent } from "./model.ts";
import type { FinishedRequest } from "./protocol.ts";
import { CLOCK_TOLERANCE_MILLISECONDS } from "./same-request.ts";

/** How long a redirect may wait for its turn, in milliseconds. */
const LONGEST_QUEUE_MILLISECONDS = 5000;

/**
 * Fills what a killed worker missed from the requests that DevTools saw to their end: exchanges that were never heard
 * of, those that were left in the middle, and those of which too little was heard. The others stay as they are, and
 * what ended before the log was cleared stays forgotten.
 * @param origin the origin of the page, for requests that show none
 */
export function repair(log: Log, requests: readonly FinishedRequest[], tabId: number, origin: string | null): Log {
  const known = new Known(log.exchanges);
  const wanted = requests.filter((request) => isOurs(request) && request.endedTime >= log.clearedTime);
  return chains(wanted).reduce((repaired, chain) => {
    const { exchange, whole } = known.as(chain);
    const orphans = known.orphansOf(chain);
    const joined = orphans.length === 0 ? repaired : without(repaired, orphans);
    if (exchange !== null && whole && !hasGaps(exchange, log.engine)) return joined;
    const id = exchange?.id ?? `finished-${joined.begun}`;
    const others = exchange === null ? joined : without(joined, [exchange]);
    const told = marked(eventsOf(chain, id, tabId, origin).reduce(step, others), id, exchange);
    return exchange === null ? withoutSameOrigin(told, id) : told;
  }, log);
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

interface FinishedHop {
  readonly preflight: FinishedRequest | null;
  readonly request: FinishedRequest;
}

/** Requests in the order of their start, each with its preflight, redirects joined to what they led to. */
function chains(requests: readonly FinishedRequest[]): FinishedHop[][] {
  const sorted = requests.toSorted((a, b) => a.startedTime - b.startedTime);
  const preflights = sorted.filter(({ preflight }) => preflight);
  const found: FinishedHop[][] = [];
  for (const request of sorted) {
    if (request.preflight) continue;
    const at = preflights.findIndex(
      ({ url, requestHeaders }) => url === request.url && get("Access-Control-Request-Method", requestHeaders) === request.method,
    );
    const hop = { preflight: at < 0 ? null : (preflights.splice(at, 1)[0] ?? null), request };
    const before = found.find((chain) => leadsTo(chain.at(-1)?.request, request));
    if (before === undefined) found.push([hop]);
    else before.push(hop);
  }
  return found;
}

/** A redirect that was followed, as soon as there was a connection for it. */
function leadsTo(redirect: FinishedRequest | undefined, next: FinishedRequest): boolean {
  if (redirect === undefined || redirect.error !== null || !URL.canParse(redirect.redirectUrl, redirect.url)) return false;
  const wait = next.startedTime - redirect.startedTime;
  const soon = wait >= 0 && wait <= LONGEST_QUEUE_MILLISECONDS;
  return redirect.redirectUrl !== "" && soon && new URL(redirect.redirectUrl, redirect.url).href === new URL(next.url).href;
}

/** The exchanges that are there already, each to be found once. */
class Known {
  readonly #byRequest: ReadonlyMap<string, Exchange[]>;

  constructor(exchanges: readonly Exchange[]) {
    this.#byRequest = grouped(exchanges, ({ hops: [{ request }] }) => `${request.method} ${request.url}`);
  }

  /** The exchange that a chain is: by its first request or, if the worker only woke after that, by a later one. */
  as(chain: readonly FinishedHop[]): { readonly exchange: Exchange | null; readonly whole: boolean } {
    for (const [index, { request }] of chain.entries()) {
      const exchange = this.#take(request);
      if (exchange !== null) return { exchange, whole: index === 0 };
    }
    return { exchange: null, whole: false };
  }

  /** Preflights and later hops that stand on their own because what they belong to was missed. */
  orphansOf(chain: readonly FinishedHop[]): Exchange[] {
    const parts = chain.flatMap(({ preflight, request }, index) => [preflight, index === 0 ? null : request]);
    return parts.flatMap((part) => (part === null ? null : this.#take(part)) ?? []);
  }

  #take({ method, url, startedTime, endedTime }: FinishedRequest): Exchange | null {
    const alike = this.#byRequest.get(`${method} ${url}`) ?? [];
    const delay = ({ hops }: Exchange): number => hops[0].request.startedTime - startedTime;
    // What was first heard of in its middle seems to have begun there.
    const latest = endedTime - startedTime + CLOCK_TOLERANCE_MILLISECONDS;
    const [best] = alike
      .filter((exchange) => delay(exchange) >= -CLOCK_TOLERANCE_MILLISECONDS && delay(exchange) <= latest)
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
  const target = request.error === null && URL.canParse(request.redirectUrl, request.url) && request.redirectUrl !== "" ? new URL(request.redirectUrl, request.url).href : null;
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
