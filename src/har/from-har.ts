import type { Exchange } from "../model.ts";
import { exchangesOf } from "./exchanges.ts";
import { isOurs, restored } from "./ours.ts";
import type { HarLog } from "./read.ts";
import { type Source, sourceOf } from "./source.ts";

/** What a file holds. */
export interface Recording {
  readonly source: Source;
  /** In the order in which they began. */
  readonly exchanges: readonly Exchange[];
}

/**
 * The exchanges of a HAR, whoever wrote it: our own are as they were, of others what the file tells.
 * @throws {HarError} where what we wrote was changed
 */
export function fromHar(log: HarLog): Recording {
  const source = sourceOf(log);
  const own = log.entries.filter(isOurs);
  if (own.length === 0) return { source, exchanges: exchangesOf(log, log.entries, source) };
  const { engine, exchanges } = restored(own);
  const others = own.length === log.entries.length ? [] : exchangesOf(log, log.entries.filter((entry) => !isOurs(entry)), { ...source, engine });
  const ids = new Set(exchanges.map(({ id }) => id));
  return { source: { ...source, engine, seenBy: "browser", foreign: false }, exchanges: [...exchanges, ...others.map((exchange) => ({ ...exchange, id: freeId(exchange.id, ids) }))] };
}

/** Ours have the browser's ids, and those are numbers, as places in a file are. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  return taken.has(id) ? freeId(`${id}'`, taken) : id;
}
