import { parseArgs } from "node:util";
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { until, type Browser, type Engine, type Page, type Panel } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import { readCases, type Case } from "./case.ts";
import { CLASSES, compareAll, type Class, type Ours } from "./compare.ts";
import { generate } from "./generate.ts";
import { observe } from "./observe.ts";
import { serveCases } from "./server.ts";

const USAGE = "npm run conformance -- --browser chromium|firefox [--seed S --count N | --cases FILE] [--precise] [--out FILE]";
const BATCH = 30;

type Options = { engine: Engine; cases: Case[]; out: string | null; precise: boolean };

/** Runs the cases through the built extension and prints the totals and each disagreement; the exit code is 1 if there are any. */
async function main(): Promise<void> {
  const { engine, cases, out, precise } = await options();
  const heard = heardBlocked();
  const totals = new Map<Class, number>();
  let blocked = 0;
  const lines: string[] = [];
  await withBrowser(engine, precise, async (browser, page, panel, server) => {
    for (let start = 0; start < cases.length; start += BATCH) {
      const batch = cases.slice(start, start + BATCH);
      const observed = await observe(browser, page, panel, server, batch);
      for (const [index, each] of batch.entries()) {
        const seenHere = observed[index];
        if (seenHere === undefined) throw new Error(`${each.id} was not observed`);
        const { told, ours, seen } = seenHere;
        const result = compareAll(engine, told, ours, each.times ?? 1);
        totals.set(result.class, (totals.get(result.class) ?? 0) + 1);
        if (told.blocked) blocked++;
        if (told.blocked) heard.count(each.api, result);
        lines.push(JSON.stringify({ id: each.id, browser: told, ours: result.ours }));
        if (["wrong", "missed", "false"].includes(result.class)) {
          process.stdout.write(`${result.class} ${JSON.stringify({ case: each, page: seen, browser: told, ours: result.ours })}\n`);
        }
      }
    }
  });
  if (out) await writeFile(out, lines.map((line) => `${line}\n`).join(""));
  process.stdout.write(`cases ${cases.length} blocked ${blocked} ${CLASSES.map((name) => `${name} ${totals.get(name) ?? 0}`).join(" ")}\n`);
  if (precise) process.stdout.write(heard.line());
  if (totals.has("wrong") || totals.has("missed") || totals.has("false")) process.exitCode = 1;
}

async function options(): Promise<Options> {
  const { values } = parseArgs({
    options: { browser: { type: "string" }, seed: { type: "string" }, count: { type: "string" }, cases: { type: "string" }, out: { type: "string" }, precise: { type: "boolean" } },
  });
  const { browser, seed, count = "300", cases, out, precise } = values;
  if (browser !== "chromium" && browser !== "firefox") throw new Error("--browser must be chromium or firefox");
  if (cases !== undefined && (seed !== undefined || values.count !== undefined)) throw new Error("give either --cases or --seed and --count");
  if (!/^[1-9]\d*$/.test(count)) throw new Error("--count must be a whole number from 1");
  const chosen = cases === undefined ? generate(seed ?? "1", Number(count)) : await fromFile(cases);
  return { engine: browser === "chromium" ? "chromium" : "gecko", cases: chosen, out: out ?? null, precise: precise ?? false };
}

async function fromFile(file: string): Promise<Case[]> {
  const text = await readFile(file, "utf8");
  try {
    return readCases(text);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Of blocked requests: those whose call the probe heard, and the others by what made them. */
function heardBlocked(): { count(api: string, result: { class: Class; ours: Ours | null }): void; line(): string } {
  const tally = { all: 0, exact: 0, joined: 0 };
  const unheard = new Map<string, number>();
  return {
    count(api, { class: result, ours }) {
      if (ours?.call == null) return void unheard.set(api, (unheard.get(api) ?? 0) + 1);
      tally.all += 1;
      if (result === "exact" || result === "joined") tally[result] += 1;
    },
    line() {
      const others = [...unheard].map(([api, count]) => `${api} ${count}`).join(", ");
      return `heard by the probe: blocked ${tally.all} exact ${tally.exact} joined ${tally.joined}; not heard: ${others || "none"}\n`;
    },
  };
}

async function withBrowser(
  engine: Engine,
  precise: boolean,
  use: (browser: Browser, page: Page, panel: Panel, server: Awaited<ReturnType<typeof serveCases>>) => Promise<void>,
): Promise<void> {
  const bundled = await build({ entryPoints: [new URL("page.ts", import.meta.url).pathname], bundle: true, format: "iife", write: false });
  const server = await serveCases(bundled.outputFiles[0]?.text ?? "");
  const extension = new URL(`../../dist/${engine === "chromium" ? "chrome" : "firefox"}`, import.meta.url).pathname;
  const browser = await launch(engine, { extension });
  try {
    const page = await browser.openPage(server.pageUrl);
    const panel = await browser.watch(page);
    if (precise) {
      await panel.evaluate(`document.querySelector("input[name=precise]").click()`);
      await until("precise mode is on", () => panel.evaluate<boolean>(`document.documentElement.dataset.precise === "on"`));
    }
    await use(browser, page, panel, server);
  } finally {
    await browser.close();
    await server.close();
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 2;
});
