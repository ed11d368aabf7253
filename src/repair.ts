import { isEnded, step } from "./correlate.ts";
import { get } from "./fetch/headers.ts";
import { judge } from "./judge.ts";
import type { Engine, Exchange, Log, NetEvent } from "./model.ts";
import type { FinishedRequest } from "./protocol.ts";

/** How far the clocks of webRequest and `devtools.network` may lie apart for the same request, in milliseconds. */
const CLOCK_TOLERANCE_MILLISECONDS = 1000;

/**
 * Fills what a killed worker missed from the requests that DevTools saw to their end: exchanges that were never heard
 * of, those that were left in the middle, and those of which too little was heard. The others stay as they are.
 * @param origin the origin of the page, for requests that show none
 */
export function repair(log: Log, requests: readonly FinishedRequest[], tabId: number, origin: string | null): Log {
  const used = new Set<string>();
  return chains(requests).reduce((repaired, chain, index) => {
    const [first] = chain;
    if (first === undefined) return repaired;
    const known = knownAs(repaired.exchanges, chain, used);
    const id = known?.id ?? `finished-${first.request.startedTime}-${index}`;
    used.add(id);
    const joined = withoutOrphans(repaired, chain, used);
    if (known !== null && !hasGaps(known, log.engine)) return joined;
    const others = { ...joined, exchanges: joined.exchanges.filter((exchange) => exchange.id !== id) };
    return marked(eventsOf(chain, id, tabId, origin).reduce(step, others), id, known);
  }, log);
}

function hasGaps(exchange: Exchange, engine: Engine): boolean {
  return !isEnded(exchange) || (exchange.interrupted && judge(exchange, engine).outcome === "unknown");
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
    const before = found.find((chain) => chain.at(-1)?.request.redirectUrl === request.url);
    if (before === undefined) found.push([hop]);
    else before.push(hop);
  }
  return found;
}

/** The exchange that a chain is: by its first request or, if the worker only woke after that, by a later one. */
function knownAs(exchanges: readonly Exchange[], [first, ...later]: readonly FinishedHop[], used: ReadonlySet<string>): Exchange | null {
  if (first === undefined) return null;
  const cut = exchanges.filter(({ interrupted }) => interrupted);
  return later.reduce((found, { request }) => found ?? nearest(cut, request, used), nearest(exchanges, first.request, used));
}

/** Preflights that stayed on their own because what they are for was missed. */
function withoutOrphans(log: Log, chain: readonly FinishedHop[], used: ReadonlySet<string>): Log {
  const orphans = chain.flatMap(({ preflight }) => (preflight === null ? [] : [nearest(log.exchanges, preflight, used)])).filter((orphan) => orphan !== null);
  return orphans.length === 0 ? log : { ...log, exchanges: log.exchanges.filter((exchange) => !orphans.includes(exchange)) };
}

function nearest(exchanges: readonly Exchange[], request: FinishedRequest, used: ReadonlySet<string>): Exchange | null {
  const distance = ({ hops }: Exchange): number => Math.abs(hops[0].request.startedTime - request.startedTime);
  const [best] = exchanges
    .filter(({ id, hops: [{ request: known }] }) => !used.has(id) && known.url === request.url && known.method === request.method)
    .filter((exchange) => distance(exchange) <= CLOCK_TOLERANCE_MILLISECONDS)
    .sort((a, b) => distance(a) - distance(b));
  return best ?? null;
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
  if (!last) events.push({ ...ended, kind: "before-redirect", redirectUrl: request.redirectUrl, ...response });
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
