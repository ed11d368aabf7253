import { setTimeout } from "node:timers/promises";
import { until, type Page, type Panel } from "../browsers/browser.ts";
import { isEnded } from "../../src/exchange.ts";
import type { Exchange } from "../../src/model.ts";

/**
 * What the worker has stored of a tab, once all of it has ended and nothing changes any more.
 * @param count how many exchanges there have to be at least
 */
export async function storedExchanges(panel: Panel, { tabId }: Page, count: number): Promise<Exchange[]> {
  let stored: Exchange[] = [];
  await until("every exchange is stored", async () => {
    const before = JSON.stringify(stored);
    // What Resource Timing says comes a little after the response.
    await setTimeout(700);
    stored = await readStored(panel, tabId);
    return stored.length >= count && stored.every(isEnded) && JSON.stringify(stored) === before;
  });
  return stored;
}

/** What the worker has stored of a tab by now. */
export function readStored(panel: Panel, tabId: number): Promise<Exchange[]> {
  return panel.evaluate<Exchange[]>(`(${READ})(${tabId})`);
}

const READ = `async (tabId) => {
  const all = await (globalThis.browser ?? chrome).storage.session.get(null);
  const keys = Object.keys(all).filter((key) => key.startsWith("exchange:" + tabId + ":"));
  return keys.map((key) => JSON.parse(all[key])).sort((a, b) => a.order - b.order);
}`;

/** With times that begin at 0, so that a recording made again differs little. */
export function fromZero(exchanges: readonly Exchange[]): Exchange[] {
  const start = Math.min(...exchanges.map(({ hops }) => hops[0].request.startedTime));
  // A time of another sort, `responseStatus` and the like have other names.
  return JSON.parse(JSON.stringify(exchanges, (key, value) => ((key === "time" || key === "startedTime") && typeof value === "number" ? Math.round(value - start) : value)));
}
