import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import installBrowsers from "./browsers/installed.ts";

/** All that `npm test` runs, in order, the quick ones first; each goes on although one before it failed. Commands of one step run at the same time. */
const STEPS: readonly (readonly [name: string, ...commands: string[]])[] = [
  ["types", "tsc --noEmit"],
  ["build", "node build.mjs"],
  ["unit tests", "vitest run --project unit --project cli --reporter dot"],
  ["lint of the Firefox build", "web-ext lint --source-dir dist/firefox --self-hosted"],
  ["conformance", ...inBoth("--seed sample --count 150")],
  ["fixes", ...inBoth("--fix --seed fixes --count 60")],
  ["trials", ...inBoth("--trial --seed fixes --count 60")],
  ["browsers", "vitest run --project browsers"],
];

/** A command that takes longer hangs. */
const PATIENCE_MILLISECONDS = 900_000;

function inBoth(options: string): readonly string[] {
  return ["chromium", "firefox"].map((browser) => `tsx test/conformance/run.ts --browser ${browser} ${options}`);
}

/** So much of what a failed command printed last is told again at the end, where it is looked for. */
const TOLD_AGAIN_CHARACTERS = 8000;

/** What a command has started, and left behind, may hold its pipes for ever. */
const PIPES_CLOSE_WITHIN_MILLISECONDS = 1000;

interface Ended {
  readonly command: string;
  /** Null if it succeeded. */
  readonly failure: string | null;
  readonly printed: string;
}

/** Runs a command of npm's PATH, which prints when it is done if others run beside it. */
async function run(command: string, alone: boolean): Promise<Ended> {
  const [file = "", ...args] = command.split(" ");
  const running = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], timeout: PATIENCE_MILLISECONDS });
  let printed = "";
  for (const stream of [running.stdout, running.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (!alone) return;
      process.stdout.write(text);
      printed = printed.slice(-TOLD_AGAIN_CHARACTERS);
    });
  }
  const failure = await failureOf(running);
  if (!alone) console.log(`── ${command}\n${printed}`);
  return { command, failure, printed };
}

async function failureOf(running: ChildProcessByStdio<null, Readable, Readable>): Promise<string | null> {
  try {
    const [code, signal]: unknown[] = await once(running, "exit");
    await Promise.race([once(running, "close"), setTimeout(PIPES_CLOSE_WITHIN_MILLISECONDS)]);
    return code === 0 ? null : signal === null ? `exit code ${String(code)}` : `ended by ${String(signal)}`;
  } catch (error) {
    return String(error);
  } finally {
    running.stdout.destroy();
    running.stderr.destroy();
  }
}

installBrowsers();

const failed: Ended[] = [];
for (const [name, ...commands] of STEPS) {
  console.log(`\n── ${name}: ${commands.join(", ")}`);
  const started = performance.now();
  const failing = (await Promise.all(commands.map((command) => run(command, commands.length === 1)))).filter(({ failure }) => failure !== null);
  failed.push(...failing);
  console.log(`── ${name}: ${failing.length === 0 ? "passed" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

for (const { command, printed } of failed) console.log(`\n── Failed: ${command}\n${printed.slice(-TOLD_AGAIN_CHARACTERS)}`);
console.log(failed.length === 0 ? "\nAll passed" : `\n${["Failed:", ...failed.map(({ command, failure }) => `${command} (${failure})`)].join("\n")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
