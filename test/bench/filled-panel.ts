import { resolve } from "node:path";
import { build } from "esbuild";
import { type DevToolsPanel, type Evaluate, evaluator, IS_WATCHING, type Protocol, until } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import { startLab } from "../lab/server.ts";
import type { BROWSERS } from "../panel/lab-panel.ts";
import { recordedKinds } from "./kinds.ts";

/** The panel in real DevTools, on a log of any length. */
export interface FilledPanel {
  readonly version: string;
  readonly panel: DevToolsPanel;
  /** Where the `Speaker` is. */
  readonly speak: Evaluate;
  /** Chromium's protocol to the panel; null in Firefox. */
  readonly protocol: Protocol | null;
  /** Loads the panel anew, as it is when DevTools show it for the first time: connected, with an empty list. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** Any tab that nobody has. */
const NOBODY = 999_999_999;

/** Opens the panel in a fresh profile, in front of everything, so that it is painted. */
export async function openFilledPanel({ engine, name, extension }: (typeof BROWSERS)[number]): Promise<FilledPanel> {
  const lab = await startLab();
  const browser = await launch(engine, { extension: resolve(extension) });
  const page = await browser.openPage(lab.url);
  const bundled = await build({ entryPoints: [new URL("speaker.ts", import.meta.url).pathname], bundle: true, format: "iife", write: false });
  const source = bundled.outputFiles[0]?.text ?? "";
  // In Firefox the worker is a page, and shares its thread with the extension's other pages.
  const besides = engine === "gecko" ? await browser.watch({ ...page, tabId: NOBODY }) : null;
  const panel = await browser.openDevTools(page);
  await until("the panel is watching", () => panel.evaluate<boolean>(IS_WATCHING));
  const worker = await browser.attach("/background.js");
  const speak = besides?.evaluate ?? evaluator(async (expression) => valueOf(await worker?.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })));
  await speak(`(() => { ${source} })()`);
  await speak(`speaker.listen(${JSON.stringify(engine)}, ${page.tabId}, ${JSON.stringify(recordedKinds(name))})`);
  return {
    version: browser.version,
    panel,
    speak,
    protocol: await browser.attach("/panel.html"),
    renew: async () => {
      const before = await speak<number>("speaker.connected()");
      // How the user last had it is remembered: each fill begins as at first.
      await panel.evaluate("(localStorage.clear(), setTimeout(() => location.reload(), 0), null)");
      await until("the panel has connected anew", () => speak<boolean>(`speaker.connected() > ${before}`));
      await until("it is watching", () => panel.evaluate<boolean>(IS_WATCHING).catch(() => false));
    },
    close: async () => {
      await browser.close();
      await lab.close();
    },
  };
}

function valueOf(answer: unknown): unknown {
  const { result, exceptionDetails } = answer as { result?: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } };
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result?.value;
}
