import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import puppeteer, { type Browser as Puppeteer } from "puppeteer-core";
import { bidi } from "./bidi.ts";
import { ANSWER_MILLISECONDS, evaluator, HAR_REQUEST, IS_WATCHING, until, type Browser, type DevToolsPanel, type LaunchOptions, type Page, type Panel, type Verdict } from "./browser.ts";
import { manifestOf } from "./extension.ts";
import * as privileged from "./firefox-chrome-scripts.ts";
import { ensureBrowser } from "./install.ts";

/**
 * Starts Firefox with the extension, over WebDriver BiDi.
 * @throws if there is no browser, or if the extension doesn't install
 */
export async function launchFirefox({ extension, others = [], insecureCertificates = false, headless = true, theme = "light", args = [], preferences = {}, unobserved = false, profile }: LaunchOptions): Promise<Browser> {
  const uuid = randomUUID();
  const dark = theme === "dark";
  const firefox = await puppeteer.launch({
    browser: "firefox",
    executablePath: ensureBrowser("gecko"),
    headless,
    ...(profile === undefined ? {} : { userDataDir: profile }),
    networkEnabled: !unobserved,
    acceptInsecureCerts: insecureCertificates,
    defaultViewport: null,
    protocolTimeout: ANSWER_MILLISECONDS,
    args: ["--remote-allow-system-access", ...args],
    extraPrefsFirefox: {
      // Chosen here, because nothing tells a test which address an extension got.
      "extensions.webextensions.uuids": JSON.stringify({ [extensionId(extension)]: uuid }),
      "devtools.theme": theme,
      "ui.systemUsesDarkTheme": dark ? 1 : 0,
      "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
      ...preferences,
    },
  });
  try {
    return await withExtension(firefox, extension, others, uuid);
  } catch (error) {
    await firefox.close();
    throw error;
  }
}

async function withExtension(firefox: Puppeteer, extension: string, others: readonly string[], uuid: string): Promise<Browser> {
  const protocol = bidi(firefox);
  const window = await protocol.browserWindow();
  const privilegedRun = evaluator((source) => protocol.evaluate(window, source));
  await privilegedRun(privileged.COLLECT_CORS_MESSAGES);
  const id = await firefox.installExtension(extension);
  for (const other of others) await firefox.installExtension(other);
  const extensionUrl = `moz-extension://${uuid}`;
  const contexts = new Map<Page, string>();

  const openPage = async (url: string): Promise<Page> => {
    const context = await protocol.openTab();
    const tabId = await privilegedRun<number>(privileged.SELECTED_TAB_ID);
    await protocol.goto(context, url, "complete");
    const page: Page = {
      tabId,
      evaluate: evaluator((source) => protocol.evaluate(context, source)),
      goto: (next) => protocol.goto(context, next, "complete"),
      reload: () => protocol.reload(context),
      close: () => protocol.close(context),
    };
    contexts.set(page, context);
    return page;
  };

  const watch = async (page: Page): Promise<Panel> => {
    const tab = await protocol.openTab();
    // BiDi never hears that an extension page has loaded.
    await protocol.goto(tab, `${extensionUrl}/panel.html?tabId=${page.tabId}`, "none");
    const evaluate = evaluator((source) => protocol.evaluate(tab, source));
    await until("the panel is watching", () => evaluate<boolean>(IS_WATCHING).catch(() => false));
    const context = contexts.get(page);
    if (context) await protocol.activate(context);
    return {
      evaluate,
      har: () => evaluate(`(${HAR_REQUEST})(${page.tabId})`),
      screenshot: async (file, size) => writeFile(file, await protocol.screenshot(tab, size ?? null)),
      close: () => protocol.close(tab),
    };
  };

  const openDevTools = async (page: Page): Promise<DevToolsPanel> => {
    await privilegedRun(privileged.openToolbox(page.tabId));
    return {
      evaluate: evaluator((source) => privilegedRun(privileged.runInPanel(source))),
      around: privilegedRun,
      show: async () => void (await privilegedRun(privileged.showPanel)),
      setTheme: async (theme) => void (await privilegedRun(privileged.changeTheme(theme))),
      focus: async () => void (await privilegedRun(privileged.FOCUS_PANEL)),
      press: async (chord) => void (await privilegedRun(privileged.pressInPanel(chord))),
      screenshot: async (file, { width, height } = { width: 1280, height: 800 }) => {
        const url = await privilegedRun<string>(privileged.drawToolbox(width, height));
        await writeFile(file, Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
      },
      close: async () => void (await privilegedRun(privileged.closeToolbox)),
    };
  };

  return {
    engine: "gecko",
    version: await firefox.version(),
    extensionUrl,
    openPage,
    watch,
    openDevTools,
    crash: async (page) => void process.kill(await privilegedRun<number>(privileged.processOfTab(page.tabId)), "SIGKILL"),
    verdicts: async () => withUrls(await privilegedRun<Message[]>(privileged.TAKE_CORS_MESSAGES)).map(verdict),
    workerAlive: () => privilegedRun(privileged.backgroundRuns(id)),
    killWorker: async () => void (await privilegedRun(privileged.terminateBackground(id))),
    attach: async () => null,
    grantAccess: async (granted) => void (await privilegedRun(privileged.changeAccess(id, granted))),
    renew: async (how) => void (await privilegedRun(privileged.renew(id, how))),
    close: () => firefox.close(),
  };
}

type Message = { category: string; text: string };

/** A redirect to another scheme is logged without a URL; the general word that follows has it. */
function withUrls(messages: readonly Message[]): readonly (Message & { url: string })[] {
  const urls = messages.map(({ text }) => / ‘?(https?:\/\/[^\s’]+)’?\. \(Reason: /.exec(text)?.[1] ?? "");
  return messages.map((message, index) => ({ ...message, url: urls[index] || (message.category.startsWith("CORSRequestNotHttp") ? urls[index + 1] ?? "" : "") }));
}

function verdict({ category, text, url }: Message & { url: string }): Verdict {
  const reason = /\(Reason: (.*?)\)\./s.exec(text)?.[1] ?? text;
  const param = [...reason.matchAll(/‘([^’]*)’/g)].map((quoted) => quoted[1] ?? "").find((quoted) => !quoted.startsWith("Access-Control-")) ?? null;
  return { url, urls: [url], method: null, type: null, preflight: false, blocked: true, error: category.replace(/\d$/, ""), param };
}

function extensionId(extension: string): string {
  const id = (manifestOf(extension) as { browser_specific_settings?: { gecko?: { id?: string } } }).browser_specific_settings?.gecko?.id;
  if (!id) throw new Error(`The manifest of ${extension} has no browser_specific_settings.gecko.id`);
  return id;
}
