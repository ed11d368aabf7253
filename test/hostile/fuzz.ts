import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { random } from "../conformance/random.ts";
import { type Endured, endure, PATIENCE_MILLISECONDS } from "./endure.ts";
import { mutated } from "./mutate.ts";
import { seeds } from "./seeds.ts";

const USAGE = "npm run fuzz -- [--minutes 10] [--seed S] [--case N]";
const FOLDER = "out/fuzz";

/** How long a case may take by the clock before it is taken for one that never ends. */
const HANGS_AFTER_MILLISECONDS = 15_000;

/** What the other process says of each case. */
interface Told {
  readonly number: number;
  readonly name: string;
  readonly problem: string | null;
  readonly exchanges: number;
  readonly milliseconds: number;
  /** What was thrown that should not be, or null. */
  readonly crash: string | null;
}

/** A case by its number: the same for the same seed, as long as the seed files are the same. */
function caseOf(known: ReturnType<typeof seeds>, seed: string, number: number): ReturnType<typeof mutated> {
  return mutated(known, random(`${seed}/${number}`));
}

/** Runs cases one after the other and tells of each: a hang can only be seen from outside. */
async function work(seed: string, first: number): Promise<void> {
  const known = seeds();
  for (let number = first; process.connected; number += 1) {
    const told = tried(known, seed, number);
    await new Promise((resolve) => process.send?.(told, resolve));
  }
}

function tried(known: ReturnType<typeof seeds>, seed: string, number: number): Told {
  const { name, text } = caseOf(known, seed, number);
  try {
    const { problem, exchanges, milliseconds }: Endured = endure(text);
    return { number, name, problem, exchanges: exchanges.length, milliseconds, crash: milliseconds > PATIENCE_MILLISECONDS ? `took ${milliseconds.toFixed(0)} ms` : null };
  } catch (error) {
    return { number, name, problem: null, exchanges: 0, milliseconds: 0, crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" }, seed: { type: "string", default: new Date().toISOString() }, case: { type: "string" }, from: { type: "string" }, help: { type: "boolean", default: false } } });
  if (values.help || !(Number(values.minutes) > 0)) {
    console.log(USAGE);
    return;
  }
  if (values.from !== undefined) return work(values.seed, Number(values.from));
  const known = seeds();
  if (values.case !== undefined) {
    console.log(tried(known, values.seed, Number(values.case)));
    return;
  }
  console.log(`${known.length} files, seed ${values.seed}, ${values.minutes} minutes`);
  const told = await ranFor(Number(values.minutes) * 60_000, values.seed);
  const failed = told.filter(({ crash }) => crash !== null);
  for (const { number, name, crash } of failed) {
    mkdirSync(FOLDER, { recursive: true });
    const file = `${FOLDER}/${values.seed.replace(/\W/g, "-")}-${number}`;
    writeFileSync(`${file}.har`, caseOf(known, values.seed, number).text);
    writeFileSync(`${file}.txt`, `npm run fuzz -- --seed ${values.seed} --case ${number}\n${name}\n${crash}\n`);
  }
  print(told, failed, Number(values.minutes) * 60);
  if (failed.length > 0) process.exitCode = 1;
}

/** What all cases came to within a time. */
async function ranFor(time: number, seed: string): Promise<Told[]> {
  const told: Told[] = [];
  const end = Date.now() + time;
  for (let number = 0; Date.now() < end; ) {
    const worker = fork(fileURLToPath(import.meta.url), ["--seed", seed, "--from", String(number)]);
    let last = Date.now();
    worker.on("message", (message: Told) => {
      told.push(message);
      number = message.number + 1;
      last = Date.now();
    });
    const stopped = await new Promise<string | null>((resolve) => {
      worker.on("exit", (code, signal) => resolve(`ended with ${code ?? signal}`));
      const watch = setInterval(() => {
        // Reading the seeds takes a while, and is no case.
        const hangs = told.length > 0 && Date.now() - last > HANGS_AFTER_MILLISECONDS;
        if (Date.now() < end && !hangs) return;
        clearInterval(watch);
        resolve(hangs ? "never ended" : null);
      }, 200);
    });
    worker.kill("SIGKILL");
    if (stopped !== null) told.push({ number: number++, name: "", problem: null, exchanges: 0, milliseconds: HANGS_AFTER_MILLISECONDS, crash: stopped });
  }
  return told;
}

function print(told: readonly Told[], failed: readonly Told[], seconds: number): void {
  const problems = new Map<string, number>();
  for (const { problem, crash } of told) {
    const key = crash !== null ? "CRASH OR HANG" : (problem ?? "read");
    problems.set(key, (problems.get(key) ?? 0) + 1);
  }
  console.log(`${told.length} cases, ${(told.length / seconds).toFixed(0)} a second; ${told.reduce((sum, { exchanges }) => sum + exchanges, 0)} exchanges judged`);
  for (const [problem, count] of [...problems].sort(([, a], [, b]) => b - a)) console.log(`${String(count).padStart(8)}  ${problem}`);
  const slowest = [...told].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  console.log(`slowest: ${slowest.map(({ number, milliseconds }) => `${milliseconds.toFixed(0)} ms (${number})`).join(", ")}`);
  for (const { number, name, crash } of failed.slice(0, 20)) console.log(`case ${number}, ${name}: ${crash?.split("\n").slice(0, 3).join(" ")}`);
  console.log(failed.length === 0 ? "nothing crashed or hung" : `${failed.length} crashed or hung: see ${FOLDER}`);
}

await main();
