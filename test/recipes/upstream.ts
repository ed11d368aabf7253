import { createServer, type Server } from "node:http";

/**
 * An API that knows nothing of CORS, for servers that pass requests on to one: GET, PUT and POST at `path` are answered with
 * 200 and `{"ok":true}`, whatever is below it with 404; what it has no method for, with 401, as an authentication that
 * turns away preflights would.
 * @param headers more field lines of all its responses
 */
export function startUpstream({ port, path, headers = {} }: { readonly port: number; readonly path: string; readonly headers?: Readonly<Record<string, string>> }): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    const known = ["GET", "PUT", "POST"].includes(request.method ?? "");
    const status = !known ? 401 : request.url === path ? 200 : 404;
    response.writeHead(status, { ...headers, "content-type": "application/json" }).end(JSON.stringify({ ok: status === 200 }));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
