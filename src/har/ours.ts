import { withoutFragment } from "../exchange.ts";
import { grouped } from "../grouped.ts";
import type { Engine, Exchange, Hop, Message } from "../model.ts";
import { isRecord } from "../record.ts";
import { CONTRACT_VERSION } from "../report/contract.ts";
import { HarError } from "./har-error.ts";
import { type HarEntry, isTime, wrong } from "./read.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The exchanges of a file that we wrote ourselves: with all that the browser told. */
export interface Restored {
  readonly engine: Engine;
  readonly exchanges: readonly Exchange[];
}

/**
 * The entries of a file that carry our own record.
 * @throws {HarError} where a later release has written it
 */
export function isOurs({ cors, index }: HarEntry): boolean {
  if (!isRecord(cors) || typeof cors["version"] !== "number") return false;
  if (cors["version"] > CONTRACT_VERSION) throw wrong(cors["version"], "not-known", `log.entries[${index}]._cors.version`);
  return cors["version"] === CONTRACT_VERSION;
}

/**
 * Puts the messages of each exchange together again.
 * @throws {HarError} where `_cors` isn't as we write it
 */
export function restored(entries: readonly HarEntry[]): Restored {
  const pairs = grouped(entries.map(partOf), ({ pair }) => pair);
  const all = [...pairs.values()].map(exchangeOf);
  const engine = all[0]?.engine ?? "chromium";
  const other = all.find((each) => each.engine !== engine);
  if (other !== undefined) throw new HarError("other-engine", other.place, JSON.stringify(other.engine));
  return {
    engine,
    exchanges: all.map(({ exchange }) => exchange).toSorted((a, b) => a.order - b.order),
  };
}

/** An entry and what its record says of its place in an exchange. */
interface Part {
  readonly entry: HarEntry;
  readonly cors: Fields;
  /** Of the record. */
  readonly place: string;
  readonly pair: string;
  readonly role: "preflight" | "redirect" | "main";
}

function partOf(entry: HarEntry): Part {
  const place = `log.entries[${entry.index}]._cors`;
  const cors = object(entry.cors, place);
  const role = oneOf(cors, "role", ["preflight", "redirect", "main"], place);
  if (role === null) throw wrong(cors["role"], "not-known", `${place}.role`);
  return { entry, cors, place, pair: text(cors, "pair", place), role };
}

function exchangeOf(parts: readonly Part[]): { engine: Engine; exchange: Exchange; place: string } {
  const [main, second] = parts.filter(({ role }) => role === "main");
  if (main === undefined) throw new HarError("missing", `${parts[0]?.place ?? "log.entries"}.role`, "");
  if (second !== undefined) throw tooMuch(second);
  const { cors, place, pair } = main;
  const engine = oneOf(cors, "engine", ["chromium", "gecko"], place);
  if (engine === null) throw wrong(cors["engine"], "not-known", `${place}.engine`);
  return { engine, place: `${place}.engine`, exchange: { ...facts(object(cors["exchange"], `${place}.exchange`), `${place}.exchange`), id: pair, hops: hopsOf(parts, main) } };
}

/** Nobody follows more than 20 redirects (https://fetch.spec.whatwg.org/#concept-http-redirect-fetch, step 7); the browser's own, to HTTPS, come to them. */
const MOST_HOPS = 41;

/** In the order of the file: each request, and the preflight that came for it. */
function hopsOf(parts: readonly Part[], main: Part): [Hop, ...Hop[]] {
  const preflights = parts.filter(({ role }) => role === "preflight");
  const requests = parts.filter(({ role }) => role !== "preflight");
  for (const many of [requests[MOST_HOPS], preflights[MOST_HOPS]]) if (many !== undefined) throw tooMuch(many);
  const hops = requests.map((part): Hop => {
    const at = preflights.findIndex(({ entry }) => withoutFragment(entry.url) === withoutFragment(part.entry.url));
    const [preflight] = at < 0 ? [] : preflights.splice(at, 1);
    return { preflight: preflight === undefined ? null : messageOf(preflight), request: messageOf(part) };
  });
  const [left] = preflights;
  if (left !== undefined) throw tooMuch(left);
  const [first = { preflight: null, request: messageOf(main) }, ...others] = hops.toSorted((a, b) => a.request.startedTime - b.request.startedTime);
  return [first, ...others];
}

function tooMuch({ place, role }: Part): HarError {
  return new HarError("too-much", `${place}.role`, JSON.stringify(role));
}

