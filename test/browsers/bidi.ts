import type { Browser } from "puppeteer-core";
import { answersOf } from "./browser.ts";

/** WebDriver BiDi as far as Firefox needs it; puppeteer's own pages lose track of an extension page, which lives in another process. */
export type Bidi = {
  /** Opens a tab, in front, and hands back its context. */
  openTab(): Promise<string>;
  goto(context: string, url: string, wait: "none" | "complete"): Promise<void>;
  /** Brings a tab to the front. */
  activate(context: string): Promise<void>;
  reload(context: string): Promise<void>;
  close(context: string): Promise<void>;
  /** Runs an expression in a context and waits for its promise; a string value or undefined. */
  evaluate(context: string, expression: string): Promise<unknown>;
  /** @returns a PNG */
  screenshot(context: string, size: { width: number; height: number } | null): Promise<Buffer>;
  /** @returns the context of the browser's own window: scripts there may do anything (needs `--remote-allow-system-access`) */
  browserWindow(): Promise<string>;
};

type Answer = { result: Record<string, unknown> };
type Connection = { send(method: string, params: object): Promise<Answer> };

/**
 * Speaks BiDi over puppeteer's connection.
 * @throws if the browser was not launched over BiDi
 */
export function bidi(browser: Browser): Bidi {
  const connection = "connection" in browser ? (browser.connection as Connection) : null;
  if (!connection) throw new Error("This browser does not speak WebDriver BiDi");
  const answers = answersOf(browser);
  const send = async (method: string, params: object) => (await answers(connection.send(method, params))).result;

  return {
    openTab: async () => String((await send("browsingContext.create", { type: "tab", background: false }))["context"]),
    goto: async (context, url, wait) => void (await send("browsingContext.navigate", { context, url, wait })),
    activate: async (context) => void (await send("browsingContext.activate", { context })),
    reload: async (context) => void (await send("browsingContext.reload", { context, wait: "complete" })),
    close: async (context) => void (await send("browsingContext.close", { context })),
    evaluate: async (context, expression) => {
      const answer = await send("script.evaluate", { expression, target: { context }, awaitPromise: true });
      if (answer["type"] !== "success") throw new Error((answer["exceptionDetails"] as { text: string }).text);
      return (answer["result"] as { value?: unknown }).value;
    },
    screenshot: async (context, size) => {
      if (size) await send("browsingContext.setViewport", { context, viewport: size });
      return Buffer.from(String((await send("browsingContext.captureScreenshot", { context }))["data"]), "base64");
    },
    browserWindow: async () => {
      const { contexts } = (await send("browsingContext.getTree", { "moz:scope": "chrome" })) as { contexts: { context: string; url: string }[] };
      const window = contexts.find(({ url }) => url.endsWith("/browser.xhtml"));
      if (!window) throw new Error("Firefox has no browser window");
      return window.context;
    },
  };
}
