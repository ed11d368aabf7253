import type { Header } from "../model.ts";
import { CommandError, type CommandRequest, sendable } from "./command-request.ts";

/** One of curl's long options, without its dashes, and its argument if it takes one. */
export type CurlOption = readonly [name: string, argument?: string];

/** `--disable` has to be the first of all, or a `~/.curlrc` is read before it. https://curl.se/docs/manpage.html#-q */
export const CURL = ["disable", "globoff", "path-as-is"] as const;

/**
 * What curl has to be told to send a request as it is, and nothing of its own, after `CURL` (a machine's `~/.curlrc`,
 * globbing and the removal of dot segments are turned off there). https://curl.se/docs/manpage.html says of each:
 * - `--head`: the only way to send HEAD, for `--request HEAD` waits for a body;
 * - `--header`: `Name;` is an empty field, `Name:` takes away the one that curl adds, `@` in front would read a file, but
 *   no token begins with it;
 * - `--data-raw`: unlike `--data` it takes `@` for what it is. It adds a `Content-Type`, which is taken away again, and
 *   an `Expect` with long bodies.
 *
 * POST and PUT without a body say so by `Content-Length: 0`, which takes an empty one
 * (https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, 8.5).
 *
 * Left out is what belongs to the connection, and what curl computes: see `COMPUTED`.
 * @throws CommandError as `sendable`; for a value of nothing but vertical tabs and form feeds, which curl takes for none;
 *   for a body with NUL, or with HEAD
 */
export function curlOptions(request: CommandRequest): CurlOption[] {
  const { method, url, headers, body } = sendable(request);
  const content = body ?? (method === "POST" || method === "PUT" ? "" : null);
  if (content !== null && (method === "HEAD" || content.includes("\0"))) throw new CommandError("body");
  const sent = headers.filter(({ name }) => !COMPUTED.test(name));
  const own = content === null ? OWN : [...OWN, "Content-Type", "Expect"];
  return [
    ["url", url],
    ...methodOption(method, content),
    ...sent.map((header): CurlOption => ["header", headerArgument(header)]),
    ...own.filter((name) => !sent.some((header) => header.name.toLowerCase() === name.toLowerCase())).map((name): CurlOption => ["header", `${name}:`]),
    ...(content === null ? [] : [["data-raw", content] as const]),
  ];
}

function methodOption(method: string, content: string | null): CurlOption[] {
  if (method === "HEAD") return [["head"]];
  return method === "GET" && content === null ? [] : [["request", method]];
}

function headerArgument({ name, value }: Header): string {
  if (value === "") return `${name};`;
  if (/^[\v\f]+$/.test(value)) throw new CommandError("header");
  return `${name}: ${value}`;
}

/** What curl adds to every request unless it is told not to. */
const OWN = ["User-Agent", "Accept"];

/**
 * `Host` and `Content-Length`; what holds for one connection (https://httpwg.org/specs/rfc9110.html#field.connection)
 * or for a proxy; `Accept-Encoding`, for curl prints what it gets as it is.
 */
const COMPUTED = /^(host|content-length|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|accept-encoding|http2-settings|proxy-.*)$/i;
