import { spawnSync } from "node:child_process";
import { ensureBrowser } from "./browsers/install.ts";

/** All that `npm test` runs, in order, the quick ones first; each goes on although one before it failed. */
const STEPS: readonly (readonly [name: string, command: string])[] = [
  ["types", "tsc --noEmit"],
  ["build", "node build.mjs"],
  ["unit tests", "vitest run --project unit --project cli --reporter dot"],
  ["lint of the Firefox build", "web-ext lint --source-dir dist/firefox --self-hosted"],
  ["conformance, Chromium", "tsx test/conformance/run.ts --browser chromium --seed sample --count 150"],
  ["conformance, Firefox", "tsx test/conformance/run.ts --browser firefox --seed sample --count 150"],
  ["fixes, Chromium", "tsx test/conformance/run.ts --browser chromium --fix --seed fixes --count 60"],
  ["fixes, Firefox", "tsx test/conformance/run.ts --browser firefox --fix --seed fixes --count 60"],
  ["trials, Chromium", "tsx test/conformance/run.ts --browser chromium --trial --seed fixes --count 60"],
  ["trials, Firefox", "tsx test/conformance/run.ts --browser firefox --trial --seed fixes --count 60"],
  ["browsers", "vitest run --project browsers"],
];

/** A step that takes longer hangs. */
const PATIENCE_MILLISECONDS = 900_000;

ensureBrowser("chromium");
ensureBrowser("gecko");

const failed = STEPS.filter(([name, command]) => {
  console.log(`\n── ${name}: ${command}`);
  const started = performance.now();
  const { status } = spawnSync(`npx --no-install ${command}`, { shell: true, stdio: "inherit", timeout: PATIENCE_MILLISECONDS });
  console.log(`── ${name}: ${status === 0 ? "passed" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return status !== 0;
});

console.log(failed.length === 0 ? "" : `\nFailed: ${failed.map(([name]) => name).join(", ")}`);
console.log(`${STEPS.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
