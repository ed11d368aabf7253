import { isPreflight, lastHop, requestedHeaderNames, withLastHop, withoutFragment } from "./exchange.ts";
import { exchangesAt, placeOf, remove, replace } from "./exchange-list.ts";
import { get } from "./fetch/headers.ts";
import { isOkStatus } from "./fetch/preflight.ts";
import type { Engine, Exchange, Log, Message, NetEvent } from "./model.ts";

/** An OPTIONS request that has just shown itself to be a preflight, or died before it could. */
export function isUnclaimedPreflight(exchange: Exchange, event: NetEvent): boolean {
  if (event.method !== "OPTIONS" || exchange.hops.length !== 1 || exchange.hops[0].preflight !== null) return false;
  if (event.kind === "send-headers") return isPreflight(exchange.hops[0].request);
  // A preflight that dies before it is sent never shows what it is.
  return event.kind === "error" && exchange.hops[0].request.requestHeaders === null;
}

/** Gives an OPTIONS request to the exchange that it is the preflight of, the oldest that waits; without one it stays on its own. */
export function claim(log: Log, index: number): Log {
  const orphan = log.exchanges[index];
  if (orphan === undefined) return log;
  const possible = exchangesAt(log, withoutFragment(orphan.hops[0].request.url)).filter((candidate) => candidate !== orphan && awaits(log.engine, candidate, orphan));
  const fitting = possible.filter((candidate) => fits(orphan.hops[0].request, lastHop(candidate).request));
  const waiting = fitting.length > 0 ? fitting : possible;
  const owner = waiting[0];
  if (owner === undefined) return log;
  const paired = withPreflight(log, owner, index);
  return waiting.length < 2 ? paired : markTwins(paired, waiting.slice(0, MOST_TWINS).map(({ id }) => id));
}

/**
 * Gives a request that moves on, and of which something may not have been heard, the preflight that stands on its own
 * because nobody was known to wait for it. Only if it is sure: the one that has passed since something was lost, and
 * asked for the method and for headers that the request was sent with.
 */
export function claimPassed(log: Log, index: number): Log {
  const exchange = log.exchanges[index];
  if (exchange === undefined || !exchange.interrupted || log.gap === null) return log;
  const { preflight, request } = lastHop(exchange);
  if (preflight !== null || request.requestHeaders === null) return log;
  const lostTime = log.gap.from;
  const isItsOwn = (orphan: Exchange): boolean => {
    const options = orphan.hops[0].request;
    return isPreflight(options) && options.startedTime >= lostTime && options.end !== null && isOfOneSource(orphan, exchange) && fits(options, request) && hasPassed(log.engine, options);
  };
  const [orphan, ...others] = exchangesAt(log, withoutFragment(request.url)).filter(isItsOwn);
  return orphan === undefined || others.length > 0 ? log : withPreflight(log, exchange, log.exchanges.indexOf(orphan));
}

/** The log in which an exchange has the preflight that stood on its own at an index. */
function withPreflight(log: Log, owner: Exchange, index: number): Log {
  const preflight = log.exchanges[index]?.hops[0].request ?? null;
  const claimed = withLastHop(owner, (hop) => ({ ...hop, preflight }));
  return remove(replace(log, log.exchanges.indexOf(owner), claimed), index);
}

function isOfOneSource(a: Exchange, b: Exchange): boolean {
  return a.tabId === b.tabId && a.frameId === b.frameId && a.origin === b.origin;
}

/** Of hundreds in flight at once which preflight is for which can't be told anyway. */
const MOST_TWINS = 64;

function markTwins(log: Log, ids: readonly string[]): Log {
  const mark = (exchange: Exchange): Exchange => ({
    ...exchange,
    twins: [...new Set([...exchange.twins, ...ids.filter((id) => id !== exchange.id)])],
  });
  return ids.reduce((marked, id) => {
    const place = placeOf(marked, id);
    return place === null ? marked : replace(marked, place.index, mark(place.exchange));
  }, log);
}

