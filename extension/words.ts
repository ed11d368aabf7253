import browser from "./browser.ts";

/**
 * A text in the user's language.
 * @param key a key of `_locales`
 * @param params what goes in for its placeholders, in order
 */
export function words(key: string, params: readonly string[] = []): string {
  if (params.length > 0) return browser.i18n.getMessage(key, [...params]);
  const known = plain.get(key) ?? browser.i18n.getMessage(key);
  plain.set(key, known);
  return known;
}

/** Without params it is always the same, and a list asks for hundreds at each change. */
const plain = new Map<string, string>();
