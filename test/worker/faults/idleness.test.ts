import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extensionFor } from "../../browsers/extension.ts";
import { IS_WATCHING, until, type Browser, type Engine } from "../../browsers/browser.ts";
import { launch } from "../../browsers/launch.ts";
import { countLosses, losses, reports, rows, send } from "../panel-reading.ts";
import { startSite, type Site } from "../site.ts";

/** Chromium stops a worker after 30 s without an event; Firefox's patience is a preference. */
const PREFERENCES = { "extensions.background.idle.timeout": 3000 };
const LONGER_THAN_IDLE = 60_000;

interface Death {
  readonly engine: Engine;
  readonly panel: "DevTools" | "a tab";
  readonly how: "by itself" | "by force";
}

describe.each<Death>([
  { engine: "chromium", panel: "DevTools", how: "by itself" },
  // The browser's own way takes 30 s, and is above: this kill stands for it.
  { engine: "chromium", panel: "a tab", how: "by force" },
  { engine: "gecko", panel: "DevTools", how: "by itself" },
  { engine: "gecko", panel: "a tab", how: "by itself" },
])("$engine, with the panel in $panel", ({ engine, panel: place, how }) => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
    browser = await launch(engine, { extension: extensionFor(engine), preferences: PREFERENCES });
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  test(`the worker dies ${how} in the middle of a request and between two bursts: the panel goes on as if nothing had been`, async () => {
    const page = await browser.openPage(site.pageUrl);
    const panel = place === "DevTools" ? await browser.openDevTools(page) : await browser.watch(page);
    await until("the panel is watching", () => panel.evaluate<boolean>(IS_WATCHING));
    await countLosses(panel);
    const url = (path: string): string => `${site.api}/${path}`;
    const shows = async (...paths: string[]): Promise<boolean> => {
      const shown = (await rows(panel)).join("\n");
      return paths.every((path) => shown.includes(`blocked ${url(path)} `));
    };

    await send(page, ["open/before", "shut/before", "held/across"].map(url));
    await until("the slow request waits and the first burst is shown", async () => site.held() === 1 && (await shows("shut/before")));
    if (how === "by force") await browser.killWorker();
    // The panel brings it back at once: on a loaded machine nobody may see it dead.
    else await until("the worker dies of idleness", async () => !(await browser.workerAlive()) || ((await losses(panel)) ?? 0) > 0, LONGER_THAN_IDLE);
    await send(page, ["open/meanwhile", "shut/meanwhile"].map(url));
    await until("the panel has seen it die and come back", async () => ((await losses(panel)) ?? 0) > 0 && (await browser.workerAlive()));
    site.release();
    await send(page, ["open/after", "shut/after"].map(url));
    await until("the panel shows all that was blocked", () => shows("shut/before", "held/across", "shut/meanwhile", "shut/after"));

    expect(await losses(panel), "a panel that was not reloaded").not.toBeNull();
    const verdicts = Object.fromEntries((await reports(panel, page)).map((report) => [report.url.slice(site.api.length + 1), report.browserError ?? report.outcome]));
    const missing = engine === "chromium" ? "MissingAllowOriginHeader" : "CORSMissingAllowOrigin";
    expect(verdicts).toEqual({
      "open/before": "allowed",
      "shut/before": missing,
      "held/across": missing,
      "open/meanwhile": "allowed",
      "shut/meanwhile": missing,
      "open/after": "allowed",
      "shut/after": missing,
    });
  });
});
