/**
 * What a terminal or its line editor may act on instead of taking it as text (a tab completes, Control-O runs the line,
 * an escape sequence ends a bracketed paste), and what a reader can't see (marks of direction, line separators).
 * Commands are pasted, and pages choose what is in them: none of these stands in one as it is.
 */
const UNSEEN = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}";

/**
 * Cuts a text into stretches without and with such characters, by turns; the first is without, and may be empty.
 * @param except which of them may stay, as in a character class
 */
export function splitUnseen(text: string, except = ""): string[] {
  return text.split(new RegExp(`((?:(?![${except}])[${UNSEEN}])+)`, "u"));
}
