import { afterEach, describe, expect, test } from "vitest";
import { until } from "../../../browsers/browser.ts";
import messages from "../../../../extension/_locales/en/messages.json" with { type: "json" };
import { ENGINES } from "../../panel-reading.ts";
import { openScene, type Scene, tell, watching } from "../scene.ts";

/** It ends with the extension: by design, as `storage.session` is in memory only. */
const LOG = "the log, which is kept in memory only; nothing once DevTools are opened anew";

describe.each(ENGINES)("%s: the extension goes while DevTools are open", (engine) => {
  let scene: Scene;
  afterEach(() => scene?.close());

  test.each(["updated", "disabled and enabled"] as const)("it is %s", async (how) => {
    scene = await openScene(engine);
    await scene.record("before");
    await scene.browser.renew(how === "updated" ? "reload" : "disable");
    // Either the browser takes the panel away, or it has to say what to do.
    let seen = "";
    await until("the panel is gone, or says what to do, or goes on", async () => {
      const state = await scene.panel.evaluate<string>(`document.documentElement.dataset.connection + " " + document.body.textContent`).catch(() => null);
      if (state === null || !state.includes("CORS") && state.length < 30) seen = "the browser takes the panel away";
      else if (state.startsWith("watching")) seen = "";
      else if (state.includes(messages.banner_unanswered.message)) seen = "the panel says to close DevTools and open them again";
      return seen !== "";
    }, 30_000);
    await scene.panel.close().catch(() => {});
    scene.panel = await watching(scene.browser.openDevTools(scene.page));
    await scene.record("after");
    tell(engine, `extension ${how}`, how === "updated" ? "reloaded in the browser's list of extensions" : "switched off and on in that list", seen, LOG);
    expect((await scene.told()).some((each) => each.includes("/after "))).toBe(true);
  });
});
