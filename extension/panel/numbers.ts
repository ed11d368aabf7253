import { words } from "../words.ts";

const format = new Intl.NumberFormat(words("lang"));

/** A number in the reader's language. */
export function number(value: number): string {
  return format.format(value);
}
