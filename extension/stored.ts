import type { Exchange, Log } from "../src/model.ts";
import { isRecord } from "../src/record.ts";
import type { Settings } from "./session.ts";

/**
 * The edge where the session journal enters. It was written by this very version of the extension (an update empties
 * `storage.session`), so what tells a record of ours from anything else is enough.
 */

export function isCounts(value: unknown): value is Omit<Log, "exchanges"> {
  return (
    isRecord(value) &&
    (value["engine"] === "chromium" || value["engine"] === "gecko") &&
    typeof value["begun"] === "number" &&
    typeof value["dropped"] === "number" &&
    typeof value["clearedTime"] === "number" &&
    typeof value["heardTime"] === "number" &&
    (value["gap"] === null || (isRecord(value["gap"]) && typeof value["gap"]["from"] === "number" && typeof value["gap"]["to"] === "number")) &&
    Array.isArray(value["cleared"]) &&
    value["cleared"].every((id) => typeof id === "string")
  );
}

export function isSettings(value: unknown): value is Settings {
  return (
    isRecord(value) &&
    typeof value["recording"] === "boolean" &&
    typeof value["preserve"] === "boolean" &&
    (value["channel"] === null || typeof value["channel"] === "string")
  );
}

export function isExchange(value: unknown): value is Exchange {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    typeof value["order"] === "number" &&
    Array.isArray(value["hops"]) &&
    value["hops"].length > 0 &&
    value["hops"].every((hop) => isRecord(hop) && isRecord(hop["request"]))
  );
}

/** @returns null when it is no JSON of an exchange */
export function readExchange(stored: unknown): Exchange | null {
  if (typeof stored !== "string") return null;
  try {
    const exchange: unknown = JSON.parse(stored);
    return isExchange(exchange) ? exchange : null;
  } catch {
    return null;
  }
}
