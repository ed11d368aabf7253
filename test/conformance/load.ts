import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Engine, Evaluate } from "../browsers/browser.ts";
import { HAR_REQUEST } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import type { Ours } from "./compare.ts";
import { random, type Random } from "./random.ts";

/** Many requests at once to few URLs: what each may expect is known from its method and header names alone. */

export const REQUESTS = 500;
const URLS = 20;
const PATIENCE = 20_000;

type Names = Readonly<Record<Engine, string | null>>;
type Answer = { status: number; headers: Readonly<Record<string, string>> };
/** How a server deals with a request: by the words in the request's header names, never by its URL. */
type Treatment = { names: Names; preflight(asked: Asked): Answer; response(origin: string): Answer };
type Asked = { origin: string; method: string; names: string };

export type LoadRequest = { path: string; method: string; headers: readonly (readonly [name: string, value: string])[]; preflighted: boolean; treatment: string };

/** What went wrong with one request, in words. */
export type Complaint = string;
/** `alike`: those that nothing but their order tells from another. */
export type LoadResult = { right: number; of: number; alike: number; complaints: Complaint[] };

const allow = (origin: string): Record<string, string> => ({ "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true" });
const passes = ({ origin, method, names }: Asked): Answer => ({
  status: 204,
  headers: { ...allow(origin), "Access-Control-Allow-Methods": method, "Access-Control-Allow-Headers": names, "Access-Control-Max-Age": "0" },
});
const without = ({ status, headers }: Answer, name: string): Answer => ({ status, headers: Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name)) });
const open = (origin: string): Answer => ({ status: 200, headers: allow(origin) });
const shut = (): Answer => ({ status: 200, headers: {} });
const foreign = (): Answer => ({ status: 200, headers: allow("https://other.example") });

const TREATMENTS: Readonly<Record<string, Treatment>> = {
  passes: { names: { chromium: null, gecko: null }, preflight: passes, response: open },
  shut: { names: { chromium: "MissingAllowOriginHeader", gecko: "CORSMissingAllowOrigin" }, preflight: passes, response: shut },
  foreign: { names: { chromium: "AllowOriginMismatch", gecko: "CORSAllowOriginNotMatchingOrigin" }, preflight: passes, response: foreign },
  "preflight-shut": {
    names: { chromium: "PreflightMissingAllowOriginHeader", gecko: "CORSMissingAllowOrigin" },
    preflight: (asked) => without(passes(asked), "Access-Control-Allow-Origin"),
    response: open,
  },
  "preflight-lost": {
    names: { chromium: "PreflightInvalidStatus", gecko: "CORSPreflightDidNotSucceed" },
    preflight: (asked) => ({ ...passes(asked), status: 404 }),
    response: open,
  },
  "header-refused": {
    names: { chromium: "HeaderDisallowedByPreflightResponse", gecko: "CORSMissingAllowHeaderFromPreflight" },
    preflight: (asked) => without(passes(asked), "Access-Control-Allow-Headers"),
    response: open,
  },
  "method-refused": {
    names: { chromium: "MethodDisallowedByPreflightResponse", gecko: "CORSMethodNotFound" },
    preflight: (asked) => without(passes(asked), "Access-Control-Allow-Methods"),
    response: open,
  },
};
const BY_CHANCE = "by-chance";
/** Without a preflight there is only the response to go wrong. */
const SIMPLE = ["passes", "shut", "foreign"];
/** The server knows a treatment by this beginning of a name or value. */
const MARK = /x-t-([a-z]+(?:-[a-z]+)*)/;

/**
 * Invents the requests: half of them preflighted. Two thirds of those share their header name with others of the same
 * treatment, the rest have a name of their own.
 * @param seed any text; the same seed gives the same requests
 */
export function loadRequests(seed: string): LoadRequest[] {
  const dice = random(seed);
  return Array.from({ length: REQUESTS }, (_, index) => {
    const round = Math.floor(index / URLS);
    const path = `/load/${index % URLS}/`;
    return (index + round) % 2 === 0 ? preflighted(dice, path, index) : simple(dice, path, index);
  });
}

function preflighted(dice: Random, path: string, index: number): LoadRequest {
  const method = dice.pick(["PUT", "DELETE", "PATCH", "GET", "POST"]);
  // Safelisted methods need no allowance.
  const possible = Object.keys(TREATMENTS).filter((name) => name !== "method-refused" || !["GET", "POST"].includes(method));
  const treatment = dice.pick(possible);
  const name = `x-t-${treatment}${dice.chance(1 / 3) ? `-${index}` : ""}`;
  return { path, method, headers: [[name, "1"]], preflighted: true, treatment };
}

function simple(dice: Random, path: string, index: number): LoadRequest {
  const treatment = dice.pick(SIMPLE);
  return { path, method: dice.pick(["GET", "GET", "POST"]), headers: [["Accept", `text/x-t-${treatment}-${index}`]], preflighted: false, treatment };
}

/** As many requests that nothing tells apart, to one URL, whose preflights the server answers as chance will have it. */
export function twins(count: number): LoadRequest[] {
  return Array.from({ length: count }, () => ({ path: "/load/twins/", method: "PUT", headers: [[`x-t-${BY_CHANCE}`, "1"]], preflighted: true, treatment: BY_CHANCE }));
}

/**
 * Sends all requests at once from one page, and looks whether each was reported as the server's answers to it demand.
 * @param extension the unpacked extension
 */
