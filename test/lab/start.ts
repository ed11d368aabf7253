/** `npm start`: builds, starts the lab and opens it in a browser with DevTools on the CORS panel. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, Engine } from "../browsers/browser.ts";
import { ensureBrowser } from "../browsers/install.ts";
import { launch } from "../browsers/launch.ts";
import { check } from "./check.ts";
import { startLab, type Lab } from "./server.ts";

const USAGE = `npm start -- [--firefox] [--headless]

Opens a page of broken requests, with DevTools on the CORS panel.
  --firefox   in Firefox; without it in Chrome or Chromium
  --headless  without a window: sends all of them, compares each verdict with the browser's own, and ends`;

const root = fileURLToPath(new URL("../../", import.meta.url));

function build(): void {
  const { status } = spawnSync(process.execPath, ["build.mjs"], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("The build failed.");
}

function hasDisplay(): boolean {
  if (process.env["CI"]) return false;
  return process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
}

/** Puppeteer leaves the profile behind when the user closes the browser or presses Ctrl+C; here it lies in a folder that goes with us. */
function keepTemporaryFilesTogether(): void {
  const folder = mkdtempSync(join(tmpdir(), "cors-lab-"));
  process.env["TMPDIR"] = process.env["TEMP"] = folder;
  process.on("exit", () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    } catch {
      console.error(`Could not remove ${folder}`);
    }
  });
}

async function stay(browser: Browser, lab: Lab): Promise<void> {
  const page = await browser.openPage(lab.url);
  await browser.openDevTools(page);
  console.log(`The lab is at ${lab.url}, with DevTools on the CORS panel.\nClose the browser or press Ctrl+C to end.`);
  // The launchers don't report that the user closed the window; the first question that gets no answer does.
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (await browser.workerAlive().then(() => false, () => true)) return;
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { firefox: { type: "boolean" }, headless: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const headless = Boolean(values.headless) || !hasDisplay();
  const engine: Engine = values.firefox ? "gecko" : "chromium";
  build();
  // Before the folder changes: apt's own user could not read it.
  ensureBrowser(engine);
  keepTemporaryFilesTogether();
  const lab = await startLab();
  try {
    const browser = await launch(engine, { extension: `${root}dist/${values.firefox ? "firefox" : "chrome"}`, headless });
    try {
      if (headless) return await check(browser, lab, `${root}out`) ? 0 : 1;
      await stay(browser, lab);
      return 0;
    } finally {
      await browser.close().catch(() => undefined);
    }
  } finally {
    await lab.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") console.error(`\n${USAGE}`);
  process.exitCode = 1;
}