/** Whether an exchange at its URL may be the one that a preflight is for: same frame and origin, and not yet on its way. */
function awaits(engine: Engine, candidate: Exchange, orphan: Exchange): boolean {
  const { preflight, request } = lastHop(candidate);
  const options = orphan.hops[0].request;
  return (
    preflight === null &&
    request.response === null &&
    request.startedTime <= options.startedTime &&
    !(engine === "chromium" && request.requestHeaders !== null) &&
    isOfOneSource(candidate, orphan) &&
    asksFor(options, request) &&
    // Nothing ends before its preflight has begun.
    (request.end === null || (request.end.error !== null && options.end !== null && request.end.time >= options.startedTime))
  );
}

/** Whether a preflight asks for the method of a request. One that was never sent asks for nothing. */
function asksFor({ requestHeaders }: Message, { method }: Message): boolean {
  return requestHeaders === null || get("Access-Control-Request-Method", requestHeaders) === method;
}

/** Whether what a preflight asks for is what the request does, as far as the headers of both are known. */
function fits(options: Message, request: Message): boolean {
  if (request.requestHeaders === null) return asksFor(options, request);
  const sent = new Set(request.requestHeaders.map(({ name }) => name.toLowerCase()));
  return asksFor(options, request) && requestedHeaderNames(options).every((name) => sent.has(name));
}

/** The event that says that the preflight of a request has been judged, and how. */
export function verdictOnPreflight(engine: Engine, event: NetEvent): "passed" | "rejected" | null {
  if (event.kind === (engine === "chromium" ? "send-headers" : "headers-received")) return "passed";
  return event.kind === "error" && event.error === REJECTED[engine] ? "rejected" : null;
}

const REJECTED: Readonly<Record<Engine, string>> = { chromium: "net::ERR_FAILED", gecko: "NS_ERROR_DOM_BAD_URI" };

/**
 * A request that moves on has had its preflight answered. Of those that twins were given by order, the one that ended
 * first and fits is taken for its own, unless the order is better known.
 */
export function settlePairing(log: Log, index: number, verdict: "passed" | "rejected"): Log {
  const exchange = log.exchanges[index];
  if (exchange === undefined || exchange.twins.length === 0) return log;
  const { preflight, request } = lastHop(exchange);
  const suits = (other: Message | null): boolean =>
    other !== null && other.end !== null && fits(other, request) && (verdict === "rejected" ? mayBeRejected(log.engine, other) : hasPassed(log.engine, other));
  const twins = exchange.twins.flatMap((id) => placeOf(log, id) ?? []).filter(({ exchange: twin }) => !hasMoved(log.engine, twin));
  const waiting = twins.map(({ index: at }) => at).sort((a, b) => a - b);
  const at = (place: number): Message | null => (log.exchanges[place] === undefined ? null : lastHop(log.exchanges[place]).preflight);
  // Chromium begins preflights in the order of their requests, and says nothing better of those that it rejects.
  const keeps = log.engine === "chromium" && verdict === "rejected" && suits(preflight);
  const [best] = keeps ? [index] : [index, ...waiting].filter((place) => suits(at(place))).sort((a, b) => endTime(at(a)) - endTime(at(b)));
  // One that surely isn't its own goes to a twin that has none.
  const place = best ?? (preflight !== null && !fits(preflight, request) ? waiting.find((other) => at(other) === null) : undefined);
  return place === undefined || place === index ? log : swapPreflights(log, index, place);
}

function hasMoved(engine: Engine, twin: Exchange): boolean {
  const { request } = lastHop(twin);
  return request.end !== null || request.response !== null || (engine === "chromium" && request.requestHeaders !== null);
}

/** Firefox ends a preflight that it rejects with an error; Chromium completes it, as Firefox 140 does, where twins are told by their order only. */
function mayBeRejected(engine: Engine, { end }: Message): boolean {
  return engine === "chromium" || end?.error != null;
}

function hasPassed(engine: Engine, preflight: Message): boolean {
  return preflight.response !== null && isOkStatus(preflight.response.status) && !(engine === "gecko" && mayBeRejected(engine, preflight));
}

function endTime(message: Message | null): number {
  return message?.end?.time ?? Infinity;
}

function swapPreflights(log: Log, a: number, b: number): Log {
  const [one, other] = [log.exchanges[a], log.exchanges[b]];
  if (one === undefined || other === undefined) return log;
  const withPreflightOf = (to: Exchange, from: Exchange): Exchange => withLastHop(to, (hop) => ({ ...hop, preflight: lastHop(from).preflight }));
  return replace(replace(log, a, withPreflightOf(one, other)), b, withPreflightOf(other, one));
}
