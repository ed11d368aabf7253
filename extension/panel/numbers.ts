import { words } from "../words.ts";

const format = new Intl.NumberFormat(words("lang"));

/** A number in the reader's language. */
export function number(value: number): string {
  return format.format(value);
}

const plural = new Intl.PluralRules(words("lang"));

/** Which form the reader's language has for a number of things. */
export function form(value: number): "one" | "other" {
  return plural.select(value) === "one" ? "one" : "other";
}

/** A number of things, in the form that the reader's language has for it. */
export function counted(things: "causes" | "requests" | "origins" | "more_urls" | "cross_origin", value: number): string {
  const counting = `${things}_${form(value)}`;
  return words(`counted_${counting}`, [number(value)]);
}
