import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extensionFor } from "../browsers/extension.ts";
import { until, type Browser, type Page, type Panel } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import { ENGINES, rows, send } from "./panel-reading.ts";
import { startSite, type Site } from "./site.ts";

const WITHHELD = "The extension may not see all sites, so requests are missing here.";

describe.each(ENGINES)("%s: access to sites is withheld", (engine) => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let panel: Panel;
  beforeAll(async () => {
    site = await startSite();
    browser = await launch(engine, { extension: extensionFor(engine) });
    page = await browser.openPage(site.pageUrl);
    panel = await browser.watch(page);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const banners = (): Promise<string[]> => panel.evaluate<string[]>(`[...document.querySelectorAll(".banner")].map(({ textContent }) => textContent)`);
  const buttons = (): Promise<string[]> => panel.evaluate<string[]>(`[...document.querySelectorAll(".banner button")].map(({ textContent }) => textContent)`);

  test("the panel says so at once, with a button that asks for it, also after the worker's death; and no longer once it is granted", async () => {
    expect(await banners()).toEqual([]);
    await browser.grantAccess(false);
    await until("the panel says that requests are missing", async () => (await banners()).some((text) => text.startsWith(WITHHELD)));
    expect(await buttons()).toEqual(["Grant access"]);

    await browser.killWorker();
    await until("the worker is back", () => browser.workerAlive());
    await until("the panel still says so", async () => (await banners()).some((text) => text.startsWith(WITHHELD)));

    await browser.grantAccess(true);
    await until("the banner is gone", async () => (await banners()).length === 0);
    await send(page, [`${site.api}/shut/granted`]);
    await until("what is blocked now is shown", async () => (await rows(panel)).some((row) => row.includes("/shut/granted ")));
  });
});
