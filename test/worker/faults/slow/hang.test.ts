import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, test } from "vitest";
import { until } from "../../../browsers/browser.ts";
import { countLosses, ENGINES, losses, rows, send } from "../../panel-reading.ts";
import { openScene, type Scene, withstands } from "../scene.ts";

/** Longer than Chromium lets a worker idle; Firefox's patience is a preference. */
const HANG_MILLISECONDS = 65_000;

describe.each(ENGINES)("%s: little for long", (engine) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(engine, { preferences: { "extensions.background.idle.timeout": 5000 } });
  });
  afterAll(() => scene?.close());

  test("a request hangs for longer than the worker may idle", () =>
    withstands(scene, { fault: "request that hangs", injected: `the answer held back for ${HANG_MILLISECONDS / 1000} s`, path: "hang" }, async () => {
      await send(scene.page, [`${scene.site.api}/held/hang`]);
      await until("it waits", async () => scene.site.held() === 1);
      await countLosses(scene.panel);
      await pause(HANG_MILLISECONDS);
      // It comes back at once, so nobody sees it dead.
      const deaths = await losses(scene.panel);
      scene.site.release();
      await until("it is listed", async () => (await rows(scene.panel)).some((row) => row.startsWith(`blocked ${scene.site.api}/held/hang `)), 30_000);
      return `the worker died of idleness ${deaths ?? 0} times; told as ${(await scene.told()).find((each) => each.includes("/held/hang "))?.split(" ").at(-1)}`;
    }));
});
