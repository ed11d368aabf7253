import { isAddedByBrowsers } from "../exchange.ts";
import { isForbiddenRequestHeaderName } from "../fetch/safelist.ts";
import type { Header } from "../model.ts";
import { CommandError, type CommandRequest, isPreflightRequest, sendable } from "./command-request.ts";

/**
 * A request as a call of `fetch`, for the console of a page of its origin. It sets the headers that the page may have
 * set: no forbidden ones (https://fetch.spec.whatwg.org/#forbidden-request-header), and none that browsers add unless a
 * preflight asked for it. They are a list of pairs, for one name may have several values, and `__proto__` is a token.
 * @throws CommandError as `sendable`; for a preflight, which no page can send; for a forbidden method
 *   (https://fetch.spec.whatwg.org/#forbidden-method); and for a body with GET or HEAD
 */
export function fetchCall(request: CommandRequest): string {
  const { method, url, headers, body, mode, credentials, unsafeHeaderNames } = sendable(request);
  if (isPreflightRequest(request)) throw new CommandError("preflight");
  if (/^(connect|trace|track)$/i.test(method)) throw new CommandError("method");
  if (body !== null && /^(get|head)$/i.test(method)) throw new CommandError("body");
  const own = headers.filter(({ name }) => {
    const lower = name.toLowerCase();
    return !isForbiddenRequestHeaderName(lower) && (unsafeHeaderNames.includes(lower) || !isAddedByBrowsers(lower));
  });
  const members = [
    `method: ${literal(method)}`,
    ...(own.length === 0 ? [] : [`headers: [\n${own.map((header) => `    ${pair(header)},\n`).join("")}  ]`]),
    ...(body === null ? [] : [`body: ${literal(body)}`]),
    `mode: ${literal(mode)}`,
    `credentials: ${literal(credentials)}`,
  ];
  return `fetch(${literal(url)}, {\n${members.map((member) => `  ${member},\n`).join("")}});`;
}

/** `fetch` takes a value for bytes, one a character: its UTF-8, if it is to send that. https://webidl.spec.whatwg.org/#es-ByteString */
export function byteString(value: string): string {
  return [...new TextEncoder().encode(value)].map((byte) => String.fromCharCode(byte)).join("");
}

function pair({ name, value }: Header): string {
  return `[${literal(name)}, ${literal(byteString(value))}]`;
}

/** JSON is JavaScript (https://tc39.es/ecma262/#sec-json.parse, its note); all but printable ASCII is escaped, so that it shows. */
function literal(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
