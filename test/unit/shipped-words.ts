import { readFileSync } from "node:fs";
import type { Words } from "../../src/explain.ts";
import { type Language, wordsOf } from "../../src/wording.ts";

/** The texts of a language, as they are shipped. */
export function shippedWords(language: Language): Words {
  return wordsOf(JSON.parse(readFileSync(`extension/_locales/${language}/messages.json`, "utf8")));
}
