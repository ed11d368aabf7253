import { createServer, type Server } from "node:http";
import puppeteer, { type Browser } from "puppeteer-core";
import { ensureBrowser } from "../browsers/install.ts";
import { portAndLookalike } from "./ports.ts";

/** What a page got to read. */
export interface Read {
  readonly status: number;
  readonly body: string;
}

/** A page that makes requests. */
export interface RequestingPage {
  /** @returns null if the browser kept the answer from the page */
  fetch(url: string, init: RequestInit): Promise<Read | null>;
  close(): Promise<void>;
}

/** Two origins with a page each: the one to be allowed, and one that begins with its very letters. */
export interface Origins {
  readonly own: string;
  readonly foreign: string;
  close(): void;
}

/** Starts a headless Chromium. */
export function launchBrowser(): Promise<Browser> {
  return puppeteer.launch({ executablePath: ensureBrowser("chromium"), pipe: true, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

/** Serves an empty page at each of two origins. */
export async function serveOrigins(): Promise<Origins> {
  const { port, lookalike } = await portAndLookalike();
  const servers = await Promise.all([servePage(port), servePage(lookalike)]);
  return { own: `http://127.0.0.1:${port}`, foreign: `http://127.0.0.1:${lookalike}`, close: () => servers.forEach((server) => server.close()) };
}

function servePage(port: number): Promise<Server> {
  const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>page</title>"));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** Opens a page in a profile of its own, with a cookie that goes to every port of 127.0.0.1. */
export async function openPage(browser: Browser, url: string): Promise<RequestingPage> {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  await tab.goto(url, { waitUntil: "domcontentloaded" });
  await tab.evaluate(`document.cookie = "session=1"`);
  return {
    fetch: async (target, init) => {
      // As a text: what tsx makes of a function refers to names that the page doesn't have.
      const got = await tab.evaluate(`fetch(${JSON.stringify(target)}, ${JSON.stringify({ cache: "no-store", ...init })})
        .then(async (response) => JSON.stringify({ status: response.status, body: await response.text() }), () => null)`);
      return typeof got === "string" ? JSON.parse(got) : null;
    },
    close: () => context.close(),
  };
}
