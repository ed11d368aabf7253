import { get, isToken, normalize } from "../fetch/headers.ts";
import { isUrl } from "../fetch/url.ts";
import type { CredentialsMode, Header } from "../model.ts";
import type { RequestMode } from "../request.ts";

/** A request that somebody may send again. */
export interface CommandRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** As they go over the wire; a value is what its bytes say in UTF-8. */
  readonly headers: readonly Header[];
  /** Null: it has none, or it is not known. */
  readonly body: string | null;
  readonly mode: Exclude<RequestMode, "unknown">;
  readonly credentials: CredentialsMode;
  /** The header names that the page set and that a preflight asks for, in lower case: a browser may also add such by itself. */
  readonly unsafeHeaderNames: readonly string[];
}

/** What in a request a command can't say. `length`: the whole is longer than what reads it takes. */
export type CommandFault = "method" | "url" | "header" | "body" | "preflight" | "characters" | "length";

/** A request that can't be written as the command that was asked for. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(readonly fault: CommandFault) {
    super(`Not to be said in this command: ${fault}`);
  }
}

/**
 * The request as HTTP can carry it. Of the URL it leaves out what never goes over the wire, fragment and user info, and
 * of the headers the pseudo-headers of HTTP/2 (https://httpwg.org/specs/rfc9113.html#PseudoHeaderFields).
 * @throws CommandError for a URL that is not HTTP(S), a method or a header name that is no token
 *   (https://httpwg.org/specs/rfc9110.html#tokens), and a value with a line break or a NUL
 *   (https://fetch.spec.whatwg.org/#header-value)
 */
export function sendable(request: CommandRequest): CommandRequest {
  if (!isToken(request.method)) throw new CommandError("method");
  const headers = request.headers
    .filter(({ name }) => !name.startsWith(":"))
    .map(({ name, value }) => ({ name, value: normalize(value) }));
  if (headers.some(({ name, value }) => !isToken(name) || /[\0\r\n]/.test(value))) throw new CommandError("header");
  return { ...request, url: overTheWire(request.url), headers };
}

/** Nothing but a preflight has `Access-Control-Request-Method`: scripts can't set it. */
export function isPreflightRequest({ headers }: CommandRequest): boolean {
  return get("Access-Control-Request-Method", headers) !== null;
}

function overTheWire(text: string): string {
  if (!isUrl(text)) throw new CommandError("url");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new CommandError("url");
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href;
}
