import { mkdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IS_WATCHING, until } from "../browsers/browser.ts";
import { click, clickRow } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { faintTexts, overflowing } from "./legibility.ts";
import { rows, summary } from "./shown.ts";

describe.each(BROWSERS)("what $name's panel says of itself", (build) => {
  let opened: LabPanel;
  let silent: Server;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    silent = createServer(() => {}).listen(0, "127.0.0.1");
    opened = await openLabPanel(build);
  });
  afterAll(async () => {
    await opened?.close();
    silent?.closeAllConnections();
    silent?.close();
  });

  const banners = (): Promise<string[]> => opened.panel.evaluate(() => [...document.querySelectorAll(".banner")].map(({ textContent }) => textContent ?? ""));
  const text = (): Promise<string> => opened.panel.evaluate(() => document.querySelector(".state p")?.textContent ?? "");

  test("what was watched, where nothing was blocked", async () => {
    await opened.send("allowed-get");
    await expect.poll(text, PATIENCE).toBe("Watched so far: 1 request to 1 other origin. None was blocked.");
    await opened.send("allowed-preflight");
    await expect.poll(text, PATIENCE).toBe("Watched so far: 2 requests to 1 other origin. None was blocked.");
  });

  test("what was in flight when its worker was lost, for a while", async () => {
    const { port } = silent.address() as AddressInfo;
    await opened.page.evaluate(`void fetch("http://127.0.0.1:${port}/never").catch(() => {})`);
    await expect.poll(async () => (await summary(opened.panel)).count, PATIENCE).toBe("0 blocked of 3");
    await opened.browser.killWorker();
    await expect.poll(banners, PATIENCE).toEqual(["The extension’s worker was restarted. What was in flight then may be told as “Not fully seen”: 1 request. Send again what you need to know."]);
    await expect.poll(banners, PATIENCE).toEqual([]);
    // What it was told of once is not news, and an idle worker's end is none.
    await opened.browser.killWorker();
    await until("the panel is watching again", async () => (await opened.browser.workerAlive()) && (await opened.panel.evaluate<boolean>(IS_WATCHING)));
    expect(await banners()).toEqual([]);
  });

  test("that the worker doesn't answer, until it does", async () => {
    await until("the panel is watching", async () => (await opened.browser.workerAlive()) && (await opened.panel.evaluate<boolean>(IS_WATCHING)));
    await opened.panel.evaluate(`(() => {
      const { runtime } = ${build.engine === "gecko" ? "browser" : "chrome"};
      const connect = (window.connectsAs ??= runtime.connect);
      runtime.connect = () => {
        throw new Error("Could not establish connection");
      };
      window.answerAgain = () => void (runtime.connect = connect);
    })()`);
    await opened.browser.killWorker();
    await expect.poll(banners, PATIENCE).toEqual(["The background worker doesn’t answer. Reload the extension on the browser’s extensions page, then close DevTools and open them again."]);
    await opened.panel.screenshot(`out/unanswered-${build.name}.png`, { width: 400, height: 500 });
    await opened.panel.evaluate("window.answerAgain()");
    await expect.poll(banners, PATIENCE).toEqual([]);
  });

  test("all of it where DevTools are docked below the page: list and explanation side by side", async () => {
    await opened.send("options-404");
    await until("it is listed", async () => (await rows(opened.panel)).length === 1);
    await clickRow(opened.panel, "options-404");
    await opened.panel.screenshot(`out/docked-${build.name}.png`, { width: 1600, height: 300 });
    const seen = await opened.panel.evaluate(() => {
      const box = (selector: string): DOMRect => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      return { beside: box(".list").right <= box(".detail").left, toolbar: box(".toolbar").height, verdict: box(".verdict .links").bottom <= innerHeight };
    });
    expect(seen).toEqual({ beside: true, toolbar: expect.closeTo(30, -0.5), verdict: true });
  });

  test("in two lines of tools where it is narrow", async () => {
    await opened.panel.screenshot(`out/narrow-${build.name}.png`, { width: 400, height: 800 });
    const tools = await opened.panel.evaluate(() => [...document.querySelectorAll(".toolbar > :not(.toolbar-break, .unseen)")].filter((tool) => tool.getClientRects().length > 0).map((tool) => Math.round(tool.getBoundingClientRect().top + tool.getBoundingClientRect().height / 2)));
    const lines = tools.toSorted((a, b) => a - b).reduce((count, middle, index, all) => count + (index === 0 || middle - (all[index - 1] ?? 0) > 6 ? 1 : 0), 0);
    expect(lines).toBe(2);
    expect(await overflowing(opened.panel)).toEqual([]);
    await click(opened.panel, "Keyboard shortcuts");
    await opened.panel.screenshot(`out/shortcuts-${build.name}.png`, { width: 400, height: 420 });
    expect(await overflowing(opened.panel)).toEqual([]);
    expect(await faintTexts(opened.panel)).toEqual([]);
  });
});
