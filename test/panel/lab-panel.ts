import type { Browser, DevToolsPanel, Engine, LaunchOptions, Page } from "../browsers/browser.ts";
import { IS_WATCHING, until } from "../browsers/browser.ts";
import { extensionFor } from "../browsers/extension.ts";
import { launch } from "../browsers/launch.ts";
import { scenarios } from "../lab/scenarios.ts";
import { type Lab, startLab } from "../lab/server.ts";
import { rows } from "./shown.ts";

/** Both browsers, by the name of their build. */
export const BROWSERS: readonly Build[] = [
  { engine: "chromium", name: "chromium", extension: extensionFor("chromium") },
  { engine: "gecko", name: "firefox", extension: extensionFor("gecko") },
];

/** A build of the extension, and the browser that it is for. */
export interface Build {
  readonly engine: Engine;
  readonly name: "chromium" | "firefox";
  /** What to load: a folder or an archive. */
  readonly extension: string;
}

/** How long the panel may take to show something, in milliseconds. */
export const PATIENCE = { timeout: 20_000, interval: 50 } as const;

/** The lab in a tab, and the panel on it in real DevTools. */
export interface LabPanel {
  readonly browser: Browser;
  readonly lab: Lab;
  readonly page: Page;
  readonly panel: DevToolsPanel;
  /** Sends one of the lab's requests and waits until the page knows how it went. */
  send(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts all of it, in a fresh profile. */
export async function openLabPanel({ engine, extension }: Build, theme: NonNullable<LaunchOptions["theme"]> = "light"): Promise<LabPanel> {
  const lab = await startLab();
  const browser = await launch(engine, { extension: extension, theme });
  const page = await browser.openPage(lab.url);
  const panel = await browser.openDevTools(page);
  await until("the panel is watching", () => panel.evaluate<boolean>(IS_WATCHING));
  // Most of the lab fails alike: a line for each request, unless a test is about groups.
  await panel.evaluate(`document.querySelector("input[name=grouped]").click()`);
  return {
    browser,
    lab,
    page,
    panel,
    send: (id) => page.evaluate(`run(${JSON.stringify(id)}).then(() => null)`),
    close: async () => {
      await browser.close();
      await lab.close();
    },
  };
}

/** The scenarios that the browser blocks, in the order of the lab. */
export const BLOCKED = scenarios.filter(({ works }) => works !== true).map(({ id }) => id);

/** Sends all of the lab's requests and waits until the list has all that were blocked. */
export async function sendAll({ page, panel }: Pick<LabPanel, "page" | "panel">): Promise<void> {
  await page.evaluate("runAll().then(() => null)");
  // The proof of an outcome may come a little after the response.
  await until("the list has all that was blocked, and nothing else", async () => {
    const shown = await rows(panel);
    const ids = shown.map(({ address }) => scenarioOf(address));
    return shown.every(({ outcome }) => outcome === "Blocked") && BLOCKED.every((id) => ids.includes(id));
  });
}

/** Which of the lab's requests an address belongs to. */
export function scenarioOf(address: string): string {
  return new URL(address).pathname.split("/")[1] ?? "";
}
