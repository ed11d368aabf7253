import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CauseCode, Engine, Exchange } from "../../src/model.ts";

/** Real exchanges as the worker stored them. */
export interface Recording {
  /** Its name and version. */
  readonly browser: string;
  readonly engine: Engine;
  /** In the order in which they began. */
  readonly exchanges: readonly Labelled[];
}

/** An exchange and what has to be found in it. */
export interface Labelled {
  readonly scenario: string;
  /** Null where it only came before what the scenario is about. */
  readonly causes: readonly CauseCode[] | null;
  /** What the browser itself called it, where that was asked. */
  readonly browserError?: string | null;
  readonly exchange: Exchange;
}

/** `special` is what the lab's page can't bring about by itself. */
export type RecordingName = "chromium" | "firefox" | "chromium-special";

/** Writes a recording, a line for each exchange. */
export function writeRecording(name: RecordingName, { browser, engine, exchanges }: Recording): void {
  const lines = exchanges.map((labelled) => JSON.stringify(labelled)).join(",\n");
  writeFileSync(fileOf(name), `{ "browser": ${JSON.stringify(browser)}, "engine": ${JSON.stringify(engine)}, "exchanges": [\n${lines}\n] }\n`);
}

/** Reads a recording back. */
export function readRecording(name: RecordingName): Recording {
  return JSON.parse(readFileSync(fileOf(name), "utf8"));
}

function fileOf(name: RecordingName): string {
  return fileURLToPath(new URL(`../recorded/${name}.json`, import.meta.url));
}
