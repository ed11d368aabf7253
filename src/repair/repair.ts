import { emptyLog, step } from "../correlate.ts";
import { ENGINES } from "../engines/engines.ts";
import { isEnded, lastHop, withLastHop } from "../exchange.ts";
import { append, inBulk, placeOf, remove, replace } from "../exchange-list.ts";
import type { Chain } from "../har/chains.ts";
import { withoutSameOrigin } from "../journal.ts";
import { judge } from "../judge.ts";
import type { Engine, Exchange, Hop, Log } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";
import { CLOCK_TOLERANCE_MILLISECONDS } from "../same-request.ts";
import { eventsOf, sentOrigin } from "./chain-events.ts";
import { finishedChains, withRefusedRedirect } from "./finished-chains.ts";
import { type Found, hopAt, Known, REPAIRED } from "./known.ts";

/**
 * Fills what a killed worker missed from the requests that DevTools saw to their end: exchanges that were never heard
 * of, those that were left in the middle, and those of which too little was heard. The others stay as they are, and
 * what ended before the log was cleared stays forgotten.
 * @param origin the origin of the page, for requests that show none
 */
export function repair(log: Log, requests: readonly FinishedRequest[], tabId: number, origin: string | null): Log {
  // What was heard to its end before that, and isn't in the log, was forgotten to keep it within its bounds.
  const heardUntil = (log.gap?.from ?? 0) - CLOCK_TOLERANCE_MILLISECONDS;
  // So may be what was heard from its beginning since then.
  const heardSince = log.gap !== null && log.dropped > 0 ? log.gap.to + CLOCK_TOLERANCE_MILLISECONDS : Infinity;
  const chains = finishedChains(requests.filter(({ endedTime }) => endedTime >= log.clearedTime), log.engine, origin);
  const known = new Known(log.exchanges, log.engine, Math.min(...chains.map(beginOf)));
  const { found, parts } = known.allOf(chains);
  const isForgotten = (chain: Chain): boolean => endOf(chain) < heardUntil || beginOf(chain) > heardSince;
  const news = chains.flatMap((chain) => {
    const place = found.get(chain);
    return (place === undefined ? isForgotten(chain) : isWhole(place, chain, log.engine)) ? [] : [{ chain, place }];
  });
  if (news.length === 0 && parts.length === 0) return log;
  return inBulk(log, (before) =>
    news.reduce((repaired, { chain, place }) => (place === undefined ? added(repaired, chain, tabId, origin) : filled(repaired, place, chain, origin)), without(before, parts)),
  );
}

/** Whether DevTools tell nothing of an exchange that wasn't heard. */
function isWhole(place: Found, chain: Chain, engine: Engine): boolean {
  const { exchange, from } = place;
  if (from > 0 || !isEnded(exchange) || judge(exchange, engine).evidence.includes("events-missing")) return false;
  return !exchange.interrupted || chain.every(({ preflight }, index) => {
    const heard = hopAt(place, index);
    return heard !== null && (preflight === null || heard.preflight !== null);
  });
}

/** An exchange that was never heard of, unless it is no matter of CORS. */
function added(log: Log, chain: Chain, tabId: number, origin: string | null): Log {
  const id = `${REPAIRED}${log.begun}`;
  const { callSite } = chain[0].request;
  const side = eventsOf(chain, id, { tabId, frameId: 0, initiator: sentOrigin(chain) ?? origin }).reduce(step, { ...emptyLog(log.engine), begun: log.begun });
  const longer = side.exchanges.reduce((longer, exchange) => append(longer, withRefusedRedirect({ ...exchange, callSite, interrupted: true }, log.engine)), log);
  return withoutSameOrigin({ ...longer, begun: side.begun }, id);
}

/** An exchange with its messages, from one of its hops on, as DevTools tell them: what else is known of it stays. */
function filled(log: Log, { exchange: { id }, hop, from }: Found, chain: Chain, origin: string | null): Log {
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
  const filled = withRefusedRedirect({ ...known, origin: told.origin, hops: withHeard(told.hops, known.hops, from), callSite, interrupted: true }, log.engine);
  return withoutSameOrigin(replace(log, place.index, withRestOf(known, filled, from, log.engine)), id);
}

/**
 * What DevTools don't tell of messages that were heard.
 * @param before how many of the hops were not heard of
 */
function withHeard([first, ...others]: Exchange["hops"], heard: Exchange["hops"], before: number): Exchange["hops"] {
  const both = (told: Hop, index: number): Hop => {
    const hop = heard[index - before];
    if (hop === undefined) return told;
    return { preflight: told.preflight ?? hop.preflight, request: { ...told.request, requestHeaders: told.request.requestHeaders ?? hop.request.requestHeaders } };
  };
  return [both(first, 0), ...others.map((told, index) => both(told, index + 1))];
}

/**
 * What was heard, and DevTools haven't told yet, or won't.
 * @param before how many of its hops were not heard of
 */
function withRestOf(known: Exchange, told: Exchange, before: number, engine: Engine): Exchange {
  const rest = known.hops.slice(told.hops.length - before);
  if (rest.length > 0) return isEnded(told) ? told : { ...told, hops: [...told.hops, ...rest] };
  if (known.hops.length + before < told.hops.length) return told;
  const { end } = lastHop(known).request;
  // Firefox's DevTools name no errors; but one that tells nothing by itself would only hide what the headers prove.
  const isTelling = end?.error != null && !ENGINES[engine].isVague(end.error);
  return withLastHop(told, ({ preflight, request }) => ({ preflight, request: { ...request, end: isTelling ? end : (request.end ?? end) } }));
}

function beginOf(chain: Chain): number {
  return Math.min(...chain.map(({ request }) => request.startedTime));
}

function endOf(chain: Chain): number {
  return Math.max(...chain.flatMap(({ preflight, request }) => [request.endedTime, preflight?.endedTime ?? 0]));
}

function without(log: Log, forgotten: readonly Exchange[]): Log {
  return forgotten.reduce((shorter, { id }) => {
    const place = placeOf(shorter, id);
    return place === null ? shorter : remove(shorter, place.index);
  }, log);
}
