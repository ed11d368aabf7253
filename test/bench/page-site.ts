import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How many requests the two pages make. */
export const FETCHES = 1000;
export const SUBRESOURCES = 300;

const AT_A_TIME = 20;
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

const BODIES: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
  "/img": ["image/gif", PIXEL],
  "/script": ["text/javascript", "0;"],
  "/style": ["text/css", "p { color: black }"],
  "/json": ["application/json", `{"ok":true}`],
};

/** A page's server and another origin's, on loopback. */
export interface PageSite {
  /** A page that requests nothing. */
  readonly quiet: string;
  /** A page of many subresources of the other origin; `window.loaded` resolves when it has all. */
  readonly mixed: string;
  /** Source for the quiet page: how long all of the fetches took, in milliseconds. */
  readonly fetchAll: string;
  /** Source for the quiet page: one fetch, which wakes whoever sleeps. */
  readonly nudge: string;
  close(): void;
}

/** Starts both servers. */
export async function startPageSite(): Promise<PageSite> {
  const other = await serve((request, response) => {
    const [type, body] = BODIES[new URL(request.url ?? "/", "http://localhost").pathname] ?? ["text/plain", ""];
    const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "x-bench", "Access-Control-Max-Age": "0", "Cache-Control": "no-store" };
    if (request.method === "OPTIONS") response.writeHead(204, cors).end();
    else response.writeHead(200, { ...cors, "Content-Type": type }).end(body);
  });
  const api = `http://127.0.0.1:${portOf(other)}`;
  const pages = await serve((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "no-store" }).end(request.url?.startsWith("/mixed") ? mixedPage(api) : "<!doctype html><title>quiet</title><link rel=icon href=data:,>");
  });
  const own = `http://127.0.0.1:${portOf(pages)}`;
  return {
    quiet: `${own}/quiet`,
    mixed: `${own}/mixed`,
    fetchAll: `(${fetchAll})(${JSON.stringify(api)}, ${FETCHES}, ${AT_A_TIME})`,
    nudge: `fetch("${api}/json?nudge").then((answer) => answer.status)`,
    close: () => {
      for (const server of [other, pages]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

/** Source text, because tsx compiles functions so that they need what only Node has. */
const fetchAll = `async (api, count, atATime) => {
  let next = 0;
  const started = performance.now();
  const work = async () => {
    for (let index = next++; index < count; index = next++) {
      const headers = index % 2 === 0 ? {} : { "x-bench": "1" };
      await (await fetch(api + "/json?" + started + "-" + index, { headers })).text();
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return performance.now() - started;
}`;

/** A quarter of each kind; every other element asks with CORS. */
function mixedPage(api: string): string {
  const element = (index: number): string => {
    const crossorigin = index % 8 < 4 ? " crossorigin" : "";
    if (index % 4 === 0) return `<img src="${api}/img?${index}"${crossorigin}>`;
    if (index % 4 === 1) return `<script src="${api}/script?${index}" async${crossorigin}></script>`;
    if (index % 4 === 2) return `<link rel=stylesheet href="${api}/style?${index}"${crossorigin}>`;
    return `<script>fetched.push(fetch("${api}/json?${index}").then((answer) => answer.json()))</script>`;
  };
  return `<!doctype html><title>mixed</title><link rel=icon href=data:,><script>
const fetched = [];
const { promise: atLoad, resolve } = Promise.withResolvers();
addEventListener("load", resolve);
window.loaded = atLoad.then(() => Promise.all(fetched)).then(() => performance.now());
</script>${Array.from({ length: SUBRESOURCES }, (_, index) => element(index)).join("\n")}`;
}

async function serve(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
