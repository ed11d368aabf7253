import { useEffect, useState } from "preact/hooks";
import type { Words } from "../../src/explain.ts";
import { type Language, LANGUAGES, wordsOf } from "../../src/wording.ts";
import browser from "../browser.ts";
import { words } from "../words.ts";

/** The panel's own. */
export function ownLanguage(): Language {
  return LANGUAGES.find((language) => language === words("lang")) ?? "en";
}

/**
 * Texts in a language, whichever the browser has chosen for the panel.
 * @returns null until they are there
 */
export function useWords(language: Language, onFailure: (error: unknown) => void): Words | null {
  const [fetched, setFetched] = useState<{ readonly language: Language; readonly words: Words } | null>(null);
  useEffect(() => {
    if (language === ownLanguage()) return;
    wordsIn(language).then((found) => setFetched({ language, words: found }), onFailure);
  }, [language]);
  if (language === ownLanguage()) return words;
  return fetched?.language === language ? fetched.words : null;
}

/** `browser.i18n` knows only one. */
async function wordsIn(language: Language): Promise<Words> {
  const response = await fetch(browser.runtime.getURL(`_locales/${language}/messages.json`));
  return wordsOf(await response.json());
}
