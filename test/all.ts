import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
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

/** Runs a command of npm's PATH, which prints when it is done if others run beside it; true if it succeeds. */
async function run(command: string, alone: boolean): Promise<boolean> {
  const [file = "", ...args] = command.split(" ");
  const running = spawn(file, args, { stdio: alone ? "inherit" : ["ignore", "pipe", "pipe"], timeout: PATIENCE_MILLISECONDS });
  const printed = Promise.all([running.stdout, running.stderr].map((stream) => (stream === null ? "" : text(stream))));
  const [code]: unknown[] = await once(running, "close");
  if (!alone) console.log([`── ${command}`, ...(await printed)].join("\n"));
  return code === 0;
}

installBrowsers();

const failed: string[] = [];
for (const [name, ...commands] of STEPS) {
  console.log(`\n── ${name}: ${commands.join(", ")}`);
  const started = performance.now();
  const passed = await Promise.all(commands.map((command) => run(command, commands.length === 1)));
  failed.push(...commands.filter((_, index) => !passed[index]));
  console.log(`── ${name}: ${passed.every(Boolean) ? "passed" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

console.log(failed.length === 0 ? "\nAll passed" : `\n${["Failed:", ...failed].join("\n")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
