import { afterEach, describe, expect, test } from "vitest";
import { type Panel, until } from "../../../browsers/browser.ts";
import { click } from "../../../panel/hands.ts";
import { ENGINES } from "../../panel-reading.ts";
import { openScene, type Scene, tell, withstands, workerScope } from "../scene.ts";

const FAULT = { fault: "tab discarded", injected: "tabs.discard, with another tab in front", path: "discarded" };

describe.each(ENGINES)("%s: a tab is discarded while DevTools are open on it", (engine) => {
  let scene: Scene;
  afterEach(() => scene?.close());

  const api = engine === "gecko" ? "browser" : "chrome";
  /** @returns whether the tab is the same to the browser */
  const discard = (besides: Panel): Promise<boolean> =>
    besides.evaluate(`(async ({ tabs }, tabId) => {
      await tabs.update((await tabs.getCurrent()).id, { active: true });
      await tabs.discard(tabId);
      const [discarded] = await tabs.query({ discarded: true });
      return discarded.id === tabId;
    })(${api}, ${scene.page.tabId})`);

  test("what was recorded stays for as long as DevTools do", async () => {
    scene = await openScene(engine);
    const besides = await scene.browser.watch({ ...scene.page, tabId: 999_999_999 });
    if (engine === "gecko") {
      await click(scene.panel, "Preserve log");
      await withstands(scene, FAULT, async () => {
        expect(await discard(besides)).toBe(true);
        await besides.evaluate(`${api}.tabs.update(${scene.page.tabId}, { active: true }).then(() => null)`);
        await until("the page is back", () => scene.page.goto(scene.site.pageUrl).then(() => true, () => false));
        return "DevTools stay, with the same list";
      });
      return;
    }
    // Chromium closes DevTools with the tab's old id: nobody watches it any more, so nothing is kept.
    await scene.record(`${FAULT.path}/before`);
    const inWorker = await workerScope(scene);
    expect(await discard(besides)).toBe(false);
    const kept = (): Promise<string[]> => inWorker(`async ({ chrome }) => Object.keys(await chrome.storage.session.get(null)).filter((key) => /^(tab|exchange):/.test(key))`);
    await until("nothing is kept", async () => (await kept()).length === 0);
    await expect(scene.panel.evaluate("1")).rejects.toThrow();
    tell(engine, FAULT.fault, FAULT.injected, "the browser closes DevTools, and the tab gets another id", "the log, as whenever DevTools are closed");
  });
});
