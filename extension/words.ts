import browser from "./browser.ts";

/**
 * A text in the user's language.
 * @param key a key of `_locales`
 * @param params what goes in for its placeholders, in order
 */
export function words(key: string, params: readonly string[] = []): string {
  return browser.i18n.getMessage(key, [...params]);
}
