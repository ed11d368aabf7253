import { placeOf, remove } from "./exchange-list.ts";
import { isEnded, withInFlight } from "./exchange.ts";
import { judge } from "./judge.ts";
import type { Exchange, Log } from "./model.ts";
import { isCrossOrigin } from "./request.ts";

/** What tells one state of a log from another: what to write to a journal, or to send to a panel. */
export interface Changes {
  readonly upserted: readonly Exchange[];
  /** Ids. */
  readonly removed: readonly string[];
}

/** The exchanges that differ. Unchanged ones are shared between logs, so identity tells. */
export function changes(before: Log, after: Log): Changes {
  if (before.exchanges === after.exchanges) return { upserted: [], removed: [] };
  // Most of a long log is as it was, up to its newest exchanges.
  let same = 0;
  while (same < after.exchanges.length && after.exchanges[same] === before.exchanges[same]) same += 1;
  const old = new Map(before.exchanges.slice(same).map((exchange) => [exchange.id, exchange]));
  const upserted = after.exchanges.slice(same).filter((exchange) => {
    const known = old.get(exchange.id);
    old.delete(exchange.id);
    return known !== exchange;
  });
  return { upserted, removed: [...old.keys()] };
}

/** A log from its journal: the exchanges in any order, and the counts that went with them. */
export function restore(counts: Omit<Log, "exchanges">, exchanges: readonly Exchange[]): Log {
  return { ...counts, exchanges: exchanges.toSorted((a, b) => a.order - b.order) };
}

/** Limits of one tab's log. */
export interface Limits {
  readonly count: number;
  /** As JSON, in UTF-16 code units: nearly all of it is ASCII. */
  readonly bytes: number;
}

/** Forgets an exchange that ended without touching another origin: it is no matter of CORS. */
export function withoutSameOrigin(log: Log, id: string): Log {
  const place = placeOf(log, id);
  if (place === null || place.part === "preflight" || !isEnded(place.exchange) || isCrossOrigin(place.exchange)) return log;
  return remove(log, place.index);
}

/**
 * Brings a log back within its limits, well below them so that it isn't called for each event: the oldest allowed
 * exchanges go first, then the oldest that have ended. What is in flight goes only where it alone is too many: its later
 * events are not taken up again.
 * @param sizeOf the size of an exchange, in the unit of the limit
 */
export function bounded(log: Log, limits: Limits, sizeOf: (exchange: Exchange) => number): Log {
  const sizes = new Map(log.exchanges.map((exchange) => [exchange.id, sizeOf(exchange)]));
  let bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  let count = log.exchanges.length;
  if (count <= limits.count && bytes <= limits.bytes) return log;

  const isAllowed = (exchange: Exchange): boolean => isEnded(exchange) && judge(exchange, log.engine).outcome === "allowed";
  const forgotten = new Set<string>();
  const isFew = (): boolean => count <= limits.count * SLACK;
  const isSmall = (): boolean => isFew() && bytes <= limits.bytes * SLACK;
  for (const [mayGo, isEnough] of [[isAllowed, isSmall], [isEnded, isSmall], [() => true, isFew]] as const) {
    for (const exchange of log.exchanges) {
      if (isEnough()) break;
      if (forgotten.has(exchange.id) || !mayGo(exchange)) continue;
      forgotten.add(exchange.id);
      count -= 1;
      bytes -= sizes.get(exchange.id) ?? 0;
    }
  }
  if (forgotten.size === 0) return log;
  return {
    ...log,
    exchanges: log.exchanges.filter(({ id }) => !forgotten.has(id)),
    dropped: log.dropped + forgotten.size,
    cleared: withInFlight(log.cleared, log.exchanges.filter(({ id }) => forgotten.has(id))),
  };
}

const SLACK = 0.9;
