import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hopOfUrl, hopPath, SITES, type Api, type Case, type Field, type Reply, type Site } from "./case.ts";

export type Origins = Record<Site, string>;

export type CaseServer = {
  origins: Origins;
  /** the URL of the page that issues the requests; it is at A */
  pageUrl: string;
  /** From now on these cases, and no others, are answered. */
  serve(cases: readonly Case[]): void;
  close(): Promise<void>;
};

const HOSTS: Record<Site, string> = { A: "127.0.0.1", B: "127.0.0.1", C: "localhost" };

const BODIES: Partial<Record<Api, [type: string, body: string]>> = {
  img: ["image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`],
  script: ["text/javascript", "0"],
  module: ["text/javascript", "0"],
  style: ["text/css", "p { top: 0 }"],
  video: ["video/mp4", "garbage"],
  font: ["font/woff2", "garbage"],
  eventsource: ["text/event-stream", "data: 1\n\n"],
};

/**
 * Starts the three origins on free ports of this machine.
 * @param pageScript the script of the page that issues the requests
 */
export async function serveCases(pageScript: string): Promise<CaseServer> {
  let cases = new Map<string, Case>();
  const servers: Server[] = [];
  const origins: Origins = { A: "", B: "", C: "" };
  const page = `<!doctype html><meta charset="utf-8"><title>Conformance</title><link rel="icon" href="data:,"><body><script>${pageScript}</script>`;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url === "/page") {
      // Cookies know no ports: B gets it too.
      response.writeHead(200, { "Content-Type": "text/html", "Set-Cookie": "sid=1; Path=/" }).end(page);
      return;
    }
    const place = hopOfUrl(request.url ?? "");
    const current = place && cases.get(place.id);
    const hop = current?.hops[place?.hop ?? 0];
    if (!current || !hop) {
      response.writeHead(404).end();
      return;
    }
    const preflight = request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
    const reply = preflight ? hop.preflight : hop.response;
    if (reply.close) {
      request.socket.destroy();
      return;
    }
    const [type, body] = BODIES[current.api] ?? ["text/plain", "hello"];
    const headers = fields(current, reply, origins);
    if (!headers.some(([name]) => name.toLowerCase() === "content-type")) headers.push(["Content-Type", type]);
    response.writeHead(reply.status, headers.flat());
    response.end([204, 205, 304].includes(reply.status) ? undefined : body);
  };

  for (const site of SITES) {
    const server = createServer(answer);
    // C is "localhost" on both loopback addresses: a browser may try ::1 first.
    await new Promise<void>((resolve) => server.listen(0, site === "C" ? undefined : HOSTS[site], resolve));
    servers.push(server);
    origins[site] = `http://${HOSTS[site]}:${(server.address() as AddressInfo).port}`;
  }
  return {
    origins,
    pageUrl: `${origins.A}/page`,
    serve: (next) => void (cases = new Map(next.map((each) => [each.id, each]))),
    close: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** The reply's header lines with the origins filled in; Node writes them as latin1, in this order, repeated as they are. */
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
