import { createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";

export type RawRequest = { method: string; path: string; headers: ReadonlyMap<string, string> };
/** `null` drops the connection without an answer. */
export type RawReply = { status: number; headers: readonly (readonly [name: string, value: string])[]; body: string } | null;

const BODYLESS = [204, 205, 304];

/**
 * An HTTP server that takes any method and writes any header lines, neither of which Node's own does.
 * @param answer decides on the reply; header values go out as latin1, one line each, in order
 * @param certificate makes it an HTTPS server
 * @returns the server, not yet listening, and a way to stop it at once
 */
export function rawServer(answer: (request: RawRequest) => RawReply, certificate?: { cert: string; key: string }): { server: Server; stop(): Promise<void> } {
  const open = new Set<Socket>();
  const serve = (socket: Socket): void => {
    open.add(socket);
    let pending = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      pending = serveAll(pending + String(chunk), socket, answer);
    });
    socket.on("close", () => open.delete(socket));
    // A browser drops connections whenever it likes.
    socket.on("error", () => {});
  };
  const server = certificate === undefined ? createServer(serve) : createSecureServer(certificate, serve);
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return { server, stop };
}

/** Answers every complete request in the text and hands back what is left of it. */
function serveAll(text: string, socket: Socket, answer: (request: RawRequest) => RawReply): string {
  let rest = text;
  for (;;) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) return rest;
    const [first = "", ...lines] = rest.slice(0, end).split("\r\n");
    const [method = "", path = ""] = first.split(" ");
    const headers = new Map(lines.map((line): [string, string] => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]));
    const after = end + 4 + Number(headers.get("content-length") ?? 0);
    if (rest.length < after) return rest;
    rest = rest.slice(after);
    const reply = answer({ method, path, headers });
    if (reply === null) {
      socket.destroy();
      return "";
    }
    const { status, body } = reply;
    const length: [string, string][] = BODYLESS.includes(status) ? [] : [["Content-Length", String(body.length)]];
    const head = [`HTTP/1.1 ${status} Status`, ...[...reply.headers, ...length].map(([name, value]) => `${name}: ${value}`)];
    const sent = BODYLESS.includes(status) || method.toUpperCase() === "HEAD" ? "" : body;
    socket.write(`${head.join("\r\n")}\r\n\r\n${sent}`, "latin1");
  }
}
