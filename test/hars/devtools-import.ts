import { readFile } from "node:fs/promises";
import { type DevToolsPanel, until } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import { withBystander } from "./bystander.ts";
import * as frontEnd from "./front-end-scripts.ts";
import * as netmonitor from "./netmonitor-scripts.ts";

/** What a browser's Network panel made of a HAR file. */
export interface Imported {
  /** The rows of its list. */
  readonly rows: number;
  readonly preflights: readonly LinkedPreflight[];
  /** What it complained of. */
  readonly errors: readonly string[];
}

/** A preflight, and the request that the panel links it to, as `METHOD URL`. */
export interface LinkedPreflight {
  readonly url: string;
  readonly main: string | null;
}

/**
 * Imports a HAR file into the Network panel of Chrome's DevTools, as its button does.
 * @param picture where a PNG of the panel goes
 */
export function importIntoChrome(file: string, picture: string): Promise<Imported> {
  return inDevTools("chromium", async ({ around, screenshot }) => {
    await around(frontEnd.SHOW_NETWORK);
    const errors = await around<string[]>(frontEnd.importHar(await readFile(file, "utf8")));
    const rows = await settledRows(around, frontEnd.COUNT_ROWS);
    await screenshot(picture);
    return { rows, preflights: await around<LinkedPreflight[]>(frontEnd.PREFLIGHTS), errors };
  });
}

/**
 * Imports a HAR file into the Network panel of Firefox's DevTools, as dropping it there does. That panel knows of no preflights.
 * @param picture where a PNG of the panel goes
 */
export function importIntoFirefox(file: string, picture: string): Promise<Imported> {
  return inDevTools("gecko", async ({ around, screenshot }) => {
    await around(netmonitor.SHOW_NETMONITOR);
    const errors = await around<string[]>(netmonitor.importHar(await readFile(file, "utf8")));
    const rows = await settledRows(around, netmonitor.COUNT_ROWS);
    await screenshot(picture);
    return { rows, preflights: [], errors };
  });
}

/** A page's DevTools, with no requests of its own in them. */
function inDevTools<T>(engine: "chromium" | "gecko", use: (devTools: DevToolsPanel) => Promise<T>): Promise<T> {
  return withBystander(async (extension) => {
    const browser = await launch(engine, { extension });
    try {
      return await use(await browser.openDevTools(await browser.openPage("about:blank")));
    } finally {
      await browser.close();
    }
  });
}

/** Panels draw when they find the time. */
async function settledRows(around: DevToolsPanel["around"], count: string): Promise<number> {
  let rows = -1;
  await until("the Network panel has its rows", async () => {
    const last = rows;
    await around("new Promise((resolve) => setTimeout(resolve, 500, null))");
    rows = await around<number>(count);
    return rows === last;
  });
  return rows;
}
