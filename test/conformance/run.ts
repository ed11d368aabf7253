import { parseArgs } from "node:util";
import { readFile, writeFile } from "node:fs/promises";
import { extensionFor } from "../browsers/extension.ts";
import { until, type Browser, type Engine, type Page, type Panel } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import { readCases, type Case } from "./case.ts";
import { proveFixes } from "./fix.ts";
import { heardBlocked } from "./heard.ts";
import { generate } from "./generate.ts";
import { KINDS, runKinds } from "./kinds.ts";
import { load, loadRequests, twins } from "./load.ts";
import { serveCases, type CaseServer } from "./server.ts";
import { proveRoundTrip } from "./round-trip.ts";
import { proveTrials } from "./trial.ts";
import { count, disagreement, disagrees, emptyTally, hasDisagreements, pageScript, run, totals, watch } from "./tally.ts";

const USAGE = `npm run conformance -- --browser chromium|firefox [--seed S --count N | --cases FILE] [--precise] [--out FILE]
npm run conformance -- --browser chromium|firefox --kinds [--kind NAME …] [--seed S --count N]
npm run conformance -- --browser chromium|firefox --fix|--trial|--round-trip [--precise] [--seed S --count N | --cases FILE]
npm run conformance -- --browser chromium|firefox --load [--seed S]`;

const TWINS = 60;
/** The English words of the evidence "preflights-paired-by-order". */
const SAYS_BY_ORDER = "was told by their order alone";

/** How many cases a kind, unless told. */
const CASES_A_KIND = "100";

type Options =
  | { engine: Engine; cases: Case[]; out: string | null; precise: boolean }
  | { engine: Engine; again: Case[]; precise: boolean; prove: typeof proveFixes }
  | { engine: Engine; kinds: { seed: string; count: number; names: readonly string[] | null } }
  | { engine: Engine; loadSeed: string };

/** Runs what was asked for; the exit code is 1 if the extension and the browser disagree anywhere. */
async function main(): Promise<void> {
  const chosen = await options();
  const agreed = "cases" in chosen ? await plain(chosen) : "again" in chosen ? await again(chosen) : "kinds" in chosen ? await runKinds(chosen.engine, chosen.kinds) : await underLoad(chosen);
  if (!agreed) process.exitCode = 1;
}

/** Runs the cases through the built extension and prints the totals and each disagreement. */
async function plain({ engine, cases, out, precise }: Extract<Options, { cases: Case[] }>): Promise<boolean> {
  const tally = emptyTally();
  const heard = heardBlocked();
  const lines: string[] = [];
  await withBrowser(engine, precise, (browser, page, panel, server) =>
    run(browser, page, panel, server, cases, (outcome) => {
      count(tally, outcome);
      if (outcome.told.blocked) heard.count(outcome.case.api, outcome);
      lines.push(JSON.stringify({ id: outcome.case.id, browser: outcome.told, ours: outcome.ours }));
      if (disagrees(outcome.class)) process.stdout.write(`${disagreement(outcome)}\n`);
    }),
  );
  if (out) await writeFile(out, lines.map((line) => `${line}\n`).join(""));
  process.stdout.write(`${totals(tally)}\n`);
  if (precise) process.stdout.write(heard.line());
  return !hasDisagreements(tally);
}

/** Blocked cases once more, as was advised. */
async function again({ engine, again: cases, precise, prove }: Extract<Options, { again: Case[] }>): Promise<boolean> {
  let proven = false;
  await withBrowser(engine, precise, async (browser, page, panel, server) => {
    proven = await prove({ browser, page, panel, server }, cases);
  });
  return proven;
}

/** Many requests at once; prints what is wrong with any, and how many are right. */
async function underLoad({ engine, loadSeed }: Extract<Options, { loadSeed: string }>): Promise<boolean> {
  const { right, of, alike, complaints } = await load(engine, extensionFor(engine), loadRequests(loadSeed));
  const paired = await load(engine, extensionFor(engine), twins(TWINS));
  const unsaid = paired.complaints.filter((complaint) => !complaint.includes(SAYS_BY_ORDER));
  for (const complaint of [...complaints, ...unsaid]) process.stdout.write(`${complaint}\n`);
  process.stdout.write(`load: right ${right} of ${of}\n`);
  process.stdout.write(`of these ${alike} share URL, method and header names with another: only order tells whose preflight is whose\n`);
  process.stdout.write(`twins whose preflights fare differently by chance: right ${paired.right} of ${paired.of}, wrong but said to be paired by order ${paired.complaints.length - unsaid.length}\n`);
  return complaints.length + unsaid.length === 0;
}

async function options(): Promise<Options> {
  const { values } = parseArgs({
    options: { browser: { type: "string" }, seed: { type: "string" }, count: { type: "string" }, cases: { type: "string" }, out: { type: "string" }, precise: { type: "boolean" },
      kinds: { type: "boolean" }, fix: { type: "boolean" }, trial: { type: "boolean" }, "round-trip": { type: "boolean" }, kind: { type: "string", multiple: true }, load: { type: "boolean" } },
  });
  const { browser, seed, kinds, cases, out, precise } = values;
  const { count = kinds ? CASES_A_KIND : "300" } = values;
  if (browser !== "chromium" && browser !== "firefox") throw new Error("--browser must be chromium or firefox");
  if (cases !== undefined && (seed !== undefined || values.count !== undefined)) throw new Error("give either --cases or --seed and --count");
  if (!/^[1-9]\d*$/.test(count)) throw new Error("--count must be a whole number from 1");
  const unknown = values.kind?.find((name) => !KINDS.some((kind) => kind.name === name));
  if (unknown !== undefined) throw new Error(`--kind must be one of ${KINDS.map(({ name }) => name).join(", ")}`);
  if ((kinds || values.load) && (cases !== undefined || out !== undefined)) throw new Error("--kinds and --load make their own cases and write no file");
  if ((values.fix || values.trial || values["round-trip"]) && out !== undefined) throw new Error("--fix, --trial and --round-trip write no such file");
  const engine = browser === "chromium" ? "chromium" : "gecko";
  if (kinds) return { engine, kinds: { seed: seed ?? "1", count: Number(count), names: values.kind ?? null } };
  if (values.load) return { engine, loadSeed: seed ?? "1" };
  const chosen = cases === undefined ? generate(seed ?? "1", Number(count)) : await fromFile(cases);
  const prove = values.fix ? proveFixes : values.trial ? proveTrials : values["round-trip"] ? proveRoundTrip : null;
  if (prove !== null) return { engine, again: chosen, precise: precise ?? false, prove };
  return { engine, cases: chosen, out: out ?? null, precise: precise ?? false };
}

async function fromFile(file: string): Promise<Case[]> {
  const text = await readFile(file, "utf8");
  try {
    return readCases(text);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function withBrowser(engine: Engine, precise: boolean, use: (browser: Browser, page: Page, panel: Panel, server: CaseServer) => Promise<void>): Promise<void> {
  const server = await serveCases(await pageScript());
  const browser = await launch(engine, { extension: extensionFor(engine) });
  try {
    const page = await browser.openPage(server.pageUrl);
    const panel = await watch(browser, page);
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
