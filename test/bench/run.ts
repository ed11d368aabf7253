/**
 * `npm run bench [-- --chromium | --firefox | --core | --size | --page | --worker | --cli] [--runs N]`: how the panel does with 100, 1,000 and 10,000 recorded
 * exchanges, in the real DevTools, the pure part in Node, and pages beside it (`--page --firefox`: in Firefox, which is left out else). Prints a table and writes out/bench.json.
 *
 * A log of 10,000 can't be had by requests: the worker keeps 4 MB of a tab, some 2,000 exchanges as real as these. So the
 * bench speaks for the worker, in it and with its port code (`speaker.ts`), and all from there to the screen is real.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { BROWSERS } from "../panel/lab-panel.ts";
import { bundledCore } from "./bundled-core.ts";
import type { Figure } from "./figure.ts";
import { openFilledPanel } from "./filled-panel.ts";
import { recordedKinds } from "./kinds.ts";
import { spreadOf } from "./numbers.ts";
import { pageFigures } from "./page-rows.ts";
import { PANEL_ROWS } from "./panel-rows.ts";
import { bundleParts } from "./bundle-parts.ts";
import { sessionFigures } from "./session-rows.ts";
import { bundleSizes } from "./size-rows.ts";
import { workerFigures } from "./worker-rows.ts";

const SIZES = [100, 1000, 10_000] as const;

const { values } = parseArgs({ options: { chromium: { type: "boolean" }, firefox: { type: "boolean" }, core: { type: "boolean" }, size: { type: "boolean" }, page: { type: "boolean" }, worker: { type: "boolean" }, cli: { type: "boolean" }, runs: { type: "string", default: "3" } } });
const runs = Number(values.runs);
// Of another kind, and in processes of its own.
if (values.cli) {
  await import("../cli/bench.ts");
  process.exit();
}
const all = !values.chromium && !values.firefox && !values.core && !values.size && !values.page && !values.worker;
/** Single measurements of pages are short and scatter: asked for alone, there are some more. */
const pageRounds = values.page ? runs + 2 : runs;

const figures: Figure[] = [];
for (const build of BROWSERS) if (all || (values[build.name] && !values.page)) figures.push(...(await panelFigures(build)));
for (const build of BROWSERS) if ((all && build.name === "chromium") || (values.page && (values[build.name] || (build.name === "chromium" && !values.firefox)))) figures.push(...(await pageFigures(build, pageRounds)));
if (all || values.core) figures.push(...(await coreFigures()), ...(await inFlightFigures()), ...(await sessionFigures()));
if (all || values.worker) figures.push(...(await workerFigures(BROWSERS[0] as (typeof BROWSERS)[number], runs)));
if (all || values.size) figures.push(...sizeFigures(), ...(await bundleParts()));
const machine = `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`;
mkdirSync("out", { recursive: true });
writeFileSync("out/bench.json", `${JSON.stringify({ time: new Date().toISOString(), machine, runs, figures }, null, 2)}\n`);
print();

async function panelFigures(build: (typeof BROWSERS)[number]): Promise<Figure[]> {
  const filled = await openFilledPanel(build);
  const seen = new Map<string, number[]>();
  try {
    for (let run = 0; run < runs; run++) {
      for (const size of SIZES) {
        await filled.renew();
        for (const { name, measure } of PANEL_ROWS) {
          const figure = await measure(filled, size);
          if (figure !== null) seen.set(`${name} ${size}`, [...(seen.get(`${name} ${size}`) ?? []), figure]);
        }
      }
    }
  } finally {
    await filled.close();
  }
  return PANEL_ROWS.flatMap(({ name, unit, wanted }) => {
    const at = Object.fromEntries(SIZES.flatMap((size) => (seen.has(`${name} ${size}`) ? [[size, spreadOf(seen.get(`${name} ${size}`) ?? [])]] : [])));
    const base = at[SIZES[0]]?.median;
    if (base === undefined) return [];
    const ratios = Object.fromEntries(Object.entries(at).flatMap(([size, { median }]) => (base === 0 ? [] : [[size, median / base]])));
    return [{ where: `${build.name} ${filled.version}`, row: name, unit, at, ratios, wanted }];
  });
}

async function coreFigures(): Promise<Figure[]> {
  const { CORE_ROWS, given } = await bundledCore();
  const what = given("chromium", recordedKinds("chromium"));
  const measured: Figure[] = [];
  for (const { name, unit, measure } of CORE_ROWS) {
    const seen: number[] = [];
    for (let run = 0; run < runs; run++) seen.push(await measure(what));
    measured.push({ where: "Node", row: name, unit, at: { core: spreadOf(seen) }, ratios: {}, wanted: null });
  }
  return measured;
}

/** Ratios are to 100 in flight. The worker takes the events of 20 ms at once: with 10,000 in flight they come by hundreds. */
async function inFlightFigures(): Promise<Figure[]> {
  const { stepInFlight, mapInFlight } = await bundledCore();
  const bursts = [3, 30, 300].map((burst) => ({ how: `${burst} events at once`, wanted: 1.5, measure: (count: number) => stepInFlight("chromium", count, burst) }));
  const ways = [...bursts, { how: "a bare Map of them", wanted: null, measure: mapInFlight }];
  const figures: Figure[] = [];
  for (const { how, wanted, measure } of ways) {
    const counts = [1, 100, 10_000];
    const seen = counts.map((): number[] => []);
    for (let run = 0; run < runs; run++) for (const [place, count] of counts.entries()) seen[place]?.push(await measure(count));
    const at = Object.fromEntries(counts.map((count, place) => [count, spreadOf(seen[place] ?? [])]));
    const base = at[100]?.median ?? NaN;
    const ratios = Object.fromEntries(Object.entries(at).map(([count, { median }]) => [count, median / base]));
    figures.push({ where: "Node", row: `an event with 1, 100, 10,000 requests in flight, ${how}`, unit: "µs", at, ratios, wanted });
  }
  return figures;
}

function sizeFigures(): Figure[] {
  return bundleSizes("dist/chrome").map(({ file, wanted, ...sizes }) => ({
    where: "dist/chrome",
    row: `${file} and what it loads at once: minified, gzip, brotli`,
    unit: "kB",
    at: Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, spreadOf([size])])),
    ratios: {},
    wanted,
  }));
}

function print(): void {
  console.log(`${machine}; medians of ${runs} runs (least–most)`);
  for (const where of new Set(figures.map((figure) => figure.where))) {
    console.log(`\n${where}\n${"".padEnd(72)}${SIZES.map((size) => String(size).padStart(22)).join("")}  ×1,000  ×10,000  wanted`);
    for (const { row, unit, at, ratios, wanted } of figures.filter((figure) => figure.where === where)) {
      const cells = Object.values(at).map(({ median, least, most }) => `${short(median, unit)} (${short(least, unit)}–${short(most, unit)})`.padStart(22));
      const compared = SIZES.slice(1).map((size) => (ratios[size] === undefined ? "" : ratios[size].toFixed(1)).padStart(8)).join(" ");
      console.log(`${`${row}, ${unit}`.padEnd(72)}${cells.join("")}${compared}${wanted === null ? "" : `  ≤ ${wanted}`.padStart(8)}`);
    }
  }
}

function short(value: number, unit: string): string {
  if (unit === "×") return value.toFixed(2);
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}
