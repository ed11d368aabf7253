import { emptyLog, step } from "../correlate.ts";
import { isEnded, lastHop, withLastHop } from "../exchange.ts";
import { append, placeOf, remove, replace } from "../exchange-list.ts";
import { isNeverMade } from "../har/chains.ts";
import { withoutSameOrigin } from "../journal.ts";
import { judge } from "../judge.ts";
import type { Engine, Exchange, Log } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";
import { CLOCK_TOLERANCE_MILLISECONDS } from "../same-request.ts";
import { type Chain, eventsOf, sentOrigin } from "./chain-events.ts";
import { finishedChains } from "./finished-chains.ts";
import { type Found, hasGaps, hopAt, Known, REPAIRED } from "./known.ts";

/**
 * Fills what a killed worker missed from the requests that DevTools saw to their end: exchanges that were never heard
 * of, those that were left in the middle, and those of which too little was heard. The others stay as they are, and
 * what ended before the log was cleared stays forgotten.
 * @param origin the origin of the page, for requests that show none
 */
export function repair(log: Log, requests: readonly FinishedRequest[], tabId: number, origin: string | null): Log {
  const known = new Known(log.exchanges, log.engine);
  // What was heard to its end before that, and isn't in the log, was forgotten to keep it within its bounds.
  const heardUntil = (log.gap?.from ?? 0) - CLOCK_TOLERANCE_MILLISECONDS;
  // So may be what was heard from its beginning since then.
  const heardSince = log.gap !== null && log.dropped > 0 ? log.gap.to + CLOCK_TOLERANCE_MILLISECONDS : Infinity;
  const chains = finishedChains(requests.filter(({ endedTime }) => endedTime >= log.clearedTime), log.engine, origin);
  const { found, parts } = known.allOf(chains);
  return chains.reduce((repaired, chain) => {
    const place = found.get(chain);
    if (place !== undefined) return isWhole(place, chain, log.engine) ? repaired : filled(repaired, place, chain, origin);
    const isForgotten = endOf(chain) < heardUntil || beginOf(chain) > heardSince;
    return isForgotten || isNeverMade(chain[0].request) ? repaired : added(repaired, chain, tabId, origin);
  }, without(log, parts));
}

/** Whether DevTools tell nothing of an exchange that wasn't heard. */
function isWhole(place: Found, chain: Chain, engine: Engine): boolean {
  const { exchange, from } = place;
  const lacksPreflight = exchange.interrupted && chain.some(({ preflight }, index) => preflight !== null && hopAt(place, index)?.preflight === null);
  return from === 0 && !lacksPreflight && !hasGaps(exchange, engine);
}

/** An exchange that was never heard of, unless it is no matter of CORS. */
function added(log: Log, chain: Chain, tabId: number, origin: string | null): Log {
  const id = `${REPAIRED}${log.begun}`;
  const { callSite } = chain[0].request;
  const side = eventsOf(chain, id, { tabId, frameId: 0, initiator: sentOrigin(chain) ?? origin }).reduce(step, { ...emptyLog(log.engine), begun: log.begun });
  const longer = side.exchanges.reduce((longer, exchange) => append(longer, stopped({ ...exchange, callSite, interrupted: true }, log.engine)), log);
  return withoutSameOrigin({ ...longer, begun: side.begun }, id);
}

/** An exchange with its messages, from one of its hops on, as DevTools tell them: what else is known of it stays. */
function filled(log: Log, { exchange: { id }, hop }: Found, chain: Chain, origin: string | null): Log {
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
  const callSite = known.callSite ?? chain[0].request.callSite;
  const filled = stopped({ ...known, origin: told.origin, hops: told.hops, callSite, interrupted: true }, log.engine);
  return withoutSameOrigin(replace(log, place.index, isEnded(filled) ? filled : withRestOf(known, filled)), id);
}

/** What was heard of the requests that DevTools haven't told yet, or won't. */
function withRestOf(known: Exchange, told: Exchange): Exchange {
  const [first, ...others] = told.hops;
  const rest = known.hops.slice(told.hops.length);
  if (rest.length > 0 || known.hops.length < told.hops.length) return { ...told, hops: [first, ...others, ...rest] };
  const { end } = lastHop(known).request;
  return withLastHop(told, (hop) => ({ ...hop, request: { ...hop.request, end } }));
}

/** A redirect that the browser refuses leads nowhere, and Firefox's DevTools don't always say anything more of it. */
function stopped(exchange: Exchange, engine: Engine): Exchange {
  const { response } = lastHop(exchange).request;
  if (isEnded(exchange) || response === null) return exchange;
  const ended = withLastHop(exchange, (hop) => ({ ...hop, request: { ...hop.request, end: { time: response.time, error: null, fromCache: false } } }));
  return judge(ended, engine).outcome === "blocked" ? ended : exchange;
}

function beginOf(chain: Chain): number {
  return Math.min(...chain.map(({ request }) => request.startedTime));
}

function endOf(chain: Chain): number {
  return Math.max(...chain.map(({ request }) => request.endedTime));
}

function without(log: Log, forgotten: readonly Exchange[]): Log {
  return forgotten.reduce((shorter, { id }) => {
    const place = placeOf(shorter, id);
    return place === null ? shorter : remove(shorter, place.index);
  }, log);
}
