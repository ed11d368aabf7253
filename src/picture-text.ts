/** What a label may have of a value at most, in characters. */
const LONGEST = 120;

/**
 * Makes a value from the network fit for a label: its beginning, on one line, in the order in which it stands. What
 * controls, reorders or hides text, and what XML does not allow, is replaced by U+FFFD.
 */
export function labelText(value: string, longest = LONGEST): string {
  // Twice as many code units as characters are wanted: none of them can be cut in half then.
  const characters = Array.from(value.slice(0, 2 * longest + 2));
  const start = characters.slice(0, longest).join("").replace(UNFIT, "\uFFFD");
  return characters.length > longest ? `${start}…` : start;
}

/** https://www.w3.org/TR/xml/#charsets; formats (Cf) are where the marks are that reorder text. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;
