import { build } from "esbuild";
import type { Browser, Page, Panel } from "../browsers/browser.ts";
import type { Case } from "./case.ts";
import { CLASSES, compareAll, type Class, type Ours, type Told } from "./compare.ts";
import { observe } from "./observe.ts";
import type { CaseServer } from "./server.ts";

/** As many cases run at once. */
export const BATCH = 30;

/** How often each class came out. */
export type Tally = { cases: number; blocked: number; classes: Map<Class, number> };

/** What came of one case. */
export type Outcome = { case: Case; seen: string; told: Told; ours: Ours | null; class: Class };

/** Runs cases through the built extension and compares each with the browser's own verdict; hands on what came of them, in order. */
export async function run(browser: Browser, page: Page, panel: Panel, server: CaseServer, cases: readonly Case[], each: (outcome: Outcome) => void): Promise<void> {
  for (let start = 0; start < cases.length; start += BATCH) {
    const batch = cases.slice(start, start + BATCH);
    const observed = await observe(browser, page, panel, server, batch);
    for (const [index, current] of batch.entries()) {
      const seenHere = observed[index];
      if (seenHere === undefined) throw new Error(`${current.id} was not observed`);
      const { told, ours, seen } = seenHere;
      each({ case: current, seen, told, ...compareAll(browser.engine, told, ours, current.times ?? 1) });
    }
  }
}

export const emptyTally = (): Tally => ({ cases: 0, blocked: 0, classes: new Map() });

/** Counts an outcome. */
export function count(tally: Tally, outcome: Outcome): void {
  tally.cases++;
  if (outcome.told.blocked) tally.blocked++;
  tally.classes.set(outcome.class, (tally.classes.get(outcome.class) ?? 0) + 1);
}

/** @returns the line of totals */
export function totals({ cases, blocked, classes }: Tally): string {
  return `cases ${cases} blocked ${blocked} ${CLASSES.map((name) => `${name} ${classes.get(name) ?? 0}`).join(" ")}`;
}

/** The extension said something else than the browser. */
export function disagrees(found: Class): boolean {
  return found === "wrong" || found === "missed" || found === "false";
}

/** @returns whether any of the cases did */
export function hasDisagreements({ classes }: Tally): boolean {
  return [...classes.keys()].some(disagrees);
}

/** @returns a disagreement as one line */
export function disagreement({ case: current, seen, told, ours, class: found }: Outcome): string {
  return `${found} ${JSON.stringify({ case: current, page: seen, browser: told, ours })}`;
}

/** The script of the page that issues the requests. */
export async function pageScript(): Promise<string> {
  const bundled = await build({ entryPoints: [new URL("page.ts", import.meta.url).pathname], bundle: true, format: "iife", write: false });
  return bundled.outputFiles[0]?.text ?? "";
}

/**
 * Opens the panel of a page in a tab. In Firefox DevTools are opened too: they know more of a response than webRequest
 * does, and tell the panel.
 */
export async function watch(browser: Browser, page: Page): Promise<Panel> {
  const panel = await browser.watch(page);
  if (browser.engine === "gecko") await browser.openDevTools(page);
  return panel;
}
