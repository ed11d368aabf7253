import { entryOf } from "../../src/entry.ts";
import { readRecording } from "../lab/recording.ts";
import type { Kinds } from "./exchanges.ts";

/** The recorded exchanges of a browser, by what became of them. */
export function recordedKinds(name: "chromium" | "firefox"): Kinds {
  const { engine, exchanges } = readRecording(name);
  // Recorded before there were trials.
  const entries = exchanges.map(({ exchange }) => entryOf({ ...exchange, trials: [], unheard: false }, engine));
  return {
    blocked: entries.filter(({ listed, verdict }) => listed === "blocked" && verdict.outcome === "blocked").map(({ exchange }) => exchange),
    allowed: entries.filter(({ listed, verdict }) => listed === "all" && verdict.outcome === "allowed").map(({ exchange }) => exchange),
  };
}
