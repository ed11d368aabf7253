import type { Browser as Puppeteer } from "puppeteer-core";

/** One shape for the two browsers that the tests and `npm start` drive; `launch.ts` picks the launcher. */

export type Engine = "chromium" | "gecko";

export type LaunchOptions = {
  /** the extension: a folder such as `dist/chrome`, or an archive */
  extension: string;
  /** default true */
  headless?: boolean;
  /** colour scheme of pages and of DevTools; default light */
  theme?: "light" | "dark";
  /** further unpacked extensions, installed after ours */
  others?: readonly string[];
  /** certificates that nobody trusts are taken */
  insecureCertificates?: boolean;
  /** the launcher doesn't listen to the pages' requests, which would slow them: there are no verdicts then */
  unobserved?: boolean;
  /** further command-line flags of the browser */
  args?: readonly string[];
  /** the folder of a profile that outlives the browser; default: a fresh profile */
  profile?: string;
  /** further preferences, as in `about:config`; Firefox only */
  preferences?: Readonly<Record<string, string | number | boolean>>;
};

/** Runs a script in some page and hands back its JSON value. A function is sent as source text: it must not close over anything. */
export type Evaluate = <T, A extends readonly unknown[] = readonly []>(script: string | ((...args: A) => T | Promise<T>), ...args: A) => Promise<T>;

export interface Page {
  /** the id by which the extension knows this tab */
  readonly tabId: number;
  readonly evaluate: Evaluate;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** The extension's panel page in an ordinary tab, watching another tab. */
export interface Panel {
  readonly evaluate: Evaluate;
  /** @returns what the worker answers to `{ type: "har", tabId }` */
  har(): Promise<unknown>;
  screenshot(file: string, size?: Size): Promise<void>;
  close(): Promise<void>;
}

/** The "CORS" panel inside the browser's real DevTools. */
export interface DevToolsPanel {
  readonly evaluate: Evaluate;
  /** In what is around the panel: DevTools' own page in Chromium, the browser window with Firefox's own privileges. */
  readonly around: Evaluate;
  /** Comes back from another tool. */
  show(): Promise<void>;
  /** As the user can in DevTools' settings. */
  setTheme(theme: "light" | "dark"): Promise<void>;
  /** Puts the keyboard's focus into the panel, as a click on its tab does. */
  focus(): Promise<void>;
  /**
   * Presses and releases a key, as the user's keyboard does: the browser acts on it too.
   * @param key a name of `KeyboardEvent.key`, after the modifiers that are held: `Shift+Tab`
   */
  press(key: string): Promise<void>;
  /** writes a PNG of all of DevTools, with the panel or another tool shown */
  screenshot(file: string, size?: Size): Promise<void>;
  close(): Promise<void>;
}

export type Size = { width: number; height: number };

/** What the browser itself said of one request. Gecko speaks only of blocked ones, and knows neither method nor type. */
export type Verdict = {
  /** where the request was when it ended */
  url: string;
  /** every URL that it went through, `url` last */
  urls: string[];
  method: string | null;
  type: string | null;
  /** a preflight's own fate; the request's comes separately */
  preflight: boolean;
  blocked: boolean;
  /** Chromium's CorsError or net error, or a word in lower case for the page's own policy (`csp`); Gecko's console category without its trailing digit */
  error: string | null;
  /** the value that the browser complains of */
  param: string | null;
};

export interface Browser {
  readonly engine: Engine;
  readonly version: string;
  readonly extensionUrl: string;
  openPage(url: string): Promise<Page>;
  /** Opens `panel.html?tabId=` for a page and waits until it is watching. */
  watch(page: Page): Promise<Panel>;
  openDevTools(page: Page): Promise<DevToolsPanel>;
  /** Ends the process that a page lives in, as a bug in the browser would. */
  crash(page: Page): Promise<void>;
  /** The browser's own verdicts on all pages' requests that ended since the last call. */
  verdicts(): Promise<Verdict[]>;
  workerAlive(): Promise<boolean>;
  /** Ends the extension's background worker through the browser; it starts again at the next event. */
  killWorker(): Promise<void>;
  /** Gives the extension access to all sites, or takes it away, as the user can in the browser's settings. */
  grantAccess(granted: boolean): Promise<void>;
  /** Ends the extension and starts it again, as an update does, or as the user can in the browser's list of extensions. */
  renew(how: "reload" | "disable"): Promise<void>;
  /** Chromium's protocol to the extension's worker or panel, by the end of its address: null in Firefox. What is attached isn't stopped when idle. */
  attach(address: string): Promise<Protocol | null>;
  close(): Promise<void>;
}

/** https://chromedevtools.github.io/devtools-protocol/ */
export interface Protocol {
  send(method: string, params?: object): Promise<unknown>;
  detach(): Promise<void>;
}

export const HAR_REQUEST = `(tabId) => (globalThis.browser ?? chrome).runtime.sendMessage({ type: "har", tabId })`;
export const IS_WATCHING = `document.documentElement?.dataset.connection === "watching"`;

/**
 * Writes a script as one expression whose promise resolves with JSON text (or undefined): the same in both protocols, and cheap for a large HAR.
 * @param script an expression, or a function that doesn't close over anything
 * @param args the function's arguments; JSON values
 */
export function jsonExpression<A extends readonly unknown[]>(script: string | ((...args: A) => unknown), args: A): string {
  // tsx compiles functions so that they call a `__name` which exists only in Node.
  const value = typeof script === "string" ? script : `(() => { const __name = (f) => f; return (${script})(${args.map((arg) => JSON.stringify(arg)).join()}) })()`;
  return `(async () => JSON.stringify(await (${value})))()`;
}

/**
 * Makes an {@link Evaluate} out of a protocol's own way to evaluate an expression.
 * @param run resolves with the expression's value
 */
export function evaluator(run: (expression: string) => Promise<unknown>): Evaluate {
  return async (script, ...args) => {
    const json = await run(jsonExpression(script, args));
    return typeof json === "string" ? JSON.parse(json) : undefined;
  };
}

/** How long a browser may take for one answer, in milliseconds: less than a test may. */
export const ANSWER_MILLISECONDS = 110_000;

/**
 * Ends a browser that doesn't answer any more: what is asked of it after that fails at once, not after minutes each.
 * @param browser what puppeteer launched
 * @returns waits for an answer
 */
export function answersOf(browser: Puppeteer): <T>(answer: Promise<T>) => Promise<T> {
  return async (answer) => {
    try {
      return await answer;
    } catch (error) {
      if (/'protocolTimeout'/.test(String(error))) browser.process()?.kill("SIGKILL");
      throw error;
    }
  };
}

/**
 * Polls until a condition holds.
 * @param what names the condition in the error
 * @param holds the condition
 * @param timeout in milliseconds
 * @throws if it doesn't hold in time
 */
export async function until(what: string, holds: () => Promise<boolean>, timeout = 20_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
