import { spawn } from "node:child_process";
import { once } from "node:events";
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

/** So much of what a failed command printed last is told again at the end: the end is what a CI shows. */
const TOLD_AGAIN_CHARACTERS = 8000;

interface Ended {
  readonly command: string;
  readonly passed: boolean;
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
      if (alone) process.stdout.write(text);
    });
  }
  const [code]: unknown[] = await once(running, "close");
  if (!alone) console.log(`── ${command}\n${printed}`);
  return { command, passed: code === 0, printed };
}

installBrowsers();

const failed: Ended[] = [];
for (const [name, ...commands] of STEPS) {
  console.log(`\n── ${name}: ${commands.join(", ")}`);
  const started = performance.now();
  const ended = await Promise.all(commands.map((command) => run(command, commands.length === 1)));
  failed.push(...ended.filter(({ passed }) => !passed));
  console.log(`── ${name}: ${ended.every(({ passed }) => passed) ? "passed" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

for (const { command, printed } of failed) console.log(`\n── Failed: ${command}\n…${printed.slice(-TOLD_AGAIN_CHARACTERS)}`);
console.log(failed.length === 0 ? "\nAll passed" : `\n${["Failed:", ...failed.map(({ command }) => command)].join("\n")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