function messageOf({ entry, cors, place: record }: Part): Message {
  const { url, method, requestHeaders, status, statusText, responseHeaders } = entry;
  const place = `${record}.message`;
  const message = object(cors["message"], place);
  const response = optionalObject(message, "response", place);
  const end = optionalObject(message, "end", place);
  return {
    requestId: text(message, "requestId", place),
    url,
    method,
    startedTime: time(message, "startedTime", place),
    requestHeaders: flag(message, "sent", place) ? requestHeaders : null,
    response: response === null ? null : { status, statusText, headers: responseHeaders, time: time(response, "time", `${place}.response`), linesKnown: flag(response, "linesKnown", `${place}.response`) },
    responseStarted: flag(message, "responseStarted", place),
    redirectUrl: optionalText(message, "redirectUrl", place),
    end: end === null ? null : { time: time(end, "time", `${place}.end`), error: optionalText(end, "error", `${place}.end`), fromCache: flag(end, "fromCache", `${place}.end`) },
  };
}

function facts(exchange: Fields, place: string): Omit<Exchange, "id" | "hops"> {
  return {
    order: number(exchange, "order", place),
    tabId: number(exchange, "tabId", place),
    frameId: number(exchange, "frameId", place),
    type: text(exchange, "type", place),
    origin: optionalText(exchange, "origin", place),
    serviceWorker: flag(exchange, "serviceWorker", place),
    twins: texts(exchange, "twins", place),
    responseStatus: exchange["responseStatus"] === null ? null : number(exchange, "responseStatus", place),
    call: callOf(optionalObject(exchange, "call", place), `${place}.call`),
    unheard: flag(exchange, "unheard", place),
    callSite: optionalText(exchange, "callSite", place),
    refused: oneOf(exchange, "refused", ["content-security-policy", "mode-same-origin", "scheme-not-supported", "mixed-content"], place),
    trials: texts(exchange, "trials", place),
    interrupted: flag(exchange, "interrupted", place),
    seenBy: oneOf(exchange, "seenBy", ["browser", "proxy"], place) ?? "browser",
  };
}

function callOf(value: Fields | null, place: string): Exchange["call"] {
  if (value === null) return null;
  return {
    api: oneOf(value, "api", ["fetch", "xhr", "event-source", "beacon", "element"], place) ?? "fetch",
    url: text(value, "url", place),
    method: text(value, "method", place),
    mode: oneOf(value, "mode", ["cors", "no-cors", "same-origin"], place),
    credentials: oneOf(value, "credentials", ["omit", "same-origin", "include"], place),
    redirect: oneOf(value, "redirect", ["follow", "error", "manual"], place),
    callSite: optionalText(value, "callSite", place),
    violatesPolicy: flag(value, "violatesPolicy", place),
    time: time(value, "time", place),
  };
}

function object(value: unknown, place: string): Fields {
  if (!isRecord(value)) throw wrong(value, "not-object", place);
  return value;
}

function optionalObject(fields: Fields, name: string, place: string): Fields | null {
  return fields[name] == null ? null : object(fields[name], `${place}.${name}`);
}

function text(fields: Fields, name: string, place: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw wrong(value, "not-string", `${place}.${name}`);
  return value;
}

function optionalText(fields: Fields, name: string, place: string): string | null {
  return fields[name] == null ? null : text(fields, name, place);
}

function texts(fields: Fields, name: string, place: string): string[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw wrong(value, "not-array", `${place}.${name}`);
  return value.map((each: unknown, index) => {
    if (typeof each !== "string") throw wrong(each, "not-string", `${place}.${name}[${index}]`);
    return each;
  });
}

function number(fields: Fields, name: string, place: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(value, "not-number", `${place}.${name}`);
  return value;
}

/** In milliseconds since the epoch: reports are written with dates. */
function time(fields: Fields, name: string, place: string): number {
  const value = fields[name];
  if (!isTime(value)) throw wrong(value, typeof value === "number" ? "not-date" : "not-number", `${place}.${name}`);
  return value;
}

function flag(fields: Fields, name: string, place: string): boolean {
  const value = fields[name];
  if (typeof value !== "boolean") throw wrong(value, "not-boolean", `${place}.${name}`);
  return value;
}

function oneOf<T extends string>(fields: Fields, name: string, allowed: readonly T[], place: string): T | null {
  const value = fields[name];
  if (value == null) return null;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw wrong(value, "not-known", `${place}.${name}`);
  return found;
}
