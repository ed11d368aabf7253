import type { Entry } from "../entry.ts";
import { type CausesOf, FILTER_KEYS } from "./keys.ts";
import { termsOf, written } from "./terms.ts";

/** What could stand in place of the word that is being typed. */
export interface Completion {
  /** What to write there: `domain:`, or `domain:api.example`. */
  readonly text: string;
  /** Without the key that is there already: `domain:`, or `api.example`. */
  readonly label: string;
  /** How many of the entries have it; null for keys. */
  readonly count: number | null;
}

/** The completions of a filter at the caret. */
export interface Completions {
  /** What they take the place of. */
  readonly from: number;
  readonly to: number;
  /** The likeliest first. */
  readonly options: readonly Completion[];
}

/** Nothing to offer. */
export const NO_COMPLETIONS: Completions = { from: 0, to: 0, options: [] };

/** More than these nobody reads. */
const MOST = 50;

/**
 * What could be meant at the caret: keys where a word begins, and behind a key's colon its values among the entries,
 * those that begin as typed before those that only contain it, the most frequent first.
 * @param entries those that the list would show without a filter
 */
export function completions(text: string, caret: number, entries: readonly Entry[], causesOf: CausesOf): Completions {
  const term = termsOf(text).find(({ from, to }) => from < caret && caret <= to);
  if (term === undefined) return { from: caret, to: caret, options: keysLike("") };
  if (caret < term.start) return { from: caret, to: caret, options: [] };
  const typed = text.slice(term.start, caret);
  const at = { from: term.start, to: term.to };
  const colon = typed.indexOf(":");
  if (colon === -1) return { ...at, options: keysLike(typed.toLowerCase()) };
  const key = typed.slice(0, colon).toLowerCase();
  const value = typed.slice(colon + 1).replace(/^"/, "").toLowerCase();
  return { ...at, options: valuesLike(key, value, entries, causesOf) };
}

function keysLike(typed: string): Completion[] {
  return [...FILTER_KEYS.keys()].filter((key) => key.startsWith(typed)).map((key) => ({ text: `${key}:`, label: `${key}:`, count: null }));
}

function valuesLike(key: string, typed: string, entries: readonly Entry[], causesOf: CausesOf): Completion[] {
  const known = FILTER_KEYS.get(key);
  if (known === undefined) return [];
  const found = new Map((known.values ?? []).map((value) => [value, 0]));
  for (const entry of entries) for (const value of new Set(known.of(entry, causesOf))) found.set(value, (found.get(value) ?? 0) + 1);
  const likely = [...found].filter(([value]) => value.toLowerCase().includes(typed) && value.toLowerCase() !== typed);
  const begins = (value: string): number => (value.toLowerCase().startsWith(typed) ? 0 : 1);
  return likely
    .sort(([a, many], [b, more]) => begins(a) - begins(b) || more - many || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([label, count]) => ({ text: `${key}:${written(label)}`, label, count }));
}
