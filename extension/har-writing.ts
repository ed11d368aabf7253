import type { HarWritten, WriteHar } from "../src/protocol.ts";
import { isRecord } from "../src/record.ts";
import browser from "./browser.ts";
import { words } from "./words.ts";

/** The edge where the worker's orders enter: the worker is ours, so exchanges are not looked at one by one. */
export function isWriteHar(message: unknown): message is WriteHar {
  return isRecord(message) && message["type"] === "write-har" && typeof message["question"] === "number" && Array.isArray(message["exchanges"]);
}

/** Writes the HAR that the worker has been asked for. What writes it is loaded when it is first needed. */
export async function harWritten({ question, engine, exchanges }: WriteHar): Promise<HarWritten> {
  const { toHar } = await import("../src/report/har.ts");
  return { type: "har-written", question, har: toHar(exchanges, engine, { words, version: browser.runtime.getManifest().version, sensitive: false }) };
}
