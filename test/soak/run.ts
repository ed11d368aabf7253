/**
 * `npm run soak -- --minutes 30 --rate 50 --browser chromium|firefox [--kill-every 120]`: the panel in real DevTools, on a
 * page that sends and sends, with a worker that is killed now and then. Says once a minute how much memory the extension
 * holds, and which requests it missed or told wrongly; fails if the memory grows, or if there are any.
 *
 * The log is bounded, so what it holds is asked for every few seconds and kept here.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { HAR_REQUEST, IS_WATCHING, until, type DevToolsPanel, type Page } from "../browsers/browser.ts";
import { extensionFor } from "../browsers/extension.ts";
import { launch } from "../browsers/launch.ts";
import { spreadOf } from "../bench/numbers.ts";
import { heapOf, type Heap } from "./heap.ts";
import { EXPECTED, startSoakSite } from "./site.ts";
import { type Row, Tally } from "./tally.ts";

const ASK_EVERY_MILLISECONDS = 2000;
const MEASURE_EVERY_MILLISECONDS = 20_000;

/** So long after a request everything is told of it: DevTools repair up to 40 seconds after a kill, and Firefox is read for 3. In milliseconds. */
const TOLD_AFTER_MILLISECONDS = 48_000;

/** So long after a kill the panel is given to watch again: a Firefox that can't keep up with the rate takes seconds for each question. */
const WATCHING_WITHIN_MILLISECONDS = 60_000;

/** Of so many a kill may leave it open what became of them. */
const OPEN_AT_MOST = 0.005;

/** More than this in the last third than in the first is growth: garbage collection leaves no two heaps alike. */
const TOLERANCE = 1.1;

/** How many rows the panel knows of, and how many were forgotten, in its own words. */
const COUNTED = `[document.querySelector(".count")?.textContent, ...[...document.querySelectorAll(".banner")].map(({ textContent }) => textContent)].filter(Boolean).join(" / ")`;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    rate: { type: "string", default: "50" },
    browser: { type: "string", default: "chromium" },
    "kill-every": { type: "string", default: "120" },
  },
});
if (values.browser !== "chromium" && values.browser !== "firefox") throw new Error("--browser is chromium or firefox");
const engine = values.browser === "chromium" ? "chromium" : "gecko";
const duration = Number(values.minutes) * 60_000;
const killEvery = Number(values["kill-every"]) * 1000;

const site = await startSoakSite();
// What would watch the network for the tests takes more of a browser than what is tested.
const browser = await launch(engine, { extension: extensionFor(engine), unobserved: true });
try {
  const page = await browser.openPage(site.pageUrl);
  const panel = await browser.openDevTools(page);
  await until("the panel is watching", () => panel.evaluate<boolean>(IS_WATCHING));
  const watcher = await build({ entryPoints: [fileURLToPath(new URL("watcher.ts", import.meta.url))], bundle: true, format: "iife", write: false });
  await panel.evaluate(`(() => { ${watcher.outputFiles[0]?.text ?? ""} })()`);
  process.exitCode = (await soak(page, panel)) ? 0 : 1;
} finally {
  await browser.close();
  await site.close();
}

