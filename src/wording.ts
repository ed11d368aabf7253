import type { Words } from "./explain.ts";

/** The languages of `_locales`. */
export const LANGUAGES = ["en", "ko"] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * Looks texts up in a file of `_locales`, as browsers do: for a language that isn't theirs.
 * @param messages what such a file holds
 * @throws {TypeError} if it holds something else
 */
export function wordsOf(messages: unknown): Words {
  const texts = textsOf(messages);
  return (key, params = []) => (texts.get(key) ?? "").replace(/\$(\$|[1-9])/g, (_, place: string) => (place === "$" ? "$" : (params[Number(place) - 1] ?? "")));
}

function textsOf(messages: unknown): ReadonlyMap<string, string> {
  if (typeof messages !== "object" || messages === null) throw new TypeError("no messages");
  return new Map(
    Object.entries(messages).map(([key, entry]: [string, unknown]) => {
      const text: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, "message") : undefined;
      if (typeof text !== "string") throw new TypeError(`${key} has no message`);
      return [key, text];
    }),
  );
}