export async function load(engine: Engine, extension: string, requests: readonly LoadRequest[]): Promise<LoadResult> {
  const site = await startSite();
  const browser = await launch(engine, { extension });
  try {
    const page = await browser.openPage(site.page);
    const panel = await browser.watch(page);
    const jobs = requests.map(({ path, method, headers }) => ({ url: site.api + path, method, headers }));
    const seen = await page.evaluate<string[]>(
      `Promise.all(${JSON.stringify(jobs)}.map(({ url, method, headers }) => fetch(url, { method, headers }).then(() => "ok", () => "error")))`,
    );
    return judged(engine, requests, seen, await settledEntries(panel.evaluate, page.tabId, requests.length));
  } finally {
    await browser.close();
    await site.close();
  }
}

type Field = { name: string; value: string };
type Entry = { request: { method: string; url: string; headers: Field[] }; _cors: Partial<Ours> & { pair: string; role: string; code?: string | null } };

async function settledEntries(evaluate: Evaluate, tabId: number, count: number): Promise<Entry[]> {
  const end = Date.now() + PATIENCE;
  for (let before = ""; ; ) {
    const entries = await evaluate<Entry[]>(`(${HAR_REQUEST})(${tabId}).then(({ log }) => log.entries.map(({ request: { method, url, headers }, _cors }) => ({ request: { method, url, headers }, _cors })))`);
    const now = JSON.stringify(entries);
    if (Date.now() > end || (now === before && entries.filter(({ _cors }) => _cors.role === "main").length >= count)) return entries;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Requests are known by method and URL and, among those alike, by their order: browsers number them as the page sent them. */
function judged(engine: Engine, requests: readonly LoadRequest[], seen: readonly string[], entries: readonly Entry[]): LoadResult {
  const mains = entries.filter(({ _cors }) => _cors.role === "main").sort((a, b) => Number(a._cors.pair) - Number(b._cors.pair));
  const preflights = new Map<string, Entry[]>();
  for (const entry of entries) if (entry._cors.role === "preflight") preflights.set(entry._cors.pair, [...(preflights.get(entry._cors.pair) ?? []), entry]);
  const complaints = requests.flatMap((request, index) => {
    const at = mains.findIndex((entry) => entry.request.method === request.method && entry.request.url.endsWith(request.path));
    const [main] = at < 0 ? [] : mains.splice(at, 1);
    if (main === undefined) return [`${index}: not reported`];
    const wrong = complaintsOf(engine, request, seen[index] ?? "", main, preflights.get(main._cors.pair) ?? []);
    return wrong.length === 0 ? [] : [`${index} ${request.method} ${request.path} ${request.headers.flat().join(": ")}: ${wrong.join("; ")}`];
  });
  for (const { request } of mains) complaints.push(`reported too many: ${request.method} ${request.url}`);
  const kinds = requests.map((request) => `${request.path} ${request.method} ${request.headers[0]?.[0]} ${request.preflighted}`);
  const alike = kinds.filter((kind, index) => requests[index]?.preflighted && kinds.indexOf(kind) !== kinds.lastIndexOf(kind)).length;
  return { right: requests.length - complaints.length, of: requests.length, alike, complaints };
}

function complaintsOf(engine: Engine, request: LoadRequest, seen: string, main: Entry, preflights: readonly Entry[]): Complaint[] {
  // What chance decided the page knows.
  const treatment = request.treatment !== BY_CHANCE ? request.treatment : seen === "ok" ? "passes" : "preflight-lost";
  const wanted = TREATMENTS[treatment]?.names[engine] ?? null;
  const [name, value] = request.headers[0] ?? ["", ""];
  const { outcome, browserError = null, alternatives = [] } = main._cors;
  const asked = preflights.map((preflight) => valueOf(preflight, "access-control-request-headers") ?? "");
  const sent = valueOf(main, name);
  return [
    ...(sent === null || sent === value ? [] : [`reported with ${name}: ${sent}`]),
    ...(seen === (wanted === null ? "ok" : "error") ? [] : [`the page saw ${seen}`]),
    ...(outcome === (wanted === null ? "allowed" : "blocked") && browserError === wanted ? [] : [`wanted ${wanted}, got ${outcome} ${browserError} ${alternatives.join(" | ")} (${(main._cors.evidence ?? []).join(" | ")})`]),
    ...(request.preflighted ? (asked.length === 1 && asked[0] === name ? [] : [`preflight asks for ${asked.join(" and ") || "nothing"}`]) : asked.length === 0 ? [] : [`a preflight for ${asked.join()}`]),
  ];
}

function valueOf({ request }: Entry, name: string): string | null {
  return request.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? null;
}

async function startSite(): Promise<{ page: string; api: string; close(): Promise<void> }> {
  const page = await listen((_, response) => void response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Load</title><link rel="icon" href="data:,">`));
  const api = await listen(answer);
  const origin = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = (server: Server): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { page: `${origin(page)}/`, api: origin(api), close: async () => void (await Promise.all([page, api].map(stop))) };
}

function answer({ method = "", headers }: IncomingMessage, response: ServerResponse): void {
  const asks = method === "OPTIONS";
  const names = String(headers["access-control-request-headers"] ?? "");
  const mark = MARK.exec(asks ? names : [headers.accept, ...Object.keys(headers)].join())?.[1] ?? "";
  const treatment = TREATMENTS[mark !== BY_CHANCE ? mark : asks && Math.random() < 0.5 ? "preflight-lost" : "passes"];
  const origin = String(headers.origin ?? "");
  const { status, headers: lines } = treatment === undefined ? { status: 400, headers: {} } : asks ? treatment.preflight({ origin, method: String(headers["access-control-request-method"]), names }) : treatment.response(origin);
  // Answers come in another order than questions.
  setTimeout(() => response.writeHead(status, { ...lines, "Cache-Control": "no-store" }).end(), Math.random() * 20);
}

function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  return new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server)));
}
