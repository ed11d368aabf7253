import type { Call } from "../src/model.ts";
import { isRecord } from "../src/record.ts";
import type { Timing } from "../src/resource-timing.ts";

/** What a frame knows. */
export interface FrameRecords {
  readonly timings: readonly Timing[];
  /** What the page asked for; empty without precise mode. */
  readonly calls: readonly Call[];
  /** Of the frame's document, serialised. */
  readonly origin: string;
}

/** The edge where a frame's records enter. A page may have told the collector anything. */
export function recordsOf(result: unknown): FrameRecords {
  if (!isRecord(result)) return { timings: [], calls: [], origin: "null" };
  const { timings, calls, origin } = result;
  return {
    timings: Array.isArray(timings) ? timings.filter(isTiming) : [],
    calls: Array.isArray(calls) ? calls.filter(isCall) : [],
    origin: typeof origin === "string" ? origin : "null",
  };
}

function isCall(value: unknown): value is Call {
  const oneOf = (field: unknown, ...known: readonly (string | null)[]): boolean => known.some((each) => each === field);
  return (
    isRecord(value) &&
    oneOf(value["api"], "fetch", "xhr", "event-source", "beacon", "element") &&
    typeof value["url"] === "string" &&
    typeof value["method"] === "string" &&
    typeof value["time"] === "number" &&
    oneOf(value["mode"], "cors", "no-cors", "same-origin", null) &&
    oneOf(value["credentials"], "omit", "same-origin", "include", null) &&
    oneOf(value["redirect"], "follow", "error", "manual", null) &&
    typeof value["violatesPolicy"] === "boolean" &&
    (value["callSite"] === null || typeof value["callSite"] === "string")
  );
}

function isTiming(value: unknown): value is Timing {
  return (
    isRecord(value) &&
    typeof value["name"] === "string" &&
    typeof value["startedTime"] === "number" &&
    typeof value["endedTime"] === "number" &&
    typeof value["responseStatus"] === "number"
  );
}