/** @returns whether all was well */
async function soak(page: Page, panel: DevToolsPanel): Promise<boolean> {
  const tally = new Tally(EXPECTED[engine]);
  const heaps: { readonly time: number; readonly heap: Heap }[] = [];
  /** How many had been sent, by time. */
  const sends: { readonly time: number; readonly sent: number }[] = [];
  let restarts = 0;
  const begun = Date.now();
  const end = begun + duration;
  const next = { ask: begun, measure: begun + MEASURE_EVERY_MILLISECONDS, kill: begun + killEvery, line: begun + 60_000 };

  const ask = async (): Promise<void> => {
    const [rows, sent] = await Promise.all([rowsOf(panel), page.evaluate<number>("globalThis.sent")]);
    tally.take(rows);
    sends.push({ time: Date.now(), sent });
  };
  const measure = async (): Promise<void> => void heaps.push({ time: Date.now(), heap: await heapOf(browser, panel) });
  const line = async (): Promise<void> => {
    const { heap } = heaps.at(-1) ?? { heap: { worker: null, panel: null, process: null } };
    // Only what is long over can be missed.
    const over = sends.findLast(({ time }) => time <= Date.now() - TOLD_AFTER_MILLISECONDS)?.sent ?? 0;
    const figures: Readonly<Record<string, string | number>> = {
      minute: Math.round((Date.now() - begun) / 60_000),
      sent: sends.at(-1)?.sent ?? 0,
      "rows seen": tally.seen,
      panel: await panel.evaluate<string>(COUNTED),
      "heap of worker": megabytes(heap.worker),
      "of panel": megabytes(heap.panel),
      "of process": megabytes(heap.process),
      restarts,
      missed: tally.missed(over).length,
      wrong: tally.wrong.length,
      "not fully seen": tally.open.length,
      twice: tally.twice.length,
    };
    console.log(Object.entries(figures).map(([name, figure]) => `${name} ${figure}`).join(" | "));
  };

  await page.evaluate(site.sender(Number(values.rate)));
  while (Date.now() < end) {
    const now = Date.now();
    if (now >= next.ask) {
      await ask();
      next.ask = now + ASK_EVERY_MILLISECONDS;
    }
    if (now >= next.measure) {
      await measure();
      next.measure = now + MEASURE_EVERY_MILLISECONDS;
    }
    if (now >= next.kill) {
      await browser.killWorker();
      await until("the panel is watching again", async () => (await browser.workerAlive()) && (await panel.evaluate<boolean>(IS_WATCHING)), WATCHING_WITHIN_MILLISECONDS);
      restarts += 1;
      // Then a panel takes over the whole log: each third of the time has such moments, by chance or not.
      await measure();
      next.kill = now + killEvery * (0.85 + 0.3 * Math.random());
    }
    if (now >= next.line) {
      await line();
      next.line += 60_000;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await page.evaluate("(globalThis.sent = Infinity, null)");
  const sent = sends.at(-1)?.sent ?? 0;
  for (const last = Date.now() + TOLD_AFTER_MILLISECONDS; Date.now() < last; await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MILLISECONDS))) tally.take(await rowsOf(panel));
  // What a report says is what the panel showed.
  tally.take(await reportOf(panel, page));

  await line();
  const grown = (["worker", "panel", "process"] as const).map((part) => growthOf(part, heaps.map(({ heap }) => heap[part])));
  const missed = tally.missed(sent);
  if (missed.length > 0) console.log(`missed: ${missed.slice(0, 50).join(" ")}`);
  for (const row of tally.wrong.slice(0, 20)) console.log(`wrong: ${row.join(" ")}`);
  for (const row of tally.open.slice(0, 20)) console.log(`not fully seen: ${row.join(" ")}`);
  for (const rows of tally.twice.slice(0, 20)) console.log(`twice: ${rows}`);
  for (const rows of tally.untold.slice(0, 20)) console.log(`in flight as two when last seen: ${rows}`);
  const flat = grown.every((growth) => growth.flat);
  const told = grown.map((growth) => growth.told).filter((text) => text !== "").join("; ");
  console.log(`memory ${flat ? "flat" : "GROWS"}: ${told}; restarts survived ${restarts}; not fully seen ${tally.open.length}; told twice ${tally.twice.length}; in flight as two when last seen ${tally.untold.length}; wrong ${tally.wrong.length}; rows missed ${missed.length}`);
  return flat && missed.length === 0 && tally.wrong.length === 0 && tally.twice.length === 0 && Math.max(tally.open.length, tally.untold.length) <= tally.seen * OPEN_AT_MOST;
}

/** What the panel knows of the page's requests. */
function rowsOf(panel: DevToolsPanel): Promise<Row[]> {
  return panel.evaluate<Row[]>("window.soakRows()");
}

/** What the HAR says of them. */
function reportOf(panel: DevToolsPanel, page: Page): Promise<Row[]> {
  return panel.evaluate<Row[]>(`(${HAR_REQUEST})(${page.tabId}).then(({ log }) => log.entries.flatMap(({ request, _cors }) =>
    _cors?.outcome === undefined ? [] : [[Number(request.url.split("/").at(-1)), _cors.pair, _cors.outcome, _cors.browserError ?? null]]))`);
}

/** The most in the first third, and in the last; the medians beside them say what single moments don't. */
function growthOf(part: string, measured: readonly (number | null)[]): { flat: boolean; told: string } {
  const known = measured.filter((value) => value !== null);
  const third = Math.ceil(known.length / 3);
  if (third === 0) return { flat: true, told: "" };
  const [first, last] = [spreadOf(known.slice(0, third)), spreadOf(known.slice(-third))];
  const told = `${part}: first third at most ${megabytes(first.most)}, last third ${megabytes(last.most)} (medians ${megabytes(first.median)}, ${megabytes(last.median)})`;
  return { flat: last.most <= first.most * TOLERANCE, told };
}

function megabytes(bytes: number | null): string {
  return bytes === null ? "–" : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
