import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";
import { type Browser, type DevToolsPanel, type Engine, until } from "../browsers/browser.ts";
import { ensureBrowser } from "../browsers/install.ts";
import { launch } from "../browsers/launch.ts";
import { type Lab, startLab } from "../lab/server.ts";
import { withBystander } from "./bystander.ts";
import * as frontEnd from "./front-end-scripts.ts";
import * as netmonitor from "./netmonitor-scripts.ts";
import { type Results, type Truth, truthOf } from "./truth.ts";

/** What records; the second is Chrome's Network panel too, without cookies and Authorization, as it exports by default. */
export const TOOLS = ["chrome", "chrome-sanitized", "firefox", "playwright"] as const;
export type Tool = (typeof TOOLS)[number];

/** A HAR of all of the lab's requests, and what really became of them. */
export interface Recorded {
  readonly tool: Tool;
  /** Of the browser, and of what drove it. */
  readonly version: string;
  readonly har: unknown;
  readonly truth: readonly Truth[];
}

/**
 * Sends all of the lab's requests while a tool records them.
 * @param reload whether the page is loaded again before, so that the HAR has its document too
 */
export async function recordHars(tool: Tool, reload = true): Promise<Recorded> {
  const lab = await startLab();
  try {
    return { tool, ...(await (tool === "playwright" ? byPlaywright(lab) : byDevTools(tool, lab, reload))) };
  } finally {
    await lab.close();
  }
}

/**
 * Reads what it gets, as pages do and the lab's doesn't: a request whose body nobody reads never ends in Chromium, and
 * isn't exported. Not around `fetch`, which would be in every call stack.
 */
const SEND_ALL = `(() => {
  const status = Object.getOwnPropertyDescriptor(Response.prototype, "status");
  const get = function () {
    void this.clone().arrayBuffer();
    return status.get.call(this);
  };
  Object.defineProperty(Response.prototype, "status", { ...status, get });
  return runAll();
})()`;

type Recording = Omit<Recorded, "tool">;

function byDevTools(tool: Exclude<Tool, "playwright">, lab: Lab, reload: boolean): Promise<Recording> {
  const engine = tool === "firefox" ? "gecko" : "chromium";
  return inBrowser(engine, async (browser) => {
    const page = await browser.openPage(lab.url);
    const { around } = await browser.openDevTools(page);
    if (engine === "gecko") await around(netmonitor.SHOW_NETMONITOR);
    if (reload) await page.reload();
    const results = await page.evaluate<Results>(SEND_ALL);
    await settled(around, engine === "gecko" ? netmonitor.COUNT_REQUESTS : frontEnd.COUNT_REQUESTS);
    const har = await around(engine === "gecko" ? netmonitor.EXPORT_HAR : frontEnd.exportHar(tool === "chrome-sanitized"));
    return { version: browser.version, har, truth: truthOf(lab, results, await browser.verdicts()) };
  });
}

/** Playwright's Firefox is a build of its own, which isn't here. */
async function byPlaywright(lab: Lab): Promise<Recording> {
  const folder = await mkdtemp(join(tmpdir(), "playwright-har-"));
  const path = join(folder, "lab.har");
  const browser = await chromium.launch({ executablePath: ensureBrowser("chromium"), args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  try {
    const context = await browser.newContext({ recordHar: { path, content: "omit" } });
    const page = await context.newPage();
    await page.goto(lab.url);
    const results = await page.evaluate<Results>(SEND_ALL);
    // Only then the file is written.
    await context.close();
    const version = `${playwrightVersion()} with Chromium ${browser.version()}`;
    return { version, har: JSON.parse(await readFile(path, "utf8")), truth: await truthFromChromium(lab, results) };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Playwright tells no CORS errors: the same requests, from the same browser, have them. */
function truthFromChromium(lab: Lab, results: Results): Promise<Truth[]> {
  return inBrowser("chromium", async (browser) => {
    const page = await browser.openPage(lab.url);
    await page.evaluate("runAll().then(() => null)");
    return truthOf(lab, results, await browser.verdicts());
  });
}

function inBrowser<T>(engine: Engine, use: (browser: Browser) => Promise<T>): Promise<T> {
  return withBystander(async (extension) => {
    const browser = await launch(engine, { extension });
    try {
      return await use(browser);
    } finally {
      await browser.close();
    }
  });
}

/** What a panel has comes a little after what the page knows; some requests never end. */
async function settled(around: DevToolsPanel["around"], count: string): Promise<void> {
  let before = "";
  await until("the Network panel has all requests", async () => {
    const last = before;
    before = JSON.stringify(await around(count));
    await setTimeout(500);
    return before === last;
  });
}

function playwrightVersion(): string {
  const { version }: { version: string } = createRequire(import.meta.url)("playwright-core/package.json");
  return `Playwright ${version}`;
}
