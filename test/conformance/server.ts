import { METHODS } from "node:http";
import type { AddressInfo } from "node:net";
import { SERVICE_WORKER } from "./fetch-source.ts";
import { hopOfUrl, hopPath, SITES, type Api, type Case, type Field, type Hop, type Reply, type Site } from "./case.ts";
import { CERTIFICATE } from "../lab/certificate.ts";
import { http2Server } from "./http2-server.ts";
import { rawServer, type RawReply, type RawRequest } from "./raw-http.ts";

export type Origins = Record<Site, string>;

/** How the origins are reached. */
export type Transport = "http" | "https" | "http2";

export type CaseServer = {
  origins: Origins;
  /** the URL of the page that issues the requests; it is at A */
  pageUrl: string;
  /** a page at C that has the one at A in a frame, and has it issue the requests: one site in another */
  framingPageUrl: string;
  /** the page at A, but its service worker issues the requests */
  serviceWorkerPageUrl: string;
  /** From now on these cases, and no others, are answered. */
  serve(cases: readonly Case[]): void;
  close(): Promise<void>;
};

const HOSTS: Record<Site, string> = { A: "127.0.0.1", B: "127.0.0.1", C: "localhost" };

/** Valid where the API reads it; what it is called is up to the case's own `Content-Type`. */
const BODIES: Partial<Record<Api, string>> = {
  img: `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`,
  script: "0",
  module: "0",
  style: "p { top: 0 }",
  eventsource: "data: 1\n\n",
};

/**
 * Starts the three origins on free ports of this machine.
 * @param pageScript the script of the page that issues the requests
 * @param transport the same for all three
 * @param pageHost a name that the browser resolves to 127.0.0.1
 */
export async function serveCases(pageScript: string, transport: Transport = "http", pageHost: string = HOSTS.A): Promise<CaseServer> {
  let cases = new Map<string, Case>();
  const stops: (() => Promise<void>)[] = [];
  const origins: Origins = { A: "", B: "", C: "" };
  const page = `<!doctype html><meta charset="utf-8"><title>Conformance</title><link rel="icon" href="data:,"><body><script>${pageScript}</script>`;

  const answer = ({ method, path, headers }: RawRequest): RawReply => {
    // Cookies know no ports: B gets it too.
    if (path.split("?")[0] === "/page") return { status: 200, headers: [["Content-Type", "text/html"], ["Set-Cookie", "sid=1; Path=/"]], body: page };
    if (path === "/service-worker.js") return { status: 200, headers: [["Content-Type", "text/javascript"]], body: SERVICE_WORKER };
    const place = hopOfUrl(path);
    const current = place && cases.get(place.id);
    const hop = current?.hops[place?.hop ?? 0];
    if (!current || !hop) return { status: 404, headers: [], body: "" };
    const preflight = method === "OPTIONS" && headers.has("access-control-request-method");
    const reply = preflight ? hop.preflight : answersTo(current, hop, method);
    if (reply.close) return null;
    const all = fields(current, reply, origins);
    // Like many servers: no request from another origin, no CORS headers, and no word of that to caches.
    const lines = current.primed && !headers.has("origin") ? all.filter(([name]) => !/^access-control-/i.test(name)) : all;
    if (!lines.some(([name]) => name.toLowerCase() === "content-type")) lines.push(["Content-Type", "text/plain"]);
    return { status: reply.status, headers: lines, body: BODIES[current.api] ?? "hello" };
  };

  for (const site of SITES) {
    const { server, stop } = transport === "http2" ? http2Server(answer, CERTIFICATE) : rawServer(answer, transport === "https" ? CERTIFICATE : undefined);
    // C is "localhost" on both loopback addresses: a browser may try ::1 first.
    await new Promise<void>((resolve) => server.listen(0, site === "C" ? undefined : HOSTS[site], resolve));
    stops.push(stop);
    origins[site] = `${transport === "http" ? "http" : "https"}://${site === "A" ? pageHost : HOSTS[site]}:${(server.address() as AddressInfo).port}`;
  }
  return {
    origins,
    pageUrl: `${origins.A}/page`,
    framingPageUrl: `${origins.C}/page?frame=${encodeURIComponent(`${origins.A}/page`)}`,
    serviceWorkerPageUrl: `${origins.A}/page?service-worker`,
    serve: (next) => void (cases = new Map(next.map((each) => [each.id, each]))),
    close: async () => void (await Promise.all(stops.map((stop) => stop()))),
  };
}

/**
 * What a hop answers to a request. The recorded cases were served by Node's own parser, which knows no `x-custom` and no
 * `patch`: 400.
 * @param method as it was sent; left out, the case's own
 */
export function answersTo({ anyMethod, init }: Case, { response }: Hop, method = init.method ?? "GET"): Reply {
  return anyMethod || METHODS.includes(method) || METHODS.includes(normalized(method)) ? response : { status: 400, headers: [] };
}

/** https://fetch.spec.whatwg.org/#concept-method-normalize */
function normalized(method: string): string {
  return /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
}

/** The reply's header lines with the origins filled in. */
function fields(current: Case, reply: Reply, origins: Origins): Field[] {
  const filled = reply.headers.map(([name, value]): Field => [
    name,
    value.replace(/\{([ABC])(\.host)?\}/g, (_, site: Site, host?: string) => (host ? new URL(origins[site]).host : origins[site])),
  ]);
  const target = reply.redirect === undefined ? undefined : current.hops[reply.redirect];
  if (target === undefined || reply.redirect === undefined) return filled;
  const origin = target.userinfo ? origins[target.at].replace("://", "://u:p@") : origins[target.at];
  return [...filled, ["Location", origin + hopPath(current.id, reply.redirect)]];
}
