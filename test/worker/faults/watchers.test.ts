import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../browsers/browser.ts";
import messages from "../../../extension/_locales/en/messages.json" with { type: "json" };
import { ENGINES, rows } from "../panel-reading.ts";
import { type InWorker, openScene, type Scene, watching, withstands, workerScope } from "./scene.ts";

describe.each(ENGINES)("%s: those who watch come and go", (engine) => {
  let scene: Scene;
  let inWorker: InWorker;
  beforeAll(async () => {
    scene = await openScene(engine);
    inWorker = await workerScope(scene);
  });
  afterAll(() => scene?.close());

  test("DevTools are closed and opened again", () =>
    withstands(scene, { fault: "panel closed and reopened", injected: "DevTools closed, and opened at once: after 5 s the log is forgotten by design", path: "reopened" }, async () => {
      const before = await rows(scene.panel);
      await scene.panel.close();
      scene.panel = await watching(scene.browser.openDevTools(scene.page));
      await until("all is listed again", async () => (await rows(scene.panel)).join() === before.join());
      return "the same list";
    }));

  test("two panels watch one tab, and one of them goes", () =>
    withstands(scene, { fault: "two watchers on one tab", injected: "a second panel on the tab, then closed", path: "watchers" }, async () => {
      const other = await scene.browser.watch(scene.page);
      await scene.record("watchers/both");
      await until("both list the same", async () => (await rows(other)).join() === (await rows(scene.panel)).join());
      await other.close();
      return "the same list in both";
    }));

  test("access to sites is taken away, and given back", () =>
    withstands(scene, { fault: "host access revoked midway", injected: "as in the browser's settings, then granted again", path: "access" }, async () => {
      await scene.browser.grantAccess(false);
      const warns = async (): Promise<boolean> => (await scene.banners()).some((text) => text.startsWith(messages.banner_access.message));
      await until("the panel says that requests are missing", warns);
      await scene.browser.grantAccess(true);
      await until("it says so no more", async () => !(await warns()));
      return "a warning with what to do";
    }));

  test.each([
    ["back", -3_600_000],
    ["forward", 3_600_000],
  ])("the clock is set %s by an hour", (way, by) =>
    withstands(scene, { fault: `clock set ${way}`, injected: `Date.now in the worker and in the panel ${by / 3_600_000} h`, path: `clock-${way}` }, async () => {
      const now = `Date.now.bind(Date)`;
      await inWorker(`(scope) => { const now = scope.${now}; scope.Date.now = () => now() + ${by}; return null; }`);
      await scene.panel.evaluate(`(() => { const now = ${now}; Date.now = () => now() + ${by}; return null; })()`);
      await scene.record(`clock-${way}/meanwhile`);
      await scene.browser.killWorker();
      return "the same list, also after a kill";
    }));

  test("all of that time nothing was told twice", async () => {
    const urls = (await scene.told()).map((each) => each.split(" ")[0]);
    expect(urls).toHaveLength(new Set(urls).size);
  });
});
