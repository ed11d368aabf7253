import type { Entry } from "./entry.ts";

/** What was last said to somebody who doesn't see the list. */
export interface Told {
  /** The blocked requests that were listed then, by id. */
  readonly ids: ReadonlySet<string>;
  /** When, in milliseconds; null before the first time. */
  readonly time: number | null;
}

/** What is to be said now. */
export interface News {
  /** How many blocked requests have not been told; 0 where there is nothing to say. */
  readonly count: number;
  /** Others, which were told, are still listed. */
  readonly more: boolean;
  readonly told: Told;
}

/** Before anything was said. */
export const NOTHING_TOLD: Told = { ids: new Set(), time: null };

/** In milliseconds: what a page asks for at once is one piece of news. */
export const SETTLE = 1_000;

/** In milliseconds, from one piece of news to the next: a page that asks in a loop must not talk all the time. */
export const PAUSE = 5_000;

/** The requests that the browser did block, by id. */
export function blockedIds(entries: readonly Entry[]): string[] {
  return entries.filter((entry) => entry.listed === "blocked" && entry.verdict.outcome === "blocked").map(({ exchange }) => exchange.id);
}

/** How many milliseconds to wait before anything is said; null where there is nothing to say. */
export function untilNews(told: Told, ids: readonly string[], time: number): number | null {
  if (told.time === null) return SETTLE;
  if (ids.every((id) => told.ids.has(id))) return null;
  return Math.max(SETTLE, told.time + PAUSE - time);
}

/** What to say. What is listed at first is there to be read: only what comes later is news. */
export function news(told: Told, ids: readonly string[], time: number): News {
  const untold = told.time === null ? [] : ids.filter((id) => !told.ids.has(id));
  // By ids, not by number: a reload may have as many blocked again, and those are new.
  return { count: untold.length, more: untold.length < ids.length, told: { ids: new Set(ids), time } };
}
