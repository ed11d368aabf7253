/** One word of a filter, where it stands in the text. */
export interface Term {
  readonly from: number;
  readonly to: number;
  /** `-` stands in front: what it says must not hold. */
  readonly negated: boolean;
  /** Where it begins behind the `-`. */
  readonly start: number;
  /** What stands before the first colon, in lower case; null where there is none. It may be no key that we know. */
  readonly key: string | null;
  /** All of it but the `-`, quotes taken off. */
  readonly text: string;
  /** What stands behind the key's colon, or `text`; quotes taken off. */
  readonly value: string;
  /** The value is in quotes: none of its characters mean anything. */
  readonly quoted: boolean;
}

/**
 * Divides a filter at its spaces, but for those in quotes: `"…"` may be a whole term, or a key's value. A quote that
 * isn't closed reaches to the end, as it does while it is being typed.
 */
export function termsOf(text: string): Term[] {
  return [...text.matchAll(TERM)].map((match) => {
    const [all, minus = "", prefix = "", quoted, plain = ""] = match;
    const from = match.index;
    const value = quoted === undefined ? plain : quoted.replace(/\\(["\\])/g, "$1");
    return {
      from,
      to: from + all.length,
      negated: minus !== "",
      start: from + minus.length,
      key: prefix === "" ? null : prefix.slice(0, -1).toLowerCase(),
      text: prefix + value,
      value,
      quoted: quoted !== undefined,
    };
  });
}

/** A `-`; a key with its colon; a value, in quotes or not. Each term has at least one character. */
const TERM = /(?=\S)(-?)([a-z][a-z-]*:)?(?:"((?:\\["\\]|[^"])*)(?:"|$)|(\S*))/gi;

/** A value as it has to be written in a filter: in quotes where it would else be divided or mean something. */
export function written(value: string): string {
  return /\s|^"/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;
}
