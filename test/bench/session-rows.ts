import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Figure, figure } from "./figure.ts";
import { spreadOf } from "./numbers.ts";

/** What session-process.ts prints. */
export interface SessionTimes {
  /** In megabytes, by how many exchanges there have been; without what the storage holds. */
  readonly heap: Readonly<Record<string, number>>;
  readonly bytesAnExchange: number;
  readonly writeMicroseconds: number;
  /** Calls of the storage for a burst of 1,000 events, when each takes 5 ms. */
  readonly burstWrites: number;
}

const STOPS = [1000, 10_000, 20_000, 100_000];

/** What the worker's session of a tab costs, once, in a Node of its own: it takes a minute. */
export async function sessionFigures(): Promise<Figure[]> {
  const outfile = resolve("out/bench-session.mjs");
  const fake = fileURLToPath(new URL("fake-browser.ts", import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL("session-process.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    plugins: [{ name: "no browser", setup: ({ onResolve }) => onResolve({ filter: /^\.\/browser\.ts$/ }, () => ({ path: fake })) }],
  });
  const times: SessionTimes = JSON.parse(execFileSync(process.execPath, ["--expose-gc", outfile, ...STOPS.map(String)], { encoding: "utf8" }));
  const heapAfter = (count: number): number => times.heap[count] ?? NaN;
  return [
    ...STOPS.map((count) => figure("Node", `heap of a session after ${count.toLocaleString("en")} exchanges`, "MB", spreadOf([heapAfter(count)]))),
    figure("Node", "heap of a session: after 100,000 / after 20,000", "×", spreadOf([heapAfter(100_000) / heapAfter(20_000)]), 1),
    figure("Node", "journal, an exchange", "bytes", spreadOf([times.bytesAnExchange])),
    figure("Node", "journal: to write an exchange, of 1,000", "µs", spreadOf([times.writeMicroseconds])),
    figure("Node", "journal: calls of a storage of 5 ms in a burst of 1,000 events", "calls", spreadOf([times.burstWrites])),
  ];
}
