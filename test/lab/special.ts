import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Browser } from "../browsers/browser.ts";
import { extensionFor } from "../browsers/extension.ts";
import { launch } from "../browsers/launch.ts";
import type { CauseCode } from "../../src/model.ts";
import { type Labelled, writeRecording } from "./recording.ts";
import { fromZero, storedExchanges } from "./stored-exchanges.ts";

/** What takes a network, another extension or a page of its own: names and address spaces are the browser's own flags. */
interface Special {
  readonly id: string;
  readonly causes: readonly CauseCode[];
  /** Where the page is; the lab's plain page is at `http://app.example`. */
  readonly page: "http://app.example/" | "http://public.example/" | "http://127.0.0.1/" | "data:text/html,";
  /** An expression; `api` is the URL of an answer of this name, `publicApi` one in a public network. */
  readonly run: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const GET = "fetch(api)";

const SPECIALS: readonly Special[] = [
  { id: "www-allowed", causes: ["origin-www"], page: "http://app.example/", run: GET, headers: { "Access-Control-Allow-Origin": "http://www.app.example" } },
  { id: "subdomain-allowed", causes: ["origin-subdomain"], page: "http://app.example/", run: GET, headers: { "Access-Control-Allow-Origin": "http://admin.app.example" } },
  { id: "default-port", causes: ["origin-default-port"], page: "http://app.example/", run: GET, headers: { "Access-Control-Allow-Origin": "http://app.example:80" } },
  {
    id: "authorization-with-credentials", causes: ["authorization-under-wildcard"], page: "http://app.example/",
    run: `fetch(api, { credentials: "include", headers: { Authorization: "Bearer lab" } })`,
    headers: { "Access-Control-Allow-Origin": "http://app.example", "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Headers": "*" },
  },
  {
    id: "cached-for-the-page", causes: ["cached-for-another-origin"], page: "http://app.example/",
    run: `fetch(api).then(() => inFrame("http://www.app.example/", api))`,
    headers: { "Access-Control-Allow-Origin": "http://app.example", "Cache-Control": "max-age=600" },
  },
  { id: "page-of-data", causes: ["origin-null-document"], page: "data:text/html,", run: "fetch(publicApi)", headers: { "Access-Control-Allow-Origin": "http://app.example" } },
  { id: "hsts", causes: ["hsts-upgrade"], page: "http://app.example/", run: `fetch("http://accounts.google.com/hsts", { method: "PUT" })` },
  { id: "hsts-get", causes: ["nothing-listens"], page: "http://app.example/", run: `fetch("http://accounts.google.com/hsts-get")` },
  { id: "aborted", causes: ["aborted-by-page"], page: "http://app.example/", run: `fetch(api, { signal: AbortSignal.timeout(300) })` },
  { id: "blocked-by-extension", causes: ["blocked-by-extension"], page: "http://app.example/", run: GET },
  { id: "local-network-insecure", causes: ["local-network-insecure-page"], page: "http://public.example/", run: GET, headers: { "Access-Control-Allow-Origin": "*" } },
  { id: "local-network-permission", causes: ["local-network-permission"], page: "http://127.0.0.1/", run: GET, headers: { "Access-Control-Allow-Origin": "*" } },
  { id: "local-network-preflight", causes: ["local-network-permission"], page: "http://127.0.0.1/", run: `fetch(api, { method: "PUT" })`, headers: { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "PUT" } },
  {
    id: "local-network-address-space", causes: ["local-network-address-space"], page: "http://127.0.0.1/",
    run: `fetch(api, { targetAddressSpace: "local" })`, headers: { "Access-Control-Allow-Origin": "*" },
  },
];

/** Records in Chromium what the lab's page can't bring about by itself. */
export async function recordSpecial(): Promise<void> {
  const [page, publicPage, api] = [await listen(servePage), await listen(servePage), await listen(serveApi)];
  const folder = mkdtempSync(join(tmpdir(), "cors-special-"));
  writeBlocker(folder);
  try {
    const browser = await launch("chromium", {
      extension: extensionFor("chromium"),
      args: [
        `--host-resolver-rules=MAP *app.example:80 127.0.0.1:${portOf(page)}, MAP public.example:80 127.0.0.1:${portOf(publicPage)}, MAP api.example:80 127.0.0.1:${portOf(api)}, MAP accounts.google.com 127.0.0.1:1`,
        `--ip-address-space-overrides=127.0.0.1:${portOf(publicPage)}=public`,
        "--disable-features=DisableLoadExtensionCommandLineSwitch",
        `--load-extension=${folder}`,
      ],
    });
    try {
      const exchanges: Labelled[] = [];
      for (const special of SPECIALS) exchanges.push(...(await record(browser, special, portOf(publicPage))));
      writeRecording("chromium-special", { browser: browser.version, engine: "chromium", exchanges });
      console.log(`test/recorded/chromium-special.json: ${exchanges.length} exchanges of ${SPECIALS.length} scenarios`);
    } finally {
      await browser.close();
    }
  } finally {
    for (const server of [page, publicPage, api]) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

async function record(browser: Browser, { id, causes, page: url, run }: Special, publicPort: number): Promise<Labelled[]> {
  const page = await browser.openPage(url === "http://127.0.0.1/" ? `http://127.0.0.1:${publicPort}/` : url);
  const panel = await browser.watch(page);
  const outcome = await page.evaluate<string>(`Promise.race([
    (async () => { const [api, publicApi] = ["http://api.example/${id}", "http://public.example/${id}"]; ${IN_FRAME} await (${run}); return "passed"; })().catch(String),
    new Promise((resolve) => setTimeout(resolve, 5000, "no answer in 5 s")),
  ])`);
  await setTimeout(500);
  const browserError = (await browser.verdicts()).findLast(({ preflight, blocked }) => blocked && !preflight)?.error ?? null;
  console.log(`${id}: ${outcome}; the browser: ${browserError}`);
  const exchanges = fromZero(await storedExchanges(panel, page, 1));
  await panel.close();
  await page.close();
  return exchanges.map((exchange, index) => ({ scenario: id, ...(index === exchanges.length - 1 ? { causes, browserError } : { causes: null }), exchange }));
}

const IN_FRAME = `const inFrame = (at, url) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.src = at + "?" + url;
  addEventListener("message", ({ data }) => resolve(data), { once: true });
  document.body.append(frame);
});`;

const PAGE = `<!doctype html><title>Special</title><body><script>
  const url = location.search.slice(1);
  if (url !== "") fetch(url).then(() => "passed", String).then((result) => parent.postMessage(result, "*"));
</script>`;

function servePage(request: IncomingMessage, response: ServerResponse): void {
  if (new URL(request.url ?? "/", "http://page").pathname !== "/") return serveApi(request, response);
  response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "no-store" }).end(PAGE);
}

function serveApi(request: IncomingMessage, response: ServerResponse): void {
  const id = (request.url ?? "/").slice(1);
  if (id === "aborted") return;
  const headers = SPECIALS.find((special) => special.id === id)?.headers ?? {};
  response.writeHead(request.method === "OPTIONS" ? 204 : 200, headers).end();
}

/** An extension that stops a request, as ad blockers do. */
function writeBlocker(folder: string): void {
  const rule = { id: 1, action: { type: "block" }, condition: { urlFilter: "/blocked-by-extension", resourceTypes: ["xmlhttprequest"] } };
  writeFileSync(join(folder, "rules.json"), JSON.stringify([rule]));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({
    manifest_version: 3, name: "Blocker", version: "1", permissions: ["declarativeNetRequest"], host_permissions: ["<all_urls>"],
    declarative_net_request: { rule_resources: [{ id: "rules", enabled: true, path: "rules.json" }] },
  }));
}

function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  return new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server)));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
