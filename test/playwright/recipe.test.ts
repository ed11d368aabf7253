import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeHar } from "../../cli/index.ts";
import { extensionFor, unpacked } from "../browsers/extension.ts";
import { ensureBrowser } from "../browsers/install.ts";
import { startSite, type Site } from "../worker/site.ts";

const OUT = resolve("out/playwright");
const FILE = join(OUT, "cors.har");

let site: Site;

beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

/** The README's own module, with the Playwright that is here. */
async function recipe(): Promise<(test: (page: Page) => Promise<unknown>, options: object) => Promise<void>> {
  const [, source = ""] = /```js\n(\/\/ cors\.mjs\n[^]*?)```/.exec(readFileSync("README.md", "utf8")) ?? [];
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, "cors.mjs"), source.replace('"playwright"', '"playwright-core"'));
  const module: { watched: Awaited<ReturnType<typeof recipe>> } = await import(pathToFileURL(join(OUT, "cors.mjs")).href);
  return module.watched;
}

test("the README's recipe: a page's blocked requests, with their preflights, in a HAR that fails the command", async () => {
  const watched = await recipe();
  const executable = { channel: undefined, executablePath: ensureBrowser("chromium"), args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] };
  await watched(
    async (page) => {
      await page.goto(site.pageUrl);
      await page.evaluate(async (api) => {
        await fetch(`${api}/open/a`);
        await fetch(`${api}/shut/b`).catch(() => {});
        await fetch(`${api}/shut/c`, { method: "PUT" }).catch(() => {});
      }, site.api);
      await page.waitForTimeout(500);
    },
    { extension: await unpacked(extensionFor("chromium")), file: FILE, ...executable },
  );
  const { counts, exchanges } = judgeHar(JSON.parse(readFileSync(FILE, "utf8")));
  expect(counts).toEqual({ blocked: 2, maybe: 0, passed: 1 });
  expect(exchanges.map(({ method, browserError, entries }) => [method, browserError, entries.length])).toEqual([["GET", "MissingAllowOriginHeader", 1], ["PUT", "PreflightMissingAllowOriginHeader", 2]]);
  expect(existsSync("dist/npm/cli.js")).toBe(true);
  expect(spawnSync(process.execPath, ["dist/npm/cli.js", FILE], { encoding: "utf8" }).status).toBe(1);
});
