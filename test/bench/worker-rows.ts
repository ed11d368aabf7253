import { setTimeout } from "node:timers/promises";
import { evaluator, until } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import type { Build } from "../panel/lab-panel.ts";
import { type Figure, figure } from "./figure.ts";
import { spreadOf } from "./numbers.ts";
import { startPageSite } from "./page-site.ts";

/** The page asks at these intervals while the worker is killed, in milliseconds. */
const EVERY = 20;

/** So often, and so long after the kill, there must be something in the journal. */
const TIMES = 100;

/** How long from the start of Chromium's worker until its first request of a watched tab is in the journal. */
export async function workerFigures({ engine, extension, name }: Build, runs: number): Promise<Figure[]> {
  const site = await startPageSite();
  const browser = await launch(engine, { extension, unobserved: true });
  const fromStart: number[] = [];
  const fromRequest: number[] = [];
  try {
    const page = await browser.openPage(site.quiet);
    const panel = await browser.watch(page);
    await panel.evaluate(collectJournal);
    for (let run = 0; run < runs; run++) {
      await setTimeout(2000);
      await panel.evaluate("journal.splice(0) && null");
      await page.evaluate(`(async () => { for (let n = 0; n < ${TIMES}; n++) { void ${site.nudge}; await new Promise((next) => setTimeout(next, ${EVERY})); } })() && null`);
      await browser.killWorker();
      await until("a new worker lives", () => browser.workerAlive());
      await setTimeout(TIMES * EVERY);
      const worker = await browser.attach("/background.js");
      const born = await evaluator(async (expression) => resultOf(await worker?.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })))<number>("performance.timeOrigin");
      await worker?.detach();
      const entries = await panel.evaluate<[written: number, begun: number][]>("journal");
      const first = entries.find(([written]) => written > born);
      if (first === undefined) throw new Error("the new worker wrote nothing");
      fromStart.push(first[0] - born);
      // Requests whose events the old worker had are in the journal already: these began after it, or while none was there.
      const begun = Math.min(...entries.filter(([written, start]) => written === first[0] && start > born - 1000).map(([, start]) => start));
      fromRequest.push(first[0] - begun);
    }
  } finally {
    await browser.close();
    site.close();
  }
  const where = `worker in ${name} ${browser.version}`;
  return [
    figure(where, "its start to the first request in the journal", "ms", spreadOf(fromStart)),
    figure(where, "the first request that a new worker hears, to its journal", "ms", spreadOf(fromRequest)),
  ];
}

/** Source for a page of the extension: when each exchange was first written, and when its request began. */
const collectJournal = `(() => {
  globalThis.journal = [];
  const known = new Set();
  chrome.storage.session.onChanged.addListener((changes) => {
    const time = Date.now();
    for (const [key, { newValue }] of Object.entries(changes)) {
      if (!key.startsWith("exchange:") || newValue === undefined || known.has(key)) continue;
      known.add(key);
      journal.push([time, JSON.parse(newValue).hops[0].request.startedTime]);
    }
  });
})()`;

function resultOf(answer: unknown): unknown {
  return (answer as { result?: { value?: unknown } }).result?.value;
}
