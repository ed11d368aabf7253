import type { Entry } from "./entry.ts";
import { expressionOf } from "./filter/expression.ts";
import { type CausesOf, FILTER_KEYS } from "./filter/keys.ts";
import { type Term, termsOf } from "./filter/terms.ts";

/** What is wrong in a filter: the term, and why nothing can fit it. */
export interface Wrong {
  readonly term: string;
  /** `invalid`: no regular expression; `slow`: one that could take too long; `value`: the key has no such value. */
  readonly reason: "invalid" | "slow" | "value";
}

/** A filter that is ready for use. */
export interface Filter {
  /**
   * Whether an entry is shown: all terms hold. Never throws.
   * @param causesOf only asked if the filter names a cause
   */
  readonly fits: (entry: Entry, causesOf: CausesOf) => boolean;
  /** Terms that are left out of account until they are mended, in their order. */
  readonly wrong: readonly Wrong[];
}

type Fits = Filter["fits"];

/**
 * Reads a filter in the manner of DevTools'. Terms are divided by spaces, and all of them have to hold:
 * - `word` or `"some words"`: in a URL, the method, a status, the type, the code, the header at fault, or the browser's error
 * - `/expression/`: a regular expression that one of the URLs matches
 * - `key:value` or `key:"some value"`: see `FILTER_KEYS`; with an unknown key it is a word like others
 * - `-` before any of them: it must not hold
 *
 * A key without a value and a lone `-` say nothing: they are still being typed.
 */
export function parseFilter(text: string): Filter {
  const wrong: Wrong[] = [];
  const all = termsOf(text).flatMap((term) => {
    const fits = read(term);
    if (typeof fits === "string") wrong.push({ term: text.slice(term.start, term.to), reason: fits });
    if (fits === null || typeof fits === "string") return [];
    return [term.negated ? not(fits) : fits];
  });
  return { fits: (entry, causesOf) => all.every((fits) => fits(entry, causesOf)), wrong };
}

/** @returns null if the term says nothing, or what is wrong with it */
function read({ key, text, value, quoted }: Term): Fits | Wrong["reason"] | null {
  const known = key === null ? undefined : FILTER_KEYS.get(key);
  if (value === "" && (key === null || known !== undefined)) return null;
  if (known !== undefined) {
    const test = known.test(value);
    return test === null ? "value" : (entry, causesOf) => known.of(entry, causesOf).some(test);
  }
  if (!quoted && /^\/.+\/$/.test(text)) return matching(text.slice(1, -1));
  const word = text.toLowerCase();
  return ({ searched }) => searched.includes(word);
}

function matching(source: string): Fits | Wrong["reason"] {
  const expression = expressionOf(source);
  if (typeof expression === "string") return expression;
  return ({ exchange }) => exchange.hops.some(({ request }) => expression.matches(request.url));
}

function not(fits: Fits): Fits {
  return (entry, causesOf) => !fits(entry, causesOf);
}
