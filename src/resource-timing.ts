import { isEnded, lastHop, withoutFragment } from "./exchange.ts";
import { grouped } from "./grouped.ts";
import type { Engine, Exchange, Log } from "./model.ts";
import { isCrossOrigin, requestMode } from "./request.ts";

/** One entry of a frame's Resource Timing. https://w3c.github.io/resource-timing/#sec-performanceresourcetiming */
export interface Timing {
  /** The URL that was asked for first. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
  /** Milliseconds since the epoch; the same as `startedTime` when nothing came. */
  readonly endedTime: number;
  readonly responseStatus: number;
}

/** An event is told this much later than what it tells of, at most: seconds, when hundreds of requests are in flight. In milliseconds. */
const LATEST_MILLISECONDS = 10_000;

/** Both clocks are rounded. In milliseconds. */
const ROUNDING_MILLISECONDS = 5;

/**
 * Whether Resource Timing would tell what events don't: Firefox reports a response that it withholds as completed.
 */
export function needsTiming(exchange: Exchange, engine: Engine): boolean {
  if (engine !== "gecko" || exchange.responseStatus !== null || exchange.serviceWorker || !isEnded(exchange)) return false;
  return lastHop(exchange).request.end?.error == null && isCrossOrigin(exchange) && requestMode(exchange) === "cors";
}

/** When the oldest request of a frame began that needs its timing, or null when none does. Milliseconds since the epoch. */
export function timingsWantedSince({ exchanges, engine }: Log, frameId: number): number | null {
  const oldest = exchanges.find((exchange) => exchange.frameId === frameId && needsTiming(exchange, engine));
  return oldest === undefined ? null : oldest.hops[0].request.startedTime - LATEST_MILLISECONDS;
}

/**
 * Gives each exchange of a frame what Resource Timing says of it. Nothing links the two but the URL and the time; where
 * equal requests leave open which entry is whose, and that matters, nothing is given.
 * @param timings all that is known of the frame, not only what is new
 */
export function withTimings(log: Log, frameId: number, timings: readonly Timing[]): Log {
  const since = timingsWantedSince(log, frameId);
  if (since === null) return log;
  const recent = log.exchanges.filter((exchange) => exchange.frameId === frameId && !exchange.serviceWorker && exchange.hops[0].request.startedTime >= since);
  const byUrl = grouped(timings.filter(({ startedTime }) => startedTime >= since), ({ name }) => withoutFragment(name));
  const proven = new Map<Exchange, number>();
  for (const [url, alike] of grouped(recent, ({ hops }) => withoutFragment(hops[0].request.url))) {
    if (!alike.some((exchange) => needsTiming(exchange, log.engine))) continue;
    for (const [exchange, status] of statusesOf(alike, byUrl.get(url) ?? [])) {
      if (needsTiming(exchange, log.engine)) proven.set(exchange, status);
    }
  }
  if (proven.size === 0) return log;
  const exchanges = log.exchanges.map((exchange) => {
    const responseStatus = proven.get(exchange);
    return responseStatus === undefined ? exchange : { ...exchange, responseStatus };
  });
  return { ...log, exchanges };
}

/**
 * Requests and entries of one URL, side by side: both in the order of their start when all are there. What is still in
 * flight may have no entry, and what the page gave up has one only sometimes.
 */
function statusesOf(alike: readonly Exchange[], entries: readonly Timing[]): Map<Exchange, number> {
  const timings = entries.toSorted((a, b) => a.startedTime - b.startedTime);
  const over = alike.filter(isEnded);
  const aborted = over.filter(isAborted);
  const mayBeAborted = aborted.some((exchange) => timings.some((timing) => timing.responseStatus === 0 && isPossible(exchange, timing)));
  const complete = [alike, over, ...(mayBeAborted ? [] : [over.filter((exchange) => !aborted.includes(exchange))])].find(
    (exchanges) => exchanges.length === timings.length && exchanges.every((exchange, index) => isPossible(exchange, timings[index])),
  );
  if (complete !== undefined) return new Map(complete.flatMap((exchange, index) => statusOf(exchange, timings[index])));
  // Some entry is not there, or not yet: what is left may be another's.
  if (timings.length < over.length) return new Map();
  return new Map(
    over.flatMap((exchange) => {
      const possible = timings.filter((timing) => isPossible(exchange, timing));
      const agree = possible.every(({ responseStatus }) => (responseStatus === 0) === (possible[0]?.responseStatus === 0));
      return agree ? statusOf(exchange, possible[0]) : [];
    }),
  );
}

function statusOf(exchange: Exchange, timing: Timing | undefined): (readonly [Exchange, number])[] {
  return timing === undefined ? [] : [[exchange, timing.responseStatus]];
}

function isAborted(exchange: Exchange): boolean {
  return lastHop(exchange).request.end?.error === "NS_BINDING_ABORTED";
}

/** Events come after what they tell of. */
function isPossible(exchange: Exchange, timing: Timing | undefined): boolean {
  if (timing === undefined) return false;
  const began = exchange.hops[0].request.startedTime;
  const ended = lastHop(exchange).request.end?.time ?? null;
  return isDelayed(began, timing.startedTime) && (ended === null || isDelayed(ended, timing.endedTime));
}

function isDelayed(told: number, happened: number): boolean {
  const delay = told - happened;
  return delay >= -ROUNDING_MILLISECONDS && delay <= LATEST_MILLISECONDS;
}
