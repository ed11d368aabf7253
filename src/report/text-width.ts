import type { Measure } from "../picture-layout.ts";

/** How wide characters are in the fonts of code and of words, to their height: of the widest fonts that are common. */
const CODE = 0.61;
const WORDS = 0.56;

/** East Asian characters are as wide as high. https://www.unicode.org/reports/tr11/ */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** The height of a picture's texts, in pixels. */
const SIZE = 11;

/** About the width of a text, where there is nothing to measure it with. */
export const guessedWidth: Measure = (text, font, tone) => {
  const narrow = (font === "code" ? CODE : WORDS) * (tone === "fault" ? 1.06 : 1);
  return SIZE * Array.from(text).reduce((sum, character) => sum + (WIDE.test(character) ? 1 : narrow), 0);
};
