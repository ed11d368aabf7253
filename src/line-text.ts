import { STATUS } from "./advised.ts";
import type { Words } from "./explain.ts";
import type { Line } from "./model.ts";

/** A line of a remedy as it has to be written. */
export function lineText(words: Words, { name, value }: Line): string {
  if (value === null) return words("fix_remove", [name]);
  return name === STATUS ? `${words("fix_status")} ${value}` : `${name}: ${value}`;
}
