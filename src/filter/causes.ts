import { diagnose, RECENT } from "../diagnose.ts";
import type { Entry } from "../entry.ts";
import type { CauseCode, Exchange } from "../model.ts";
import type { CausesOf } from "./keys.ts";

/** Causes that were found already. Whoever filters keeps it: an entry whose exchange changes is another entry. */
export type CauseCache = WeakMap<Entry, readonly CauseCode[]>;

/**
 * Finds the causes of entries when they are asked for, each once.
 * @param entries all that are known, in the order in which they began
 */
export function causesIn(entries: readonly Entry[], known: CauseCache): CausesOf {
  let places: ReadonlyMap<Entry, number> | null = null;
  return (entry) => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    places ??= new Map(entries.map((each, index) => [each, index]));
    const codes = diagnose(entry.exchange, entry.verdict, earlierThan(entries, places.get(entry) ?? 0)).map(({ code }) => code);
    known.set(entry, codes);
    return codes;
  };
}

/** What began before the entry at an index, as much of it as can have to do with it. */
export function earlierThan(entries: readonly Entry[], index: number): Exchange[] {
  return entries.slice(Math.max(0, index - RECENT), Math.max(0, index)).map(({ exchange }) => exchange);
}
