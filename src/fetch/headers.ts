import type { Header } from "../model.ts";

/**
 * Get: the combined value of a field, or null when the list does not contain it.
 * https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function get(name: string, list: readonly Header[]): string | null {
  const values = fieldLines(name, list);
  return values.length === 0 ? null : values.join(", ");
}

/** The values of all field lines of that name, in order. Names are compared byte-case-insensitively. */
export function fieldLines(name: string, list: readonly Header[]): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  // Verdicts consist of this. Most names differ in length already, and needn't be lower-cased.
  for (const header of list) if (header.name.length === wanted.length && header.name.toLowerCase() === wanted) values.push(normalize(header.value));
  return values;
}

/** Normalize: strips HTTP whitespace at both ends. https://fetch.spec.whatwg.org/#concept-header-value-normalize */
export function normalize(value: string): string {
  return strip(value, "\t\n\r ");
}

/**
 * Extract header list values, for the two fields that are lists of tokens (`#method`, `#field-name`).
 * https://fetch.spec.whatwg.org/#extract-header-list-values
 * @returns null when the field is missing, `{ failure }` with the first item that is no token, or the items.
 */
export function extractTokens(
  name: "Access-Control-Allow-Methods" | "Access-Control-Allow-Headers",
  list: readonly Header[],
): string[] | { readonly failure: string } | null {
  // 1. If list does not contain name, then return null. (2. is for fields that allow a single header.)
  const lines = fieldLines(name, list);
  if (lines.length === 0) return null;
  // 3. Let values be an empty list. 4. For each header: extract its values; failure if one does not parse.
  // RFC 9110, 5.6.1.2: a recipient ignores empty list items.
  const joined = lines.join(",");
  // Servers are strangers: lists may be long, and verdicts read them again and again.
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z,]*$/.test(joined)) return joined.split(",").filter((item) => item !== "");
  const values = listItems(joined).filter((item) => item !== "");
  const invalid = values.find((item) => !isToken(item));
  if (invalid !== undefined) return { failure: invalid };
  // 5. Return values.
  return values;
}

/** The items of a list, split at its commas, without optional whitespace. https://httpwg.org/specs/rfc9110.html#abnf.extension */
export function listItems(value: string): string[] {
  return value.split(",").map((item) => strip(item, "\t "));
}

/** By hand: a pattern for the end of a value takes time by the square of the spaces within it, and servers are strangers. */
function strip(value: string, whitespace: string): string {
  // Few have any, and all whitespace comes before any other sign.
  if (value.charCodeAt(0) > SPACE && value.charCodeAt(value.length - 1) > SPACE) return value;
  let start = 0;
  let end = value.length;
  while (start < end && whitespace.includes(value.charAt(start))) start += 1;
  while (end > start && whitespace.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

/** https://httpwg.org/specs/rfc9110.html#tokens */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

const SPACE = 0x20;
