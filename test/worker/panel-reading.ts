import type { Har } from "har-format";
import { HAR_REQUEST, type Engine, type Evaluate, type Page } from "../browsers/browser.ts";
import type { Ours } from "../conformance/compare.ts";

/** Where a panel runs, in a tab or in DevTools. */
interface Readable {
  readonly evaluate: Evaluate;
}

/** What is exported of one request. */
export interface Report extends Ours {
  readonly url: string;
}

export const ENGINES: readonly Engine[] = ["chromium", "gecko"];

/** The verdicts in the HAR of a page, as the worker exports it. */
export async function reports(panel: Readable, page: Page): Promise<Report[]> {
  const { log } = await panel.evaluate<Har>(`(${HAR_REQUEST})(${page.tabId})`);
  return log.entries.flatMap((entry) => {
    const cors = (entry as { _cors?: Partial<Ours> })._cors;
    return cors?.outcome === undefined ? [] : [{ ...cors, outcome: cors.outcome, url: entry.request.url }];
  });
}

/** The rows that a panel has on screen, a line for each request, as text: URL and reason. */
export async function rows(panel: Readable): Promise<string[]> {
  await panel.evaluate(`(() => {
    const grouped = document.querySelector("input[name=grouped]");
    if (grouped?.checked) grouped.click();
  })()`);
  return panel.evaluate<string[]>(`[...document.querySelectorAll(".row:not(.list-head)")].map((row) =>
    [row.className.split("row-").at(-1), row.querySelector(".cell-url").title, row.querySelector(".cell-reason").title].join(" "))`);
}

/** Counts from now on how often a panel loses the worker; also marks the document, which a reload would replace. */
export function countLosses(panel: Readable): Promise<unknown> {
  return panel.evaluate(`(() => {
    window.corsLosses = 0;
    new MutationObserver(() => {
      if (document.documentElement.dataset.connection === "connecting") window.corsLosses += 1;
    }).observe(document.documentElement, { attributeFilter: ["data-connection"] });
  })()`);
}

/** @returns how often the panel lost the worker since `countLosses`, or null if it was reloaded */
export function losses(panel: Readable): Promise<number | null> {
  return panel.evaluate<number | null>("window.corsLosses ?? null");
}

/** Sends GET requests from a page, without waiting for what becomes of them. */
export function send(page: Page, urls: readonly string[]): Promise<unknown> {
  return page.evaluate(`(${JSON.stringify(urls)}.forEach((url) => void fetch(url).catch(() => {})), null)`);
}
