import type { Entry } from "../src/entry.ts";
import { HAR_PROBLEMS, type HarProblem } from "../src/har/har-error.ts";
import type { Source } from "../src/har/source.ts";
import { isRecord } from "../src/record.ts";
import { isExchange } from "./stored.ts";

/** What the panel says to the worker that reads files: which one, that it has dealt with a part, and that nothing more is wanted. */
export type ToReader = { readonly type: "read"; readonly file: File } | { readonly type: "more" } | { readonly type: "stop" };

/** What that worker says of the file. */
export type FromReader =
  /** How many of its bytes were read; all of them while it is parsed. */
  | { readonly type: "progress"; readonly bytes: number }
  /** Some of what it has, judged; the next part comes when it is asked for. */
  | { readonly type: "part"; readonly entries: readonly Entry[] }
  /** After the last part. */
  | { readonly type: "done"; readonly source: Source; readonly requests: number }
  | { readonly type: "wrong"; readonly problem: HarProblem; readonly place: string; readonly found: string }
  /** The system doesn't let it be read: it is a folder, or gone. */
  | { readonly type: "unreadable" }
  /** With the browser's own words. */
  | { readonly type: "failed"; readonly message: string };

/** The edge where messages to the reading worker enter. */
export function isToReader(message: unknown): message is ToReader {
  return isRecord(message) && (message["type"] === "more" || message["type"] === "stop" || (message["type"] === "read" && message["file"] instanceof File));
}

/** The edge where its messages enter. */
export function isFromReader(message: unknown): message is FromReader {
  if (!isRecord(message)) return false;
  switch (message["type"]) {
    case "progress":
      return typeof message["bytes"] === "number";
    case "part":
      return Array.isArray(message["entries"]) && message["entries"].every(isEntry);
    case "done":
      return isSource(message["source"]) && typeof message["requests"] === "number";
    case "wrong":
      return HAR_PROBLEMS.some((problem) => problem === message["problem"]) && typeof message["place"] === "string" && typeof message["found"] === "string";
    case "unreadable":
      return true;
    case "failed":
      return typeof message["message"] === "string";
    default:
      return false;
  }
}

/** The worker judges by the panel's own code: what tells an entry from anything else is enough. */
function isEntry(value: unknown): value is Entry {
  return isRecord(value) && isExchange(value["exchange"]) && isRecord(value["verdict"]) && isRecord(value["row"]) && typeof value["listed"] === "string" && typeof value["searched"] === "string";
}

function isSource(value: unknown): value is Source {
  return (
    isRecord(value) &&
    typeof value["tool"] === "string" &&
    (value["engine"] === "chromium" || value["engine"] === "gecko") &&
    (value["seenBy"] === "browser" || value["seenBy"] === "proxy") &&
    typeof value["foreign"] === "boolean"
  );
}
