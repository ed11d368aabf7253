import { constants, createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Server } from "node:net";
import type { RawReply, RawRequest } from "./raw-http.ts";

const BODYLESS = [204, 205, 304];

/**
 * An HTTP/2 server over TLS that takes any method. Node refuses to repeat some fields: such an answer fails its stream.
 * @param answer decides on the reply; `null` fails the stream
 * @returns the server, not yet listening, and a way to stop it at once
 */
export function http2Server(answer: (request: RawRequest) => RawReply, certificate: { cert: string; key: string }): { server: Server; stop(): Promise<void> } {
  const open = new Set<ServerHttp2Session>();
  const server = createSecureServer({ ...certificate, allowHTTP1: true });
  server.on("session", (session) => {
    open.add(session);
    session.on("close", () => open.delete(session));
    // A browser drops connections whenever it likes.
    session.on("error", () => {});
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    const fields = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const reply = answer({ method: headers[":method"] ?? "", path: headers[":path"] ?? "", headers: new Map(fields) });
    stream.resume();
    try {
      if (reply !== null) return write(stream, reply, headers[":method"] === "HEAD");
    } catch {
      // A field that Node won't send.
    }
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const session of open) session.destroy();
    });
  return { server, stop };
}

function write(stream: ServerHttp2Stream, { status, headers, body }: NonNullable<RawReply>, head: boolean): void {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of headers) (fields[name.toLowerCase()] ??= []).push(value);
  const single = Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
  stream.respond({ ":status": status, ...Object.fromEntries(single) });
  stream.end(head || BODYLESS.includes(status) ? "" : body);
}
