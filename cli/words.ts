import english from "../extension/_locales/en/messages.json";
import korean from "../extension/_locales/ko/messages.json";
import type { Words } from "../src/explain.ts";
import { type Language, wordsOf } from "../src/wording.ts";

const WORDS: Readonly<Record<Language, Words>> = { en: wordsOf(english), ko: wordsOf(korean) };

/** The extension's own texts, without a browser to look them up. */
export function wordsIn(language: Language): Words {
  return WORDS[language];
}
