import { fieldLines, get, listItems } from "../fetch/headers.ts";
import { originOf } from "../fetch/redirect.ts";
import { isUrl } from "../fetch/url.ts";
import type { Answer, Exchange, Header, Remedy, Verdict } from "../model.ts";
import { isTainted, serializedOrigin } from "../request.ts";
import type { Policy } from "./recipe.ts";

/** What one of the servers of an exchange has to allow. */
export interface HopPolicy {
  /** Index in the exchange's hops; one more than there are for what its last redirect leads to. */
  readonly hop: number;
  /** Without credentials, where it isn't known whether they are used. */
  readonly policy: Policy;
  /** With credentials, where that isn't known; null where it is, or where no server can allow them. */
  readonly withCredentials: Policy | null;
}

/**
 * What the servers have to allow so that an exchange passes: a policy for each hop whose CORS headers a remedy changes.
 * A hop is left out where its method or a header name has characters that some configuration would read as something
 * else: its lines have to be written by hand.
 */
export function policiesOf(exchange: Exchange, { answers, withoutCredentials }: Remedy, { credentials }: Pick<Verdict, "credentials">): HopPolicy[] {
  const isOfCors = ({ lines }: Answer): boolean => lines.some(({ name }) => /^access-control-/i.test(name));
  const hops = [...new Set(answers.filter(isOfCors).map(({ hop }) => hop))];
  return hops.flatMap((hop) => {
    const own = answers.filter((answer) => answer.hop === hop);
    const needs = own.flatMap(({ lines }) => lines.filter(({ name }) => name === "Access-Control-Allow-Credentials").map(({ need }) => need));
    const proven = credentials === "include" || needs.includes("browser");
    // A server that allows them already needs no line for them, and would lose that by a policy without.
    const open = !proven && credentials === "unknown" && !withoutCredentials;
    const policy = policyOf(exchange, hop, own, proven);
    return policy === null ? [] : [{ hop, policy, withCredentials: open ? policyOf(exchange, hop, own, true) : null }];
  });
}

/**
 * What a development server has to know to pass an exchange's requests on: the first server that isn't the page's own.
 * @returns null where the page isn't of a development server, or no configuration can be written
 */
export function proxyPolicy(exchange: Exchange, { proxyTo }: Pick<Remedy, "proxyTo">): Policy | null {
  const hop = exchange.hops.findIndex((_, index) => isTainted(exchange, index));
  const policy = proxyTo === null || hop < 0 ? null : policyOf(exchange, hop, [], true);
  // At the root the development server has the page itself.
  return policy?.path === "/" ? null : policy;
}

function policyOf(exchange: Exchange, hop: number, answers: readonly Answer[], credentials: boolean): Policy | null {
  const at = exchange.hops[hop];
  const main = answers.find(({ phase }) => phase !== "preflight");
  const preflight = answers.find(({ phase }) => phase === "preflight");
  const url = main?.url ?? preflight?.url ?? at?.request.url ?? "";
  if (!isUrl(url)) return null;
  const method = at?.request.method ?? main?.method ?? "GET";
  const seen = at?.preflight?.response?.headers ?? [];
  const listed = (name: string): string[] => items(advisedValue(preflight === undefined ? [] : [preflight], name) ?? fieldLines(name, seen).join(","));
  const requested = fieldLines("Access-Control-Request-Headers", at?.preflight?.requestHeaders ?? []).flatMap(items);
  const methods = unique([...listed("Access-Control-Allow-Methods"), method]);
  const headers = unique([...listed("Access-Control-Allow-Headers"), ...requested].map((name) => name.toLowerCase()));
  if (!isPlain(method) || !requested.every(isPlain)) return null;
  const origin = allowedOrigin(exchange, hop, answers, credentials);
  return {
    origin,
    credentials: credentials && origin !== "*",
    methods: methods.filter(isPlain),
    headers: headers.filter(isPlain),
    path: plainPath(new URL(url).pathname),
    server: originOf(url),
  };
}

/** One for all messages of a hop. What allows everybody goes on doing so, unless there are credentials. */
function allowedOrigin(exchange: Exchange, hop: number, answers: readonly Answer[], credentials: boolean): string {
  const seen = exchange.hops[hop];
  const allowsAll = [seen?.preflight, seen?.request].some((message) => get("Access-Control-Allow-Origin", message?.response?.headers ?? []) === "*");
  if (allowsAll && !credentials) return "*";
  // A preflight may name the page's origin where the request's own has become `null`.
  const advised = answers.flatMap(({ lines }) => lines.filter(({ name }) => name === "Access-Control-Allow-Origin").map(({ value }) => value));
  const own = advised.includes("*") ? "*" : (advised[0] ?? serializedOrigin(exchange, hop, "request"));
  return own === "null" ? "*" : own;
}

function advisedValue(answers: readonly Answer[], name: Header["name"]): string | null {
  return answers.flatMap(({ lines }) => lines).find((line) => line.name === name)?.value ?? null;
}

function items(value: string): string[] {
  return listItems(value).filter((item) => item !== "");
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** `*` stands for itself only in lists for requests with credentials; no recipe should have it by accident. */
function isPlain(token: string): boolean {
  return /^[\w.~-]+$/.test(token);
}

/** The path, or its folders before the first with a character that some configuration would read as something else. */
function plainPath(path: string): string {
  if (/^[\w.~:/[\]*-]+$/.test(path)) return path;
  const parts = path.split("/");
  const odd = parts.findIndex((part) => !/^[\w.~:[\]*-]*$/.test(part));
  return parts.slice(0, odd).join("/") || "/";
}
