import { isEnded, lastHop, withoutFragment } from "./correlate.ts";
import type { Engine, Exchange, Log } from "./model.ts";
import { isCrossOrigin, requestMode } from "./request.ts";

/** One entry of a frame's Resource Timing. https://w3c.github.io/resource-timing/#sec-performanceresourcetiming */
export interface Timing {
  /** The URL that was asked for first. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
  readonly responseStatus: number;
}

/** A request is told by webRequest this much later than the page began it, at most. In milliseconds. */
const LATEST_MILLISECONDS = 1000;

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
 * Gives each exchange of a frame what Resource Timing says of it. Nothing links the two but the URL and the time at
 * which they began; of equal requests the first gets the first.
 * @param timings all that is known of the frame, not only what is new
 */
export function withTimings(log: Log, frameId: number, timings: readonly Timing[]): Log {
  const byUrl = new Map<string, Timing[]>();
  for (const timing of timings.toSorted((a, b) => a.startedTime - b.startedTime)) {
    const url = withoutFragment(timing.name);
    byUrl.set(url, [...(byUrl.get(url) ?? []), timing]);
  }
  let changed = false;
  const exchanges = log.exchanges.map((exchange) => {
    if (exchange.frameId !== frameId || exchange.serviceWorker || !isEnded(exchange)) return exchange;
    const { url, startedTime } = exchange.hops[0].request;
    const candidates = byUrl.get(withoutFragment(url)) ?? [];
    const index = candidates.findIndex(({ startedTime: began }) => {
      const delay = startedTime - began;
      return delay >= -ROUNDING_MILLISECONDS && delay <= LATEST_MILLISECONDS;
    });
    // Those that need no proof take their entry too, so that it isn't taken for another's.
    const [timing] = index === -1 ? [] : candidates.splice(index, 1);
    if (timing === undefined || !needsTiming(exchange, log.engine)) return exchange;
    changed = true;
    return { ...exchange, responseStatus: timing.responseStatus };
  });
  return changed ? { ...log, exchanges } : log;
}
