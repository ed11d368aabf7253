import type { Exchange, Log } from "../src/model.ts";
import type { Settings } from "./session.ts";

/**
 * The edge where the session journal enters. It was written by this very version of the extension (an update empties
 * `storage.session`), so what tells a record of ours from anything else is enough.
 */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isCounts(value: unknown): value is Omit<Log, "exchanges"> {
  return (
    isRecord(value) &&
    (value["engine"] === "chromium" || value["engine"] === "gecko") &&
    typeof value["begun"] === "number" &&
    typeof value["dropped"] === "number" &&
    typeof value["clearedTime"] === "number" &&
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
