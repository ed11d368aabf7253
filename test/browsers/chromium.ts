import { writeFile } from "node:fs/promises";
import puppeteer, { type Browser as Puppeteer, type Frame, type KeyInput, type Page as TabPage } from "puppeteer-core";
import { ANSWER_MILLISECONDS, answersOf, evaluator, HAR_REQUEST, IS_WATCHING, until, type Browser, type DevToolsPanel, type Evaluate, type LaunchOptions, type Page, type Panel, type Size } from "./browser.ts";
import { verdictLog } from "./chromium-verdicts.ts";
import { unpacked } from "./extension.ts";
import { ensureBrowser } from "./install.ts";

const QUIET = ["--no-default-browser-check", "--disable-component-update", "--disable-domain-reliability", "--disable-quic", "--mute-audio"];

const DEVTOOLS_SIZE: Size = { width: 1280, height: 800 };

/**
 * Starts Chrome or Chromium with the extension.
 * @throws if there is no browser, or if it refuses the extension
 */
export async function launchChromium(options: LaunchOptions): Promise<Browser> {
  const { headless = true, theme = "light", args = [], insecureCertificates = false, unobserved = false, profile } = options;
  const chromium = await puppeteer.launch({
    executablePath: ensureBrowser("chromium"),
    headless,
    ...(profile === undefined ? {} : { userDataDir: profile }),
    pipe: true,
    networkEnabled: !unobserved,
    enableExtensions: true,
    defaultViewport: null,
    protocolTimeout: ANSWER_MILLISECONDS,
    // An attached debugger would keep the extension's worker alive for ever.
    targetFilter: (target) => !(target.type() === "service_worker" && target.url().startsWith("chrome-extension:")),
    args: [...QUIET, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...(theme === "dark" ? ["--force-dark-mode"] : []), ...(insecureCertificates ? ["--ignore-certificate-errors"] : []), ...args],
  });
  try {
    return await withExtension(chromium, options);
  } catch (error) {
    await chromium.close();
    throw error;
  }
}

