import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAR_REQUEST, until, type Browser, type Page, type Panel } from "../browsers/browser.ts";
import { extensionFor } from "../browsers/extension.ts";
import { launch } from "../browsers/launch.ts";
import { ENGINES, reports } from "./panel-reading.ts";
import { startSite, type Site } from "./site.ts";
import { speakTo, stranger, type Heard } from "./stranger.ts";

/** What a page can see around it, without knowing where to look. */
const LOOK = `(() => ({
  globals: Reflect.ownKeys(window).map(String).filter((name) => name !== "foundBefore").sort(),
  prototypes: [EventTarget, Node, Document, XMLHttpRequest, Navigator].map((each) => Reflect.ownKeys(each.prototype).length),
  fetch: [String(fetch), String(XMLHttpRequest.prototype.send)],
  page: document.documentElement.outerHTML,
  sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
  loaded: performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => !name.startsWith("http://127.0.0.1")),
  errors: foundBefore,
}))()`;
const NOTE_ERRORS = `(globalThis.foundBefore = [], ["error", "unhandledrejection", "message", "securitypolicyviolation"].forEach((name) => addEventListener(name, () => foundBefore.push(name))), null)`;

describe.each(ENGINES)("%s: under attack", (engine) => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let other: Page;
  let panel: Panel;
  let before: unknown;
  beforeAll(async () => {
    site = await startSite();
    browser = await launch(engine, { extension: extensionFor(engine), others: [await stranger(engine)] });
    other = await browser.openPage(site.otherPageUrl);
    page = await browser.openPage(site.pageUrl);
    await page.evaluate(NOTE_ERRORS);
    before = await page.evaluate(LOOK);
    panel = await browser.watch(page);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const ask = (from: Page, path: string): Promise<unknown> => from.evaluate(`fetch(${JSON.stringify(`${site.api}${path}`)}).then(() => null, () => null)`);
  const told = async (by: Panel, of: Page, path: string): Promise<void> =>
    until(`${path} is told`, async () => (await reports(by, of)).some(({ url }) => url.endsWith(path)));
  const har = async (of: Page): Promise<string> => JSON.stringify(await panel.evaluate(`(${HAR_REQUEST})(${of.tabId})`));

  test("a page that is watched sees what it saw before", async () => {
    await ask(page, "/shut/watched");
    await told(panel, page, "/shut/watched");
    await page.evaluate("new Promise((resolve) => setTimeout(() => resolve(null), 1500))");
    expect(await page.evaluate(LOOK)).toEqual(before);
  });

  test("a page loads no file of the extension, in any way", async () => {
    const loaded = await page.evaluate(
      async (base: string) => {
        const element = (name: string, fields: object): Promise<boolean> =>
          new Promise((resolve) => {
            const made = Object.assign(document.createElement(name), fields, { onload: () => resolve(true), onerror: () => resolve(false) });
            document.body.append(made);
            setTimeout(() => resolve(false), 3000);
          });
        const fetched = (path: string): Promise<boolean> => fetch(base + path, { mode: "no-cors" }).then(() => true, () => false);
        const found = {
          fetched: await fetched("/manifest.json"),
          words: await fetched("/_locales/en/messages.json"),
          panel: await fetched("/panel.html"),
          image: await element("img", { src: `${base}/icons/icon-32.png` }),
          script: await element("script", { src: `${base}/devtools.js` }),
          style: await element("link", { rel: "stylesheet", href: `${base}/panel.css` }),
        };
        document.body.append(Object.assign(document.createElement("iframe"), { src: `${base}/panel.html` }));
        await new Promise((resolve) => setTimeout(resolve, 500));
        return Object.entries(found).flatMap(([way, done]) => (done ? [way] : []));
      },
      browser.extensionUrl,
    );
    expect(loaded).toEqual([]);
    const frames = await panel.evaluate<string[]>(`(globalThis.browser ?? chrome).webNavigation.getAllFrames({ tabId: ${page.tabId} }).then((frames) => frames.map(({ url }) => url))`);
    expect(frames.filter((url) => url.startsWith(browser.extensionUrl))).toEqual([]);
  });

  test("the worker hears no page and no other extension", async () => {
    await ask(page, "/shut/not-for-strangers");
    await told(panel, page, "/shut/not-for-strangers");
    const id = engine === "gecko" ? "cors-explainer@cors-explainer.dev" : new URL(browser.extensionUrl).host;
    const byExtension = await other.evaluate<Heard, [object]>(
      (asked) => new Promise((resolve) => {
        addEventListener("message", ({ data }) => data.heard && resolve(data.heard));
        postMessage(asked, "*");
      }),
      { id, tabId: page.tabId },
    );
    expect(byExtension).toEqual([]);
    // Firefox gives pages no such thing, whatever is installed.
    expect(await other.evaluate("typeof globalThis.chrome?.runtime?.connect")).toBe(engine === "gecko" ? "undefined" : "function");
    if (engine === "chromium") expect(await other.evaluate(`(${speakTo.toString()})(chrome.runtime, ${JSON.stringify(id)}, ${page.tabId})`)).toEqual([]);
    expect(await har(page)).toContain("/shut/not-for-strangers");
  });

  test("the worker hears no content script, where a page might speak that broke out of its sandbox", async () => {
    const heard = await panel.evaluate(
      async (from: number, about: number) => {
        const { scripting } = Reflect.get(globalThis, "browser") ?? Reflect.get(globalThis, "chrome");
        const [frame] = await scripting.executeScript({
          target: { tabId: from },
          args: [about],
          func: async (tabId: number) => {
            const { runtime } = Reflect.get(globalThis, "browser") ?? Reflect.get(globalThis, "chrome");
            const said: unknown[] = [];
            const answer: unknown = await runtime.sendMessage({ type: "har", tabId }).catch(() => null);
            if (answer !== undefined && answer !== null) said.push(answer);
            for (const watcher of ["panel", "devtools"]) {
              const port = runtime.connect({ name: `${watcher}:${tabId}` });
              port.onMessage.addListener((message: unknown) => said.push(message));
              port.postMessage({ type: "clear" });
            }
            await new Promise((resolve) => setTimeout(resolve, 700));
            return said;
          },
        });
        return frame.result;
      },
      other.tabId,
      page.tabId,
    );
    expect(heard).toEqual([]);
    expect(await har(page)).toContain("/shut/not-for-strangers");
  });

  test("who watches one tab is told nothing of another", async () => {
    const second = await browser.watch(other);
    try {
      await ask(other, "/shut/of-the-other");
      await told(second, other, "/shut/of-the-other");
      await ask(page, "/shut/of-the-first");
      await told(panel, page, "/shut/of-the-first");
      expect(await har(page)).not.toContain("of-the-other");
      expect(await har(other)).not.toContain("of-the-first");
      const shown = (by: Panel): Promise<string> => by.evaluate("document.body.textContent + document.body.outerHTML");
      await until("the panel shows its own", async () => (await shown(second)).includes("of-the-other"));
      expect(await shown(second)).not.toContain("of-the-first");
      expect(await shown(panel)).not.toContain("of-the-other");
    } finally {
      await second.close();
    }
  });

  test("a page that hears the probe's channel can lie of its own requests only, and breaks nothing", async () => {
    await page.evaluate(`(() => {
      const dispatch = EventTarget.prototype.dispatchEvent;
      EventTarget.prototype.dispatchEvent = function (event) {
        if (event instanceof CustomEvent) globalThis.heardChannel = event.type;
        return dispatch.call(this, event);
      };
      return null;
    })()`);
    await panel.evaluate(`document.querySelector("input[name=precise]").click()`);
    await until("the page has heard it", async () => {
      await ask(page, "/open/heard");
      return page.evaluate<boolean>("globalThis.heardChannel !== undefined");
    });
    await page.evaluate(
      (api: string) => {
        const lie = { api: "fetch", url: `${api}/shut/lie`, method: "GET", mode: "same-origin", credentials: "omit", redirect: "follow", callSite: null, violatesPolicy: false, time: Date.now() };
        const wrong = Object.keys(lie).flatMap((field) => [{}, [], 1, null, "constructor"].map((value) => ({ ...lie, [field]: value })));
        const lies: unknown[] = [null, 1, [], {}, lie, JSON.parse('{"__proto__":{"polluted":1},"api":"fetch"}'), ...wrong];
        const details: unknown[] = ["", "{", "[[", {}, null, 1, ...lies.map((each) => JSON.stringify(each))];
        const channel = String(Reflect.get(globalThis, "heardChannel"));
        for (const detail of details) dispatchEvent(new CustomEvent(channel, { detail }));
        return null;
      },
      site.api,
    );
    await until("what can be believed is told", async () => (await har(page)).includes("/shut/lie"));
    await ask(page, "/shut/after-the-lies");
    await told(panel, page, "/shut/after-the-lies");
    await until("and how it was called", () =>
      panel.evaluate<boolean>(`(${HAR_REQUEST})(${page.tabId}).then(({ log }) => log.entries.some(({ _cors, request }) => request.url.endsWith("/after-the-lies") && _cors.call?.api === "fetch"))`));
    const apis = await panel.evaluate<unknown[]>(`(${HAR_REQUEST})(${page.tabId}).then(({ log }) => log.entries.flatMap(({ _cors }) => _cors.call ? [_cors.call.api] : []))`);
    expect(apis.filter((api) => api !== "fetch")).toEqual([]);
    await expect(har(other)).rejects.toThrow("Nobody watches");
    expect(await panel.evaluate("({}).polluted === undefined")).toBe(true);
    await panel.evaluate(`document.querySelector("input[name=precise]").click()`);
  });

  test("nothing of a request is written to disk, and nothing is kept once nobody watches", async () => {
    await ask(page, "/shut/secret-1234");
    await told(panel, page, "/shut/secret-1234");
    const stored = (by: Panel): Promise<Record<"session" | "disk", string>> =>
      by.evaluate(async () => {
        const { storage } = Reflect.get(globalThis, "browser") ?? Reflect.get(globalThis, "chrome");
        const databases = (await indexedDB.databases()).map(({ name }) => name);
        const disk = [await storage.local.get(null), await storage.sync.get(null).catch(() => ({})), databases, await caches.keys(), document.cookie, Object.entries(sessionStorage)];
        const settings = Object.keys(localStorage).filter((name) => !/^(recipe|command|grouped|scope|share|format|column-[a-z]+)$/.test(name));
        return { session: JSON.stringify(await storage.session.get(null)), disk: JSON.stringify([...disk, settings]) };
      });
    await until("the journal has it", async () => (await stored(panel)).session.includes("secret-1234"));
    // What Firefox's frames know is noted in the extension's own world there.
    const noted = (by: Panel): Promise<string[]> =>
      by.evaluate(async (tabId) => {
        const { scripting } = Reflect.get(globalThis, "browser") ?? Reflect.get(globalThis, "chrome");
        const func = (): string[] => ["corsExplainerTimings", "corsExplainerObserver", "corsExplainerCalls"].filter((name) => Reflect.get(globalThis, name) !== undefined);
        const [{ result }] = await scripting.executeScript({ target: { tabId }, func });
        return result;
      }, page.tabId);
    await until("its frame has it", async () => (await noted(panel)).length === (engine === "gecko" ? 2 : 0));
    expect((await stored(panel)).disk).toBe(`[{},{},[],[],"",[],[]]`);
    const second = await browser.watch(other);
    await panel.close();
    await until("it is forgotten", async () => !(await stored(second)).session.includes("secret-1234"));
    expect((await stored(second)).disk).toBe(`[{},{},[],[],"",[],[]]`);
    await until("its frame has forgotten it", async () => (await noted(second)).length === 0);
  });
});
