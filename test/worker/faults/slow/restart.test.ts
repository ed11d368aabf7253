import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ENGINES, rows } from "../../panel-reading.ts";
import { openScene, type Scene, tell, workerScope } from "../scene.ts";

describe.each(ENGINES)("%s: the browser goes", (engine) => {
  let profile: string;
  let scene: Scene;
  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), "restarted-"));
  });
  afterEach(async () => {
    await scene?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test("and comes back with the same profile: nothing is left of the log, and all is told that comes", async () => {
    scene = await openScene(engine, { profile });
    await scene.record("before");
    await scene.close();
    scene = await openScene(engine, { profile });
    const inWorker = await workerScope(scene);
    const left = await inWorker<string[]>(`async ({ browser, chrome }) => Object.keys(await (browser ?? chrome).storage.session.get(null)).filter((key) => key.startsWith("exchange:"))`);
    expect({ left, rows: await rows(scene.panel), told: await scene.told() }).toEqual({ left: [], rows: [], told: [] });
    await scene.record("after");
    tell(engine, "browser restarted", "closed, and started again with the same profile", "an empty list; what comes is told", "the log, which is kept in memory only");
  });
});
