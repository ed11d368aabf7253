import { afterAll, beforeAll, describe, test } from "vitest";
import { IS_WATCHING, type Panel, until } from "../../../browsers/browser.ts";
import { click } from "../../../panel/hands.ts";
import { ENGINES } from "../../panel-reading.ts";
import { openScene, type Scene, watching, withstands } from "../scene.ts";

describe.each(ENGINES)("%s: what may befall a tab", (engine) => {
  let scene: Scene;
  /** A page of the extension's, which may ask for what the user can do. */
  let besides: Panel;
  const api = engine === "gecko" ? "browser" : "chrome";
  beforeAll(async () => {
    scene = await openScene(engine);
    besides = await scene.browser.watch({ ...scene.page, tabId: 999_999_999 });
    await click(scene.panel, "Preserve log");
  });
  afterAll(() => scene?.close());

  /** Firefox closes DevTools with some of these; the log outlives them for 5 s. */
  const reopened = async (): Promise<string> => {
    if (await scene.panel.evaluate<boolean>(IS_WATCHING).catch(() => false)) return "the same list";
    scene.panel = await watching(scene.browser.openDevTools(scene.page));
    return "DevTools closed by the browser; opened again at once, the same list";
  };

  test("navigated", () =>
    withstands(scene, { fault: "tab navigated", injected: "to another origin, log preserved", path: "navigated" }, async () => {
      await scene.page.goto(scene.site.otherPageUrl);
      return "the same list";
    }));

  test("moved to another window", () =>
    withstands(scene, { fault: "tab moved to another window", injected: "windows.create({ tabId })", path: "moved" }, async () => {
      await besides.evaluate(`${api}.windows.create({ tabId: ${scene.page.tabId} }).then(() => null)`);
      return reopened();
    }));

  test("crashed", () =>
    withstands(scene, { fault: "tab crashed", injected: engine === "gecko" ? "its process killed, then reloaded" : "Page.crash, then reloaded", path: "crashed" }, async () => {
      await scene.browser.crash(scene.page);
      await until("the page is back", () => scene.page.goto(scene.site.pageUrl).then(() => true, () => false));
      return reopened();
    }));
});
