import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../browsers/browser.ts";

/** What somebody heard who tried to speak to our worker: nothing, if all is well. */
export type Heard = readonly unknown[];

/**
 * Writes another unpacked extension: for the page that posts `{ tabId, id }` to itself it tries to speak to the extension
 * of that id, and posts `{ heard }`. In Chromium pages have `chrome.runtime` only because of such a one.
 * @returns its folder
 */
export async function stranger(engine: Engine): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "stranger-"));
  const manifest = {
    manifest_version: 3,
    name: "Speaks to whoever listens",
    version: "1",
    background: engine === "gecko" ? { scripts: ["background.js"] } : { service_worker: "background.js" },
    content_scripts: [{ matches: ["http://127.0.0.1/*"], js: ["content.js"] }],
    ...(engine === "gecko" ? { browser_specific_settings: { gecko: { id: "stranger@example.org" } } } : { externally_connectable: { matches: ["http://127.0.0.1/*"] } }),
  };
  const background = `${speakTo.toString()}
const __name = (f) => f;
const { runtime } = globalThis.browser ?? chrome;
runtime.onMessage.addListener(({ id, tabId }, sender, answer) => { speakTo(runtime, id, tabId).then(answer); return true; });`;
  const content = `
const { runtime } = globalThis.browser ?? chrome;
addEventListener("message", ({ data }) => {
  if (data.id !== undefined) runtime.sendMessage(data, (heard) => postMessage({ heard: heard ?? [String(runtime.lastError?.message)] }, "*"));
});`;
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "background.js"), background);
  await writeFile(join(folder, "content.js"), content);
  return folder;
}

/** The part of `runtime` that is needed to speak to an extension. */
export interface Runtime {
  connect(id: string, how: { name: string }): { onMessage: { addListener(heard: (message: unknown) => void): void }; postMessage(message: object): void };
  sendMessage(id: string, message: object): Promise<unknown>;
}

/** Asks for the HAR of a tab and for its log, and has it emptied. Runs anywhere, and so must not use anything from here. */
export async function speakTo(runtime: Runtime, id: string, tabId: number): Promise<unknown[]> {
  const heard: unknown[] = [];
  try {
    const answer = await runtime.sendMessage(id, { type: "har", tabId });
    if (answer !== undefined && answer !== null) heard.push(answer);
  } catch {
    // Nobody listens.
  }
  for (const watcher of ["panel", "devtools"]) {
    try {
      const port = runtime.connect(id, { name: `${watcher}:${tabId}` });
      port.onMessage.addListener((message) => heard.push(message));
      for (const message of [{ type: "precise", on: true }, { type: "clear" }]) port.postMessage(message);
    } catch {
      // It was closed at once.
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 700));
  return heard;
}
