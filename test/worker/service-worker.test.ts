import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extensionFor } from "../browsers/extension.ts";
import { IS_WATCHING, until, type Browser, type DevToolsPanel, type Page, type Panel } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import { ENGINES, reports, rows } from "./panel-reading.ts";
import { startSite, type Site } from "./site.ts";

describe.each(ENGINES)("%s: what a service worker fetches for a page", (engine) => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let other: Page;
  let panel: DevToolsPanel;
  let otherPanel: Panel;
  beforeAll(async () => {
    site = await startSite();
    browser = await launch(engine, { extension: extensionFor(engine) });
    page = await browser.openPage(site.pageUrl);
    panel = await browser.openDevTools(page);
    await until("the panel is watching", () => panel.evaluate<boolean>(IS_WATCHING));
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  /** Asks the page's own origin, whose service worker asks the API. */
  const ask = (path: string): Promise<unknown> => page.evaluate(`fetch("/via/${path}").then(() => null, () => null)`);
  /** @param path the beginning of one */
  const isReported = async (path: string): Promise<boolean> => (await rows(panel)).some((row) => row.startsWith(`blocked ${site.api}/${path}`));

  test("one that takes over a page that is already inspected: its requests are the page's", async () => {
    await page.evaluate(`navigator.serviceWorker.register("/worker.js").then(() =>
      navigator.serviceWorker.controller ?? new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve))).then(() => null)`);
    // No event tells of the takeover: the first requests after it may go unseen, for half a second.
    await until("a request after the takeover is shown", async () => {
      await ask("shut/claimed");
      return isReported("shut/claimed");
    });
    // One that was already on its way when the worker began to listen is cut.
    const verdicts = (await reports(panel, page)).filter(({ url, outcome }) => url === `${site.api}/shut/claimed` && outcome === "blocked");
    expect(new Set(verdicts.map(({ browserError }) => browserError))).toEqual(new Set([engine === "chromium" ? "MissingAllowOriginHeader" : "CORSMissingAllowOrigin"]));
  });

  test("the first request of a page that it controls from the start", async () => {
    await page.goto(site.otherPageUrl);
    // DevTools say that this one has none, half a second later at most: only then is the way back of interest.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await page.goto(`${site.pageUrl}?ask=shut/while-loading`);
    await until("it is shown", () => isReported("shut/while-loading"));
  });

  test("a page of another origin that is watched at the same time gets none of them", async () => {
    other = await browser.openPage(site.otherPageUrl);
    otherPanel = await browser.watch(other);
    await ask("shut/while-two-watch");
    await other.evaluate(`fetch("${site.api}/shut/of-the-other").then(() => null, () => null)`);
    await until("the page's is shown", () => isReported("shut/while-two-watch"));
    await until("the other's is shown", async () => (await rows(otherPanel)).length > 0);
    expect((await reports(otherPanel, other)).map(({ url }) => url)).toEqual([`${site.api}/shut/of-the-other`]);
    expect(await isReported("shut/of-the-other")).toBe(false);
  });
});
