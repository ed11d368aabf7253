import { setTimeout } from "node:timers/promises";
import type { FilledPanel } from "./filled-panel.ts";
import { quantile } from "./numbers.ts";
import { longestGapWhileOpening } from "./opened-file.ts";
import { atPaint, filterTimes, frameGaps, longestFrame, showEverything, timeToAll, toTheEnd } from "./in-panel.ts";

/** A line of the table: a figure of one run, on a panel that has just been filled. */
export interface PanelRow {
  readonly name: string;
  readonly unit: "ms" | "frames" | "MB";
  /** What it should be at 10,000 exchanges, or null. */
  readonly wanted: number | null;
  /** Null where the browser doesn't tell. */
  measure(filled: FilledPanel, count: number): Promise<number | null>;
}

/** How many new blocks, and how many steps a scroll from end to end has. */
const BLOCKS = 50;
const FRAMES = 120;

/** Longer than a log of 10,000 takes until it is told. */
const TELLING_MILLISECONDS = 3000;

const FRAME_MILLISECONDS = 1000 / 60;

/** In the order in which they are measured: the first fills the panel, and all others need that. */
export const PANEL_ROWS: readonly PanelRow[] = [
  {
    name: "snapshot to first paint",
    unit: "ms",
    wanted: 150,
    measure: async ({ panel, speak }, count) => {
      await panel.evaluate(atPaint, "first", ".list-body [role=row]", "");
      await panel.evaluate(atPaint, "all", ".count", countOf(count));
      const started = await speak<number>(`speaker.snapshot(${count})`);
      const painted = await panel.evaluate<number>("window.painted.first");
      await panel.evaluate(`(window.started = ${started}) && null`);
      return painted - started;
    },
  },
  {
    name: "snapshot to right counts, painted",
    unit: "ms",
    wanted: 1000,
    measure: ({ panel }) => panel.evaluate<number>("window.painted.all.then((time) => time - window.started)"),
  },
  { name: "new block to its row, p95, grouped", unit: "ms", wanted: 100, measure: (filled, count) => newRows(filled, count) },
  { name: "from the blocked requests to all, click to paint", unit: "ms", wanted: null, measure: ({ panel }) => panel.evaluate<number>(timeToAll) },
  {
    name: "new block to its row, p95, ungrouped, all",
    unit: "ms",
    wanted: 100,
    measure: async (filled, count) => {
      await filled.panel.evaluate(showEverything);
      return newRows(filled, count + BLOCKS);
    },
  },
  {
    name: `scroll from end to end in ${FRAMES} frames: dropped`,
    unit: "frames",
    wanted: null,
    measure: async ({ panel }) => {
      const gaps = await panel.evaluate(frameGaps, FRAMES);
      return gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME_MILLISECONDS) - 1), 0);
    },
  },
  {
    name: "a letter in the filter to paint, p95",
    unit: "ms",
    wanted: null,
    measure: async ({ panel }) => quantile(await panel.evaluate(filterTimes, "api-1 -post allow-origin-missing"), 0.95),
  },
  {
    name: "heap of the panel",
    unit: "MB",
    wanted: null,
    measure: async ({ protocol }) => {
      if (protocol === null) return null;
      await protocol.send("HeapProfiler.collectGarbage");
      const { usedSize } = (await protocol.send("Runtime.getHeapUsage")) as { usedSize: number };
      return usedSize / 1_000_000;
    },
  },
  {
    name: "longest frame while a worker that has started again tells the same log",
    unit: "ms",
    wanted: null,
    measure: async ({ panel, speak }) => {
      const longest = panel.evaluate(longestFrame, TELLING_MILLISECONDS);
      await speak("speaker.again()");
      return longest;
    },
  },
  { name: "longest frame while a HAR of as many requests, 10 KB each, is opened", unit: "ms", wanted: null, measure: ({ panel }, count) => longestGapWhileOpening(panel, count) },
];

/** One after the other, each seen before the next is made. */
async function newRows({ panel, speak }: FilledPanel, first: number): Promise<number> {
  const times: number[] = [];
  for (let index = first; index < first + BLOCKS; index++) {
    await panel.evaluate(toTheEnd);
    await panel.evaluate(atPaint, "row", `.cell-url[title*="//new-${index}.example/"]`, "");
    const started = await speak<number>(`speaker.block(${index})`);
    times.push((await panel.evaluate<number>("window.painted.row")) - started);
    await setTimeout(20);
  }
  return quantile(times, 0.95);
}

/** As the toolbar writes it in English. */
function countOf(count: number): string {
  return new Intl.NumberFormat("en").format(count);
}
