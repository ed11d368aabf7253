import { lastHop, withoutFragment } from "./exchange.ts";
import type { Exchange, Log } from "./model.ts";

/**
 * The exchanges of a log, in the order in which they began. Lists are values: each change makes another one, which is a
 * copy of all pointers. For a burst of events that is done once (`inBulk`). Where exchanges stand is remembered with the
 * newest list, and worked out anew for any other.
 */

/** Where to look for exchanges: the `order` of each. Some are gone, some have moved on. */
interface Index {
  /** By the id of a request or a preflight. */
  readonly byId: Map<string, number>;
  /** By the URL that an exchange got to, without fragment. */
  readonly byUrl: Map<string, Set<number>>;
}

const INDEXES = new WeakMap<readonly Exchange[], Index>();

/** Lists that nobody else has yet: they may be changed in place. */
const OWNED = new WeakMap<readonly Exchange[], Exchange[]>();

/** So many more ids than exchanges are remembered before all are looked at anew. */
const MOST_GONE = 1000;

/** Where an exchange is, and which part of it a request id is of. */
export interface Place {
  readonly index: number;
  readonly exchange: Exchange;
  readonly part: "preflight" | "request";
}

/** Where what begins in a burst goes: a list that has to grow is copied once more. */
const ROOM = new Array<Exchange>(256);

/** Does many changes to a log as one: its list is copied once. The log that is given stays as it was. */
export function inBulk(log: Log, change: (log: Log) => Log): Log {
  const own = log.exchanges.concat(ROOM);
  own.length = log.exchanges.length;
  OWNED.set(own, own);
  inherit(log.exchanges, own);
  try {
    return change({ ...log, exchanges: own });
  } finally {
    OWNED.delete(own);
  }
}

/** The exchange that has a request or a preflight of this id, or null. */
export function placeOf({ exchanges }: Log, requestId: string): Place | null {
  const order = indexOf(exchanges).byId.get(requestId);
  const index = order === undefined ? -1 : search(exchanges, order);
  const exchange = exchanges[index];
  if (exchange === undefined) return null;
  if (exchange.id === requestId) return { index, exchange, part: "request" };
  return exchange.hops.some(({ preflight }) => preflight?.requestId === requestId) ? { index, exchange, part: "preflight" } : null;
}

/** The exchanges whose last request is at a URL (without fragment), in their order. */
export function exchangesAt({ exchanges }: Log, url: string): Exchange[] {
  const orders = [...(indexOf(exchanges).byUrl.get(url) ?? [])].sort((a, b) => a - b);
  return orders.flatMap((order) => exchanges[search(exchanges, order)] ?? []).filter((exchange) => withoutFragment(lastHop(exchange).request.url) === url);
}

/** The log with one exchange more, the newest. */
export function append(log: Log, exchange: Exchange): Log {
  const own = OWNED.get(log.exchanges);
  if (own === undefined) return { ...log, exchanges: told(inherit(log.exchanges, log.exchanges.concat([exchange])), exchange) };
  own.push(exchange);
  told(own, exchange);
  return log;
}

/** The log with another exchange in the place of one. */
export function replace(log: Log, index: number, exchange: Exchange): Log {
  const own = OWNED.get(log.exchanges);
  if (own === undefined) return { ...log, exchanges: told(inherit(log.exchanges, log.exchanges.with(index, exchange)), exchange) };
  own[index] = exchange;
  told(own, exchange);
  return log;
}

/** The log without one exchange. */
export function remove(log: Log, index: number): Log {
  const own = OWNED.get(log.exchanges);
  if (own === undefined) return { ...log, exchanges: inherit(log.exchanges, log.exchanges.toSpliced(index, 1)) };
  own.splice(index, 1);
  return log;
}

function indexOf(exchanges: readonly Exchange[]): Index {
  const known = INDEXES.get(exchanges);
  if (known !== undefined && known.byId.size <= 3 * exchanges.length + MOST_GONE) return known;
  const index: Index = { byId: new Map(), byUrl: new Map() };
  INDEXES.set(exchanges, index);
  for (const exchange of exchanges) told(exchanges, exchange);
  return index;
}

/** What is remembered of a list goes on with the next; of the one before it would soon be wrong. */
function inherit<List extends readonly Exchange[]>(from: readonly Exchange[], to: List): List {
  const index = INDEXES.get(from);
  if (index === undefined) return to;
  INDEXES.delete(from);
  INDEXES.set(to, index);
  return to;
}

function told<List extends readonly Exchange[]>(exchanges: List, exchange: Exchange): List {
  const index = INDEXES.get(exchanges);
  if (index === undefined) return exchanges;
  const { id, order, hops } = exchange;
  index.byId.set(id, order);
  for (const { preflight } of hops) if (preflight !== null) index.byId.set(preflight.requestId, order);
  const url = withoutFragment(lastHop(exchange).request.url);
  const there = index.byUrl.get(url);
  if (there === undefined) index.byUrl.set(url, new Set([order]));
  else there.add(order);
  return exchanges;
}

/** By halves: exchanges stand in their order. */
function search(exchanges: readonly Exchange[], order: number): number {
  let [low, high] = [0, exchanges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = exchanges[middle]?.order ?? 0;
    if (at === order) return middle;
    if (at < order) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
