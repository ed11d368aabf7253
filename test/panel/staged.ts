import type { Exchange } from "../../src/model.ts";
import type { TabState } from "../../src/protocol.ts";
import type { Shown } from "./shown.ts";

/** A tab in which nothing is out of the ordinary. */
export const ORDINARY: TabState = { engine: "chromium", recording: true, preserve: false, precise: false, access: true, dropped: 0, trials: [], trouble: null };

/**
 * Starts the panel's page anew, where it is, with a worker that says one thing and no more: for what a real one says
 * rarely, or only when something broke.
 * @param tab what the worker says of the tab; null: it says nothing
 */
export async function stage({ evaluate }: Shown, tab: TabState | null, exchanges: readonly Exchange[] = []): Promise<void> {
  await evaluate(
    async (state, snapshot) => {
      const api = Reflect.get(globalThis, "browser") ?? Reflect.get(globalThis, "chrome");
      api.runtime.connect = () => ({
        onMessage: { addListener: (listen: (message: object) => void) => state !== null && setTimeout(() => listen({ type: "snapshot", state, exchanges: snapshot, ids: snapshot.map(({ id }) => id), more: false })) },
        onDisconnect: { addListener: () => undefined },
        postMessage: () => undefined,
      });
      document.body.replaceWith(document.createElement("body"));
      // By the panel's own policy, which it makes only when it opens a file: the manifest allows no other.
      const types = globalThis.trustedTypes;
      const policy = Reflect.get(window, "staging") ?? types?.createPolicy("import-worker", { createScriptURL: (url) => url });
      Object.assign(window, { staging: policy });
      const url = `panel.js?${Math.random()}`;
      const script = Object.assign(document.createElement("script"), { type: "module", src: policy?.createScriptURL(url) ?? url });
      const ran = new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: reject }));
      document.head.append(script);
      await ran;
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    tab,
    exchanges,
  );
}