async function withExtension(chromium: Puppeteer, { extension, others = [], headless = true, theme = "light", unobserved = false }: LaunchOptions): Promise<Browser> {
  const root = await chromium.target().createCDPSession();
  const extensionUrl = `chrome-extension://${await chromium.installExtension(await unpacked(extension))}`;
  for (const other of others) await chromium.installExtension(other);
  const answers = answersOf(chromium);
  const evaluateIn = (tab: TabPage): Evaluate => evaluator((source) => answers(tab.evaluate(source)));
  const log = verdictLog();
  const tabs = new Map<Page, TabPage>();

  const workerTarget = async () => {
    const { targetInfos } = await root.send("Target.getTargets", { filter: [{}] });
    return targetInfos.find(({ type, url }) => type === "service_worker" && url.startsWith(extensionUrl));
  };

  const openPage = async (url: string): Promise<Page> => {
    const tab = await chromium.newPage();
    // Any file of the extension has its APIs and, unlike panel.html, wakes nobody.
    await tab.goto(`${extensionUrl}/manifest.json`);
    const evaluate = evaluateIn(tab);
    const tabId = await evaluate<number>("chrome.tabs.getCurrent().then(({ id }) => id)");
    await tab.bringToFront();
    if (!unobserved) await log.follow(await tab.createCDPSession());
    await tab.goto(url);
    const page: Page = {
      tabId,
      evaluate,
      goto: async (next) => void (await tab.goto(next)),
      reload: async () => void (await tab.reload()),
      close: () => tab.close(),
    };
    tabs.set(page, tab);
    return page;
  };

  const watch = async (page: Page): Promise<Panel> => {
    const tab = await chromium.newPage();
    await tab.goto(`${extensionUrl}/panel.html?tabId=${page.tabId}`);
    const evaluate = evaluateIn(tab);
    await until("the panel is watching", () => evaluate<boolean>(IS_WATCHING));
    // A page in the background loads no media.
    await tabs.get(page)?.bringToFront();
    return {
      evaluate,
      har: () => evaluate(`(${HAR_REQUEST})(${page.tabId})`),
      screenshot: (file, size) => answers(photograph(tab, file, size)),
      close: () => tab.close(),
    };
  };

  const openDevTools = async (page: Page): Promise<DevToolsPanel> => {
    const tab = tabs.get(page);
    if (!tab) throw new Error("This page was not opened by this browser");
    const frontEnd = await tab.openDevTools();
    // DevTools underlines the tab in front once, where the tab then is.
    if (headless) await frontEnd.setViewport(DEVTOOLS_SIZE);
    // The front end throws until it has read its settings.
    await until("DevTools lists the panel", () => frontEnd.evaluate(showView(extensionUrl, theme, headless)).then(Boolean, () => false));
    let panel: Frame | undefined;
    await until("DevTools shows the panel", async () => {
      panel = frontEnd.frames().find((frame) => frame.url().startsWith(`${extensionUrl}/panel.html`));
      return panel !== undefined;
    });
    return {
      evaluate: evaluator((source) => answers(panel?.evaluate(source) ?? Promise.reject(new Error("The panel is gone")))),
      around: evaluateIn(frontEnd),
      show: async () => void (await frontEnd.evaluate(showView(extensionUrl, theme, headless))),
      setTheme: async (next) => void (await frontEnd.evaluate(changeTheme(next))),
      focus: async () => void (await panel?.evaluate("window.focus()")),
      press: async (chord) => {
        const keys = chord.split("+").map((key) => key as KeyInput);
        for (const key of keys.slice(0, -1)) await frontEnd.keyboard.down(key);
        for (const key of keys.slice(-1)) await frontEnd.keyboard.press(key);
        for (const key of keys.slice(0, -1)) await frontEnd.keyboard.up(key);
      },
      screenshot: (file, size) => answers(photograph(frontEnd, file, size, panel)),
      close: () => frontEnd.close(),
    };
  };

  return {
    engine: "chromium",
    version: await chromium.version(),
    extensionUrl,
    openPage,
    watch,
    openDevTools,
    crash: async (page) => {
      const session = await tabs.get(page)?.createCDPSession();
      const gone = new Promise((resolve) => session?.once("Inspector.targetCrashed", resolve));
      await session?.send("Inspector.enable");
      // Nobody is left to answer.
      session?.send("Page.crash").catch(() => {});
      await gone;
    },
    verdicts: async () => log.take(),
    workerAlive: async () => (await workerTarget()) !== undefined,
    killWorker: async () => {
      const worker = await workerTarget();
      if (!worker) return;
      await until("the worker is gone", async () => {
        if ((await workerTarget())?.targetId !== worker.targetId) return true;
        // Chromium forgets to close one that is just starting.
        await root.send("Target.closeTarget", { targetId: worker.targetId }).catch((error: unknown) => {
        // It may have died by itself, in the meantime.
        if (!String(error).includes("No target with given id")) throw error;
      });
        return false;
      });
    },
    attach: async (address) => {
      const { targetInfos } = await root.send("Target.getTargets", { filter: [{}] });
      const found = targetInfos.find(({ url }) => url.startsWith(extensionUrl) && url.endsWith(address));
      if (!found) throw new Error(`The extension has nothing at ${address}`);
      const { sessionId } = await root.send("Target.attachToTarget", { targetId: found.targetId, flatten: true });
      const session = root.connection()?.session(sessionId);
      if (!session) throw new Error(`Chromium gave no session for ${address}`);
      return { send: (method, params) => session.send(method as "Runtime.evaluate", params as never), detach: async () => void (await root.send("Target.detachFromTarget", { sessionId })) };
    },
    grantAccess: async (granted) => {
      const settings = await chromium.newPage();
      await settings.goto("chrome://extensions");
      const change = { extensionId: new URL(extensionUrl).host, hostAccess: granted ? "ON_ALL_SITES" : "ON_CLICK" };
      await settings.evaluate(`chrome.developerPrivate.updateExtensionConfiguration(${JSON.stringify(change)})`);
      await settings.close();
    },
    renew: async (how) => {
      const id = JSON.stringify(new URL(extensionUrl).host);
      const settings = await chromium.newPage();
      await settings.goto("chrome://extensions");
      // Without it an unpacked extension stays off once it was.
      await settings.evaluate("chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })");
      const disable = `chrome.management.setEnabled(${id}, false).then(() => chrome.management.setEnabled(${id}, true))`;
      await settings.evaluate(how === "reload" ? `chrome.developerPrivate.reload(${id}, { failQuietly: true })` : disable);
      await settings.close();
    },
    close: () => chromium.close(),
  };
}

/** Source for DevTools' own front end: shows the view that belongs to an extension; false while there is none. */
const showView = (extensionUrl: string, theme: string, undocked: boolean) => `(async () => {
  const { DockController, ViewManager } = await import("./ui/legacy/legacy.js");
  const { Settings } = await import("./core/common/common.js");
  const manager = ViewManager.ViewManager.instance();
  const key = [...manager.views.keys()].find((key) => key.startsWith(${JSON.stringify(extensionUrl)}));
  if (!key) return false;
  Settings.Settings.instance().moduleSetting("ui-theme").set(${JSON.stringify(theme === "dark" ? "dark" : "default")});
  if (${undocked}) DockController.DockController.instance().setDockSide("undocked");
  await manager.showView(key);
  return true;
})()`;

/** Source for DevTools' own front end: what its settings do. */
const changeTheme = (theme: "light" | "dark") => `import("./core/common/common.js").then(({ Settings }) =>
  Settings.Settings.instance().moduleSetting("ui-theme").set(${JSON.stringify(theme === "dark" ? "dark" : "default")}))`;

/** Where there is room for other tabs, the line under the one in front slides to its new place: so long at most. */
const SLIDE_MILLISECONDS = 250;

/** @param frame a part that another process draws, and later */
async function photograph(tab: TabPage, file: string, size: Size = DEVTOOLS_SIZE, frame?: Frame): Promise<void> {
  await tab.setViewport(size);
  // One that is hidden, behind another tool, draws nothing.
  if (frame && (await (await frame.frameElement())?.isVisible())) {
    await until("the panel has its new size", async () => (await frame.evaluate("innerWidth")) === size.width);
    await frame.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null))))");
  }
  await new Promise((slid) => setTimeout(slid, SLIDE_MILLISECONDS));
  const png = await tab.screenshot();
  await writeFile(file, png);
}
