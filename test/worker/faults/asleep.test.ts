import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extensionFor } from "../../browsers/extension.ts";
import { IS_WATCHING, until, type Browser, type Page } from "../../browsers/browser.ts";
import { launch } from "../../browsers/launch.ts";
import { rows, send } from "../panel-reading.ts";
import { startSite, type Site } from "../site.ts";

const REQUESTS = 100;

/** The worker waits 5 s for watchers to come back before it stops listening; nothing tells from outside when it has. */
const SETTLED_AFTER = 7500;

/** Firefox doesn't wake an event page for listeners that it isn't told of at its start, so only Chromium is of interest. */
describe("chromium: nobody watches", () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    site = await startSite();
    browser = await launch("chromium", { extension: extensionFor("chromium") });
    page = await browser.openPage(site.pageUrl);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  /** @returns whether the worker was ever seen alive while the requests went through, or shortly after */
  const isWokenByRequests = async (): Promise<boolean> => {
    const before = site.answered();
    let woken = false;
    await send(page, Array.from({ length: REQUESTS }, (_, index) => `${site.api}/${index % 2 === 0 ? "open" : "shut"}/${index}`));
    await until("all were answered", async () => {
      woken ||= await browser.workerAlive();
      return site.answered() >= before + REQUESTS;
    });
    const end = Date.now() + 1000;
    while (Date.now() < end) woken ||= await browser.workerAlive();
    return woken;
  };

  /** Its own death takes 30 s; a kill stands for it. */
  const dies = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, SETTLED_AFTER));
    await browser.killWorker();
    expect(await browser.workerAlive()).toBe(false);
  };

  test(`DevTools were never open: ${REQUESTS} requests don't wake the worker`, async () => {
    await dies();
    expect(await isWokenByRequests()).toBe(false);
  });

  test("DevTools were opened and closed again: neither", async () => {
    const devTools = await browser.openDevTools(page);
    await until("the panel is watching", () => devTools.evaluate<boolean>(IS_WATCHING));
    await send(page, [`${site.api}/shut/seen`]);
    await until("the panel shows what was blocked", async () => (await rows(devTools)).length === 1);
    await devTools.close();
    await dies();
    expect(await isWokenByRequests()).toBe(false);
  });

  test("the worker died right after DevTools were closed: what it had counted leaves the icon all the same", async () => {
    // A page of the extension's keeps its worker from being killed, so none may be open for long.
    const badge = async (): Promise<string> => {
      const own = await browser.openPage(`${browser.extensionUrl}/manifest.json`);
      return own.evaluate<string>(`chrome.action.getBadgeText({ tabId: ${page.tabId} })`).finally(() => own.close());
    };
    const devTools = await browser.openDevTools(page);
    await until("the panel is watching", () => devTools.evaluate<boolean>(IS_WATCHING));
    await send(page, [`${site.api}/shut/counted`]);
    await until("the icon counts it", async () => (await badge()) === "1");
    await devTools.close();
    // Before it has cleared the icon by itself.
    await browser.killWorker();
    expect(await badge()).toBe("1");
    await send(page, [`${site.api}/shut/last`]);
    await until("it is cleared", async () => (await badge()) === "");
  });

  test("DevTools were closed right after the worker died: what it had listened to wakes nobody for ever", async () => {
    const devTools = await browser.openDevTools(page);
    await until("the panel is watching", () => devTools.evaluate<boolean>(IS_WATCHING));
    await browser.killWorker();
    await devTools.close();
    await send(page, [`${site.api}/shut/last`]);
    await dies();
    expect(await isWokenByRequests()).toBe(false);
  });
});
