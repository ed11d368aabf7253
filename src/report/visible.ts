/**
 * The same text with all that can't be seen told by its number: what controls, reorders or hides text, lone surrogates,
 * and spaces that look like others.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** Braille's blank and Hangul's fillers are letters to Unicode; the latter can be ignored by its own account. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
