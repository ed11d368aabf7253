import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Engine } from "../browsers/browser.ts";

/** What a browser says of a request, by its number: half are blocked, half are preflighted. */
export type Expected = { readonly outcome: "allowed" | "blocked"; readonly error: string | null };

const ALLOWED: Expected = { outcome: "allowed", error: null };

/** By the remainder of a request's number. */
export const EXPECTED: Readonly<Record<Engine, readonly Expected[]>> = {
  chromium: [ALLOWED, { outcome: "blocked", error: "MissingAllowOriginHeader" }, ALLOWED, { outcome: "blocked", error: "PreflightMissingAllowOriginHeader" }],
  gecko: [ALLOWED, { outcome: "blocked", error: "CORSMissingAllowOrigin" }, ALLOWED, { outcome: "blocked", error: "CORSMissingAllowOrigin" }],
};

/** Where the requests come from, and where they go. */
export interface SoakSite {
  readonly pageUrl: string;
  /** A source text, to be run in the page: sends so many requests a second from now on, and counts them in `sent`. */
  sender(rate: number): string;
  close(): Promise<void>;
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>Soak</title><link rel="icon" href="data:,">`;

/**
 * Sends what is due by the clock, so that a timer that the browser slows down doesn't slow the requests; but no more than
 * a slow machine answers: Chromium gives up what is too much (net::ERR_INSUFFICIENT_RESOURCES).
 */
const SENDER = `(api, rate) => {
  const begun = performance.now();
  let waiting = 0;
  globalThis.sent = 0;
  setInterval(() => {
    for (const due = (performance.now() - begun) * rate / 1000; globalThis.sent < due && waiting < 200; globalThis.sent += 1) {
      waiting += 1;
      const headers = globalThis.sent % 4 >= 2 ? { "X-Soak": "1" } : {};
      void fetch(api + "/" + globalThis.sent, { headers }).then((response) => response.text()).catch(() => {}).finally(() => (waiting -= 1));
    }
  }, 20);
}`;

/** Starts both origins on free ports of this machine. */
export async function startSoakSite(): Promise<SoakSite> {
  const page = await listen((_, response) => void response.writeHead(200, { "Content-Type": "text/html" }).end(PAGE));
  const api = await listen((request, response) => {
    const number = Number(/^\/([0-9]+)$/.exec(request.url ?? "")?.[1] ?? 1);
    const open = { "Access-Control-Allow-Origin": request.headers.origin ?? "*", "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Headers": "X-Soak" };
    response.writeHead(200, { "Cache-Control": "no-store", ...(number % 2 === 0 ? open : {}) }).end("hello");
  });
  return {
    pageUrl: page.origin,
    sender: (rate) => `((${SENDER})(${JSON.stringify(api.origin)}, ${rate}), null)`,
    close: async () => void (await Promise.all([page.close(), api.close()])),
  };
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => void server.once("error", reject).listen(0, "127.0.0.1", () => resolve()));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
