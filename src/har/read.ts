import type { Header } from "../model.ts";
import { isRecord } from "../record.ts";
import { HarError, type HarProblem } from "./har-error.ts";
import { wrongAt } from "./json-place.ts";

/**
 * The parts of a HAR that a judgement needs, with all of their types checked; the edge where files enter.
 * http://www.softwareishard.com/blog/har-12-spec/
 */
export interface HarLog {
  /** The program that wrote it, or "". */
  readonly creator: string;
  /** The browser that it recorded, or "". */
  readonly browserName: string;
  /** Titles of pages by their id; Chrome writes addresses there. */
  readonly pages: ReadonlyMap<string, string>;
  readonly entries: readonly HarEntry[];
}

/** One request with its response. */
export interface HarEntry {
  /** Its place among `log.entries`. */
  readonly index: number;
  readonly pageref: string;
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
  readonly endedTime: number;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  /** 0 when there was no response. */
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: readonly Header[];
  readonly redirectUrl: string;
  /** The browser's net error, or null: Chrome's `_error`, Playwright's `_failureText`. */
  readonly error: string | null;
  /** Chrome's and Playwright's `_resourceType`, or "". */
  readonly resourceType: string;
  /** What of `_initiator` concerns us; empty where there is none. */
  readonly initiatorType: string;
  readonly initiator: unknown;
  readonly fromCache: boolean;
  /** Our own: not looked at here. */
  readonly cors: unknown;
}

/** Reads text. @throws {HarError} if it isn't JSON, or no HAR */
export function parseHar(text: string): HarLog {
  return readHar(parseJson(text));
}

/** @throws {HarError} with line and column */
export function parseJson(text: string): unknown {
  // Windows programs mark UTF-8 so.
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    const before = json.slice(0, wrongAt(json)).split("\n");
    throw new HarError("not-json", `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`, json.trim() === "" ? "nothing" : "");
  }
}

/** Reads what was JSON. @throws {HarError} if it is no HAR, or one with parts of wrong types */
export function readHar(value: unknown): HarLog {
  const root = object(value, "the file");
  if (root["log"] === undefined) throw new HarError("not-har", "log", "nothing");
  const log = object(root["log"], "log");
  const entries = array(log["entries"], "log.entries");
  return {
    creator: name(log["creator"], "log.creator"),
    browserName: name(log["browser"], "log.browser"),
    pages: new Map(optionalArray(log["pages"], "log.pages").map((page, index) => pageOf(page, `log.pages[${index}]`))),
    entries: entriesOf(entries),
  };
}

function entriesOf(values: readonly unknown[]): HarEntry[] {
  const entries: HarEntry[] = [];
  for (const [index, value] of values.entries()) entries.push(harEntry(value, index, entries.at(-1)?.startedTime));
  return entries;
}

function name(value: unknown, place: string): string {
  return value === undefined || value === null ? "" : optionalText(object(value, place)["name"], `${place}.name`);
}

function pageOf(value: unknown, place: string): [id: string, title: string] {
  const page = object(value, place);
  return [optionalText(page["id"], `${place}.id`), optionalText(page["title"], `${place}.title`)];
}

/** Reads one entry. @throws {HarError} if one of its parts has a wrong type */
export function harEntry(value: unknown, index = 0, before = 0, place = `log.entries[${index}]`): HarEntry {
  const entry = object(value, place);
  const request = object(entry["request"], `${place}.request`);
  // Some write null for what was never answered.
  const response = entry["response"] == null ? {} : object(entry["response"], `${place}.response`);
  const startedTime = date(entry["startedDateTime"], `${place}.startedDateTime`, before);
  const initiator = entry["_initiator"];
  const cache = optionalObject(entry["cache"]);
  return {
    index,
    pageref: optionalText(entry["pageref"], `${place}.pageref`),
    startedTime,
    endedTime: Math.min(LAST_TIME, startedTime + Math.max(0, optionalNumber(entry["time"], `${place}.time`))),
    method: text(request["method"], `${place}.request.method`),
    url: text(request["url"], `${place}.request.url`),
    requestHeaders: headers(request["headers"], `${place}.request.headers`),
    status: Math.max(0, optionalNumber(response["status"], `${place}.response.status`)),
    statusText: optionalText(response["statusText"], `${place}.response.statusText`),
    responseHeaders: headers(response["headers"], `${place}.response.headers`),
    redirectUrl: optionalText(response["redirectURL"], `${place}.response.redirectURL`),
    error: optionalText(response["_error"], `${place}.response._error`) || optionalText(response["_failureText"], `${place}.response._failureText`) || null,
    resourceType: optionalText(entry["_resourceType"], `${place}._resourceType`),
    initiatorType: isRecord(initiator) ? optionalText(initiator["type"], `${place}._initiator.type`) : "",
    initiator,
    fromCache: Boolean(entry["_fromCache"]) || cache["beforeRequest"] != null,
    cors: entry["_cors"],
  };
}

function headers(value: unknown, place: string): Header[] {
  return optionalArray(value, place).map((each, index) => {
    // Most of a file is headers: their place is only named when something is wrong with them.
    if (isRecord(each) && isShort(each["name"]) && isShort(each["value"])) return { name: each["name"], value: each["value"] };
    const header = object(each, `${place}[${index}]`);
    return { name: short(text(header["name"], `${place}[${index}].name`), `${place}[${index}].name`), value: short(optionalText(header["value"], `${place}[${index}].value`), `${place}[${index}].value`) };
  });
}

/** Chromium takes 256 KB of headers in all (http_stream_parser.cc, kMaxHeaderBufSize), and servers far less: longer ones are nobody's. */
const LONGEST_FIELD = 262_144;

function isShort(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST_FIELD;
}

function short(value: string, place: string): string {
  if (!isShort(value)) throw wrong(value, "too-much", place);
  return value;
}

function object(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw wrong(value, "not-object", place);
  return value;
}

function optionalObject(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function array(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(value, "not-array", place);
  return value;
}

function optionalArray(value: unknown, place: string): readonly unknown[] {
  return value == null ? [] : array(value, place);
}

function text(value: unknown, place: string): string {
  if (typeof value !== "string") throw wrong(value, "not-string", place);
  return value;
}

function optionalText(value: unknown, place: string): string {
  return value == null ? "" : text(value, place);
}

/** Some write numbers as text, and what there is none of as an empty one. */
function optionalNumber(value: unknown, place: string): number {
  const number = typeof value === "string" ? Number(value) : (value ?? 0);
  if (typeof number !== "number" || !Number.isFinite(number)) throw wrong(value, "not-number", place);
  return number;
}

/** Safari writes no date for what it doesn't know: then it is that of the entry before. Without a zone it is taken for UTC, so that a file says the same everywhere. */
function date(value: unknown, place: string, before: number): number {
  const written = text(value, place);
  if (written === "") return before;
  const time = Date.parse(/T[\d:.]+$/.test(written) ? `${written}Z` : written);
  if (Number.isNaN(time)) throw wrong(value, "not-date", place);
  return time;
}

/** Whether a date can be made of it. */
export function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= LAST_TIME;
}

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_TIME = 8.64e15;

/** What is wrong with a value, or with its absence. */
export function wrong(value: unknown, problem: HarProblem, place: string): HarError {
  return value === undefined ? new HarError("missing", place, "") : new HarError(problem, place, shown(value));
}

/** What stands there, so that it can be found. */
function shown(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
  return JSON.stringify(typeof value === "string" ? value.slice(0, 40) : value);
}
