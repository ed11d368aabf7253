import type { Entry } from "../../src/entry.ts";
import type { Engine } from "../../src/model.ts";
import { toHar } from "../../src/report/har.ts";
import browser from "../browser.ts";
import { words } from "../words.ts";

/** Saves all cross-origin exchanges as a HAR file. */
export function exportHar(entries: readonly Entry[], engine: Engine): void {
  const exchanges = entries.filter(({ listed }) => listed !== "nowhere").map(({ exchange }) => exchange);
  const har = toHar(exchanges, engine, words, browser.runtime.getManifest().version);
  const url = URL.createObjectURL(new Blob([JSON.stringify(har, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `cors-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.har`;
  link.click();
  // Firefox begins to read the file only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
