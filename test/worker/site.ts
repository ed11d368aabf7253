import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A page's origin and the origin of its API, which are not the same. */
export interface Site {
  /** The page: able to register `/worker.js`; `?ask=…` makes it ask for `/via/…` while it loads. */
  readonly pageUrl: string;
  /** The same page at another origin. */
  readonly otherPageUrl: string;
  /** `/open/…` may be read by all, `/shut/…` by nobody, and `/held/…` neither, with an answer that waits for `release`. */
  readonly api: string;
  /** How many requests are held. */
  held(): number;
  /** Answers what is held. */
  release(): void;
  /** How many requests to the API were answered. */
  answered(): number;
  close(): Promise<void>;
}

/** A service worker that takes over at once, and fetches from the API what the page asks its own origin for below `/via/`. */
const worker = (api: string): string => `
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname.startsWith("/via/")) event.respondWith(fetch(${JSON.stringify(api)} + pathname.slice(4)));
});`;

const PAGE = `<!doctype html><meta charset="utf-8"><title>Site</title><link rel="icon" href="data:,"><body><script>
const asked = new URLSearchParams(location.search).get("ask");
if (asked !== null) fetch("/via/" + asked).catch(() => {});
</script>`;

/** Starts the site on free ports of this machine. */
export async function startSite(): Promise<Site> {
  let waiting: (() => void)[] = [];
  let answers = 0;
  let api = "";
  const answerApi = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? "/";
    // Allowed in both credentials modes, so that Firefox's events leave nothing open.
    const open = { "Access-Control-Allow-Origin": request.headers.origin ?? "*", "Access-Control-Allow-Credentials": "true" };
    const headers = { "Cache-Control": "no-store", ...(path.startsWith("/open/") ? open : {}) };
    const answer = (): void => {
      answers += 1;
      response.writeHead(200, headers).end("hello");
    };
    if (path.startsWith("/held/")) waiting.push(answer);
    else answer();
  };
  const answerPage = (request: IncomingMessage, response: ServerResponse): void => {
    const script = request.url === "/worker.js";
    response.writeHead(200, { "Content-Type": script ? "text/javascript" : "text/html", "Cache-Control": "no-store" }).end(script ? worker(api) : PAGE);
  };
  const servers = await Promise.all([answerPage, answerPage, answerApi].map(listen));
  const [page = "", otherPage = "", apiOrigin = ""] = servers.map((server) => `http://127.0.0.1:${portOf(server)}`);
  api = apiOrigin;
  return {
    pageUrl: `${page}/page`,
    otherPageUrl: `${otherPage}/page`,
    api,
    held: () => waiting.length,
    release: () => {
      const ready = waiting;
      waiting = [];
      for (const answer of ready) answer();
    },
    answered: () => answers,
    close: async () => void (await Promise.all(servers.map(stop))),
  };
}

function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  return new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server)));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
