import type { Entry } from "../entry.ts";
import { isUrl } from "../fetch/url.ts";
import type { CauseCode, Failure, Phase } from "../model.ts";
import { callSiteOf } from "../request.ts";

/** What an entry's causes are; asked for only where a filter names one, because finding them takes time. */
export type CausesOf = (entry: Entry) => readonly CauseCode[];

/** One `key:` of the filter. */
export interface FilterKey {
  /** What an entry has under this key; it may repeat itself. */
  readonly of: (entry: Entry, causesOf: CausesOf) => readonly string[];
  /** Makes a test of what was written behind the colon; null where that can be nobody's value. */
  readonly test: (wanted: string) => ((value: string) => boolean) | null;
  /** All values there can be, where they are few. */
  readonly values?: readonly string[];
}

const STATES = {
  blocked: ({ row }) => !row.pending && row.outcome === "blocked",
  allowed: ({ row }) => !row.pending && row.outcome === "allowed",
  unknown: ({ row }) => !row.pending && row.outcome === "unknown",
  pending: ({ row }) => row.pending,
  preflighted: ({ exchange, verdict }) => verdict.unseenPreflights.length > 0 || exchange.hops.some(({ preflight }) => preflight !== null),
  redirected: ({ exchange }) => exchange.hops.length > 1 || exchange.hops[0].request.redirectUrl !== null,
  "with-credentials": ({ verdict }) => verdict.credentials === "include",
  "from-cache": ({ exchange }) => exchange.hops.some(({ request }) => request.end?.fromCache === true),
  "service-worker-initiated": ({ exchange }) => exchange.serviceWorker,
  "on-trial": ({ row }) => row.onTrial,
} as const satisfies Readonly<Record<string, (entry: Entry) => boolean>>;

const PHASES = ["request", "preflight", "redirect", "response"] as const satisfies readonly Phase[];

/** What Chrome tells apart is one type to an extension, and the list calls it as DevTools do. */
const FETCH_TYPES: readonly string[] = ["fetch", "xhr", "xmlhttprequest"];

/**
 * The keys by name: first those that Chrome's Network panel has too and means the same by, then ours. Every hop of a
 * request counts, and letter case never does. What differs from Chrome: `url:` takes a part of the URL, `status-code:` a
 * range too, and preflights have a status.
 */
export const FILTER_KEYS: ReadonlyMap<string, FilterKey> = new Map(Object.entries({
  domain: { of: hosts, test: hostTest },
  method: { of: ({ exchange: { hops } }) => hops.map(({ request }) => request.method), test: same },
  "status-code": { of: statuses, test: statusTest },
  url: { of: ({ exchange: { hops } }) => hops.map(({ request }) => request.url), test: part },
  scheme: { of: ({ exchange: { hops } }) => hops.map(({ request }) => request.url.slice(0, request.url.indexOf(":"))), test: same },
  "resource-type": { of: ({ row }) => [row.type], test: (wanted) => same(FETCH_TYPES.includes(wanted.toLowerCase()) ? "fetch/xhr" : wanted) },
  is: { of: (entry) => stateNames.filter((name) => STATES[name](entry)), test: among(Object.keys(STATES)), values: Object.keys(STATES) },
  cause: { of: (entry, causesOf) => causesOf(entry), test: part },
  header: { of: (entry) => present(faultOf(entry)?.header?.name), test: part },
  phase: { of: (entry) => present(faultOf(entry)?.phase), test: among(PHASES), values: PHASES },
  error: { of: ({ verdict }) => [...present(verdict.browserError), ...verdict.alternatives.map(({ browserError }) => browserError)], test: part },
  initiator: { of: ({ exchange }) => present(callSiteOf(exchange)), test: part },
} satisfies Readonly<Record<string, FilterKey>>));

const stateNames = Object.keys(STATES) as readonly (keyof typeof STATES)[];

/** The check at fault: the first that fails, or that would where the outcome isn't known. */
function faultOf({ verdict }: Entry): Failure | undefined {
  return verdict.failing[0];
}

function present(value: string | null | undefined): readonly string[] {
  return value == null ? [] : [value];
}

/** Host and port, as far as there are any. */
function hosts({ exchange: { hops }, row }: Entry): readonly string[] {
  if (hops.length === 1) return present(row.host || null);
  return hops.flatMap(({ request: { url } }) => (isUrl(url) ? [new URL(url).host] : []));
}

function statuses({ exchange: { hops } }: Entry): readonly string[] {
  return hops.flatMap(({ preflight, request }) => [...present(preflight?.response?.status.toString()), ...present(request.response?.status.toString())]);
}

function same(wanted: string): (value: string) => boolean {
  const lower = wanted.toLowerCase();
  return (value) => value.toLowerCase() === lower;
}

function part(wanted: string): (value: string) => boolean {
  const lower = wanted.toLowerCase();
  return (value) => value.toLowerCase().includes(lower);
}

function among(all: readonly string[]): FilterKey["test"] {
  return (wanted) => (all.includes(wanted.toLowerCase()) ? same(wanted) : null);
}

/** `*` stands for whatever there is, as in Chrome: `*.example.com` isn't `example.com`. The port may be left out. */
function hostTest(wanted: string): (value: string) => boolean {
  const parts = wanted.toLowerCase().split(/\*+/);
  const withPort = /:\d+$|:\*$/.test(wanted);
  return (value) => isMadeOf(withPort ? value : value.replace(/:\d+$/, ""), parts);
}

/** The parts follow one another in the text, from its beginning to its end, with anything between them. */
function isMadeOf(text: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const each of others) {
    const found = text.indexOf(each, at);
    if (found === -1) return false;
    at = found + each.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** One status as in Chrome, or all of a range: `400-499`. */
function statusTest(wanted: string): ((value: string) => boolean) | null {
  const [, from = "", to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(wanted) ?? [];
  if (from === "") return null;
  return (value) => Number(value) >= Number(from) && Number(value) <= Number(to);
}
