import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { CERTIFICATE } from "./certificate.ts";
import { assets, type Asset } from "./page.ts";
import type { Answer, Place, Reply, Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";

export type Origins = Readonly<Record<Place, string>>;

export interface Lab {
  /** The page to open. */
  readonly url: string;
  readonly origins: Origins;
  close(): Promise<void>;
}

/** The readable URL of a scenario's hop, e.g. `http://127.0.0.1:PORT/missing-allow-origin`. */
export function urlOf(origins: Origins, scenario: Scenario, index = 0): string {
  const hop = scenario.hops[index];
  if (!hop) throw new RangeError(`${scenario.id} has no hop ${index}`);
  return [origins[hop.at], scenario.id, ...(hop.path ? [hop.path] : [])].join("/");
}

/** Starts the page's origin and the API origins on free loopback ports. */
export async function startLab(): Promise<Lab> {
  let served: ReadonlyMap<string, Asset> = new Map();
  const page = await listen((request, response) => serveAsset(served.get(path(request)), response));
  const api = await listen((request, response) => serveHop("api", request, response));
  const other = await listen((request, response) => serveHop("other", request, response));
  const closed = await listen(() => undefined);
  const selfSigned = await listen((request, response) => serveHop("self-signed", request, response), CERTIFICATE);
  const origins: Origins = {
    page: `http://127.0.0.1:${port(page)}`,
    api: `http://127.0.0.1:${port(api)}`,
    other: `http://localhost:${port(other)}`,
    refused: `http://127.0.0.1:${port(closed)}`,
    tls: `https://127.0.0.1:${port(api)}`,
    "self-signed": `https://127.0.0.1:${port(selfSigned)}`,
    nowhere: "http://nowhere.invalid",
  };
  await stop(closed);
  served = await assets((scenario) => urlOf(origins, scenario));

  function serveHop(at: Place, request: IncomingMessage, response: ServerResponse): void {
    const [scenario, index] = find(at, path(request));
    const hop = scenario?.hops[index];
    if (!scenario || !hop) return void response.writeHead(404).end("No such scenario.\n");
    const reply = request.method === "OPTIONS" ? hop.preflight ?? hop.response : hop.response;
    write(reply, scenario, origins, request.method === "OPTIONS", response);
  }

  return {
    url: `${origins.page}/`,
    origins,
    close: async () => void await Promise.all([page, api, other, selfSigned].map(stop)),
  };
}

function write(reply: Reply, scenario: Scenario, origins: Origins, preflight: boolean, response: ServerResponse): void {
  if (reply === "close") return void response.socket?.destroy();
  const body = preflight ? "" : content(scenario, reply);
  const lines = reply.headers.flatMap(([name, value]) => [name, fill(value, origins)]);
  if (reply.redirect) {
    const target = urlOf(origins, scenario, reply.redirect.hop);
    lines.push("Location", reply.redirect.userinfo ? target.replace("//", `//${reply.redirect.userinfo}@`) : target);
  }
  if (!reply.headers.some(([name]) => name === "Cache-Control")) lines.push("Cache-Control", "no-store");
  if (body) lines.push("Content-Type", type(scenario, reply));
  // A flat array is the one form in which Node repeats a header line instead of joining the values.
  response.writeHead(reply.status, lines).end(body);
}

function content(scenario: Scenario, reply: Answer): string {
  if (reply.redirect) return "";
  if (scenario.ask.afterImage) return `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`;
  if (type(scenario, reply).startsWith("text/html")) return `<!doctype html><title>${reply.status}</title><h1>${reply.status}</h1>`;
  return scenario.ask.api === "module" || scenario.ask.api === "style" ? "/* lab */" : '{"lab":true}';
}

const mediaTypes: Readonly<Partial<Record<Scenario["ask"]["api"], string>>> = {
  font: "font/woff2", module: "text/javascript", style: "text/css", img: "image/svg+xml", video: "video/mp4", eventsource: "text/event-stream",
};

function type(scenario: Scenario, reply: Answer): string {
  const isPage = reply.status >= 400 || scenario.hops.some((hop) => hop.response === reply && hop.path === "sign-in");
  if (scenario.ask.afterImage) return "image/svg+xml";
  return isPage ? "text/html; charset=utf-8" : mediaTypes[scenario.ask.api] ?? "application/json";
}

function fill(value: string, origins: Origins): string {
  const page = new URL(origins.page);
  return value.replace("{page}", page.origin).replace("{page.host}", page.host).replace("{page.port}", page.port);
}

function find(at: Place, asked: string): [Scenario | undefined, number] {
  const [id, ...rest] = asked.slice(1).split("/");
  const scenario = scenarios.find((one) => one.id === id);
  return [scenario, scenario?.hops.findIndex((hop) => hop.at === at && (hop.path ?? "") === rest.join("/")) ?? -1];
}

function serveAsset(asset: Asset | undefined, response: ServerResponse): void {
  if (!asset) return void response.writeHead(404).end();
  // The cookie shows credentialed requests to 127.0.0.1 for what they are; localhost gets none.
  response.writeHead(200, { "Content-Type": asset.type, "Cache-Control": "no-store", "Set-Cookie": "session=lab; Path=/" }).end(asset.body);
}

const path = (request: IncomingMessage): string => new URL(request.url ?? "/", "http://lab").pathname;

const port = (server: Server): number => (server.address() as AddressInfo).port;

function listen(handle: (request: IncomingMessage, response: ServerResponse) => void, certificate?: typeof CERTIFICATE): Promise<Server> {
  const server = certificate === undefined ? createServer(handle) : createSecureServer(certificate, handle);
  return new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server)));
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => error ? reject(error) : resolve()));
}
