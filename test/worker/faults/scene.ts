import { expect } from "vitest";
import { type Browser, type DevToolsPanel, type Engine, IS_WATCHING, type LaunchOptions, type Page, until } from "../../browsers/browser.ts";
import { extensionFor } from "../../browsers/extension.ts";
import { launch } from "../../browsers/launch.ts";
import { reports, rows, send } from "../panel-reading.ts";
import { type Site, startSite } from "../site.ts";

/** A row of the fault matrix. */
export interface Fault {
  readonly fault: string;
  /** How it is brought about. */
  readonly injected: string;
  /** What is recorded for it, before and after, below this path. */
  readonly path: string;
}

/** A page that sends, and the panel on it in real DevTools. */
export interface Scene {
  readonly engine: Engine;
  readonly site: Site;
  readonly browser: Browser;
  readonly page: Page;
  /** Another one, once DevTools were opened anew. */
  panel: DevToolsPanel;
  /** Sends one request that passes and one that is blocked, and waits until both are told of. */
  record(path: string): Promise<void>;
  /** What is told of each request, in the worker's own export. */
  told(): Promise<string[]>;
  banners(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens it in a fresh profile. */
export async function openScene(engine: Engine, options: Partial<LaunchOptions> = {}): Promise<Scene> {
  const site = await startSite();
  const browser = await launch(engine, { extension: extensionFor(engine), ...options });
  const page = await browser.openPage(site.pageUrl);
  const scene: Scene = {
    engine,
    site,
    browser,
    page,
    panel: await watching(browser.openDevTools(page)),
    async record(path) {
      await send(page, [`${site.api}/open/${path}`, `${site.api}/shut/${path}`]);
      await until(`${path} is recorded`, async () => {
        const told = await scene.told().catch(() => []);
        return ["open", "shut"].every((way) => told.some((each) => each.startsWith(`${site.api}/${way}/${path} `) && !each.includes(" unknown ")));
      });
      await until(`${path} is listed`, async () => (await rows(scene.panel)).some((row) => row.startsWith(`blocked ${site.api}/shut/${path} `)));
    },
    told: async () => (await reports(scene.panel, page)).map(({ url, outcome, browserError }) => `${url} ${outcome} ${browserError ?? ""}`),
    banners: () => scene.panel.evaluate<string[]>(`[...document.querySelectorAll(".banner")].map(({ textContent }) => textContent)`),
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
  return scene;
}

/** Waits until a panel that is being opened has heard of the worker. */
export async function watching(opening: Promise<DevToolsPanel>): Promise<DevToolsPanel> {
  const panel = await opening;
  await until("the panel is watching", () => panel.evaluate<boolean>(IS_WATCHING).catch(() => false));
  return panel;
}

/**
 * Records, lets the fault happen, records again: what was told before has to be told after it, and in the list, and what comes then too.
 * @param inject what goes wrong; what is to be seen of it, as it is printed
 */
export async function withstands(scene: Scene, { fault, injected, path }: Fault, inject: () => Promise<string>): Promise<void> {
  await scene.record(`${path}/before`);
  const before = { told: await scene.told(), rows: await rows(scene.panel) };
  const seen = await inject();
  await scene.record(`${path}/after`);
  const after = { told: await scene.told(), rows: await rows(scene.panel) };
  const lost = [...before.told.filter((each) => !after.told.includes(each)), ...before.rows.filter((each) => !after.rows.includes(each))];
  tell(scene.engine, fault, injected, seen, lost.length === 0 ? "nothing" : lost.join(", "));
  expect(lost).toEqual([]);
}

/** Prints a row of the matrix. */
export function tell(engine: Engine, fault: string, injected: string, seen: string, lost: string): void {
  console.log(`fault | ${[fault, engine, injected, seen, lost].join(" | ")}`);
}

/** Runs scripts in the extension's worker: functions of its global scope, as source text. */
export type InWorker = <T>(script: string) => Promise<T>;

export async function workerScope(scene: Scene): Promise<InWorker> {
  if (scene.engine === "gecko") {
    // An event page's window is open to the other pages of its extension.
    const besides = await scene.browser.watch({ ...scene.page, tabId: NOBODY });
    return (script) => besides.evaluate(`browser.runtime.getBackgroundPage().then((scope) => (${script})(scope))`);
  }
  return async (script) => {
    const worker = await scene.browser.attach("/background.js");
    const answer = await worker?.send("Runtime.evaluate", { expression: `(async () => JSON.stringify(await (${script})(globalThis)))()`, awaitPromise: true, returnByValue: true });
    await worker?.detach();
    const { result, exceptionDetails } = answer as { result: { value?: string }; exceptionDetails?: { exception?: { description?: string } } };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? "The worker threw");
    return result.value === undefined ? undefined : JSON.parse(result.value);
  };
}

/** Any tab that nobody has. */
const NOBODY = 999_999_999;
