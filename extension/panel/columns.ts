import type { Row } from "../../src/entry.ts";
import { say } from "../../src/explain.ts";
import type { SortKey } from "../../src/list-lines.ts";
import { words } from "../words.ts";

/** The list's columns, in order. */
export const COLUMNS = ["method", "url", "type", "reason", "header", "time"] as const satisfies readonly SortKey[];

/** A row's text in a column, as the reader sees it. */
export function columnText(row: Row, by: SortKey): string {
  switch (by) {
    case "method":
      return row.method;
    case "url":
      return `${row.name} ${row.host}`;
    case "type":
      return row.type;
    case "reason":
      return say(words, row.cause ?? row.title);
    case "header":
      return row.fault === null ? "" : `${row.fault.name} ${row.fault.on}`;
    case "time":
      return "";
  }
}
