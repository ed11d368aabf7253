import { diagnose, RECENT } from "../diagnose.ts";
import type { Entry } from "../entry.ts";
import type { CauseCode, Exchange } from "../model.ts";
import type { CausesOf } from "./keys.ts";

/** Causes that were found already. Whoever filters keeps it. */
export class CauseCache {
  #entries: readonly Entry[] = [];
  readonly #found = new Map<Entry, readonly CauseCode[]>();

  /** What holds among these entries: causes go by what came before, so up to the first entry that is another one. */
  among(entries: readonly Entry[]): Map<Entry, readonly CauseCode[]> {
    const changed = this.#entries.findIndex((entry, index) => entry !== entries[index]);
    if (changed !== -1) for (const entry of this.#entries.slice(changed)) this.#found.delete(entry);
    this.#entries = entries;
    return this.#found;
  }
}

/**
 * Finds the causes of entries when they are asked for, each once.
 * @param entries all that are known, in the order in which they began
 */
export function causesIn(entries: readonly Entry[], known: CauseCache): CausesOf {
  let found: Map<Entry, readonly CauseCode[]> | null = null;
  let places: ReadonlyMap<Entry, number> | null = null;
  return (entry) => {
    // Most filters ask for no cause.
    found ??= known.among(entries);
    const before = found.get(entry);
    if (before !== undefined) return before;
    places ??= new Map(entries.map((each, index) => [each, index]));
    const codes = diagnose(entry.exchange, entry.verdict, earlierThan(entries, places.get(entry) ?? 0)).map(({ code }) => code);
    found.set(entry, codes);
    return codes;
  };
}

/** What began before the entry at an index, as much of it as can have to do with it. */
export function earlierThan(entries: readonly Entry[], index: number): Exchange[] {
  return entries.slice(Math.max(0, index - RECENT), Math.max(0, index)).map(({ exchange }) => exchange);
}
