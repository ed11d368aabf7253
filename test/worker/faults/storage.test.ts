import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../browsers/browser.ts";
import messages from "../../../extension/_locales/en/messages.json" with { type: "json" };
import { ENGINES } from "../panel-reading.ts";
import { type InWorker, openScene, type Scene, withstands, workerScope } from "./scene.ts";

describe.each(ENGINES)("%s: the worker can't write down what it knows", (engine) => {
  let scene: Scene;
  let inWorker: InWorker;
  beforeAll(async () => {
    scene = await openScene(engine);
    inWorker = await workerScope(scene);
  });
  afterAll(() => scene?.close());

  const warns = async (): Promise<boolean> => (await scene.banners()).includes(messages.banner_storage_full.message);

  test("the quota is used up: all stays listed, the panel warns, and no longer once there is room", async () => {
    await withstands(scene, { fault: "storage quota full", injected: "10 MB of storage.session filled up", path: "full" }, async () => {
      await inWorker(`async ({ chrome, browser }) => {
        const area = (browser ?? chrome).storage.session;
        for (let size = 2 ** 22, part = 0; size >= 256; ) await area.set({ ["filler" + part]: "x".repeat(size) }).then(() => (part += 1), () => (size = Math.floor(size / 2)));
      }`);
      await scene.record("full/meanwhile");
      await until("the panel warns", warns);
      await inWorker(`async ({ chrome, browser }) => {
        const area = (browser ?? chrome).storage.session;
        await area.remove(Object.keys(await area.get(null)).filter((key) => key.startsWith("filler")));
      }`);
      return "a warning, until there was room again";
    });
    await until("the warning is gone", async () => !(await warns()));
    await scene.browser.killWorker();
    await scene.record("full/killed");
    expect((await scene.told()).filter((each) => each.includes("/full/"))).toHaveLength(8);
  });

  test("writing fails: all stays listed, the panel warns", async () => {
    await withstands(scene, { fault: "storage failing", injected: "storage.session.set and remove throw", path: "failing" }, async () => {
      await inWorker(`({ chrome, browser }) => {
        const area = (browser ?? chrome).storage.session;
        area.set = area.remove = () => Promise.reject(new Error("The disk is on fire"));
        return null;
      }`);
      await scene.record("failing/meanwhile");
      await until("the panel warns", warns);
      return "a warning";
    });
  });
});
