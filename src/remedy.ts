import { lastHop, requestedHeaderNames } from "./exchange.ts";
import { variesByOrigin } from "./caching.ts";
import { leadsToLogin } from "./causes/redirect.ts";
import { extractTokens, fieldLines, get, isToken } from "./fetch/headers.ts";
import { isOkStatus } from "./fetch/preflight.ts";
import { isCorsSafelistedMethod } from "./fetch/safelist.ts";
import type { Answer, Exchange, Failure, Header, Message, PageChange, Remedy, ResponseHead, Verdict } from "./model.ts";
import { isRedirect } from "./replay.ts";
import { becameNull, isTainted, preflightedRequest, serializedOrigin } from "./request.ts";

/**
 * The smallest change after which the browser lets an exchange pass: what each message has to say, all failing checks at
 * once, or what the page has to do where no server can help. It names the origin wherever credentials are used or the
 * server named one before, never `null`, and lists only what was asked for.
 * @returns null when there is nothing to fix, or too little is known
 */
export function remedy(exchange: Exchange, verdict: Verdict): Remedy | null {
  const [failure] = verdict.failing;
  if (failure === undefined || verdict.outcome === "allowed") return null;
  const page = pageChanges(exchange, failure);
  if (failure.header === null || failure.phase === "request" || isOfBrowser(exchange, failure)) return page.length > 0 ? { answers: [], page, pageFirst: true } : null;
  const include = verdict.credentials === "include" || needsCredentials(failure);
  const login = loginAnswer(exchange, failure, include);
  if (login !== null) return { answers: [login], page: [{ code: "sign-in-again", params: [] }], pageFirst: false };
  const open = verdict.credentials === "unknown" && !include;
  const answers = fixable(exchange, include) ? answersOf(exchange, failure, include).map((answer) => ({ ...answer, credentials: open && lacksCredentials(exchange, answer) })) : [];
  const pageFirst = failure.code === "preflight-redirect" || page.some(({ code }) => code === "upper-case-method");
  return answers.length === 0 && page.length === 0 ? null : { answers, page, pageFirst };
}

/** Nobody can sign in inside a request: what redirects to a login page had better say 401, so that the page can read it. */
function loginAnswer(exchange: Exchange, failure: Failure, include: boolean): Answer | null {
  const hop = exchange.hops.slice(0, failure.hop + 1).findIndex(({ request }) => leadsToLogin(request));
  const redirecting = exchange.hops[hop]?.request;
  if (redirecting === undefined || failure.code !== "allow-origin-missing" || failure.phase === "preflight") return null;
  const { set, vary } = originLines(exchange, hop, "request", redirecting.response, include);
  return { hop, phase: "response", status: 401, set, remove: ["Location"], vary, unseen: false, credentials: false };
}

function lacksCredentials(exchange: Exchange, { hop, phase }: Answer): boolean {
  const at = exchange.hops[hop];
  const message = phase === "preflight" ? at?.preflight : at?.request;
  return serializedOrigin(exchange, hop, phase === "preflight" ? "preflight" : "request") !== "null" && get("Access-Control-Allow-Credentials", message?.response?.headers ?? []) !== "true";
}

/** The browser redirected a preflight itself (HSTS): no server was asked. */
function isOfBrowser({ hops }: Exchange, { code, hop }: Failure): boolean {
  return code === "preflight-redirect" && hops[hop]?.preflight?.response === null;
}

/** A check that only requests with credentials fail. */
function needsCredentials({ code, variant }: Failure): boolean {
  return code === "allow-origin-wildcard-with-credentials" || code === "allow-credentials-not-true" || variant === "wildcard-with-credentials";
}

/** An origin `null` can be answered with `*` alone, and that doesn't go with credentials. */
function fixable(exchange: Exchange, include: boolean): boolean {
  return !include || exchange.hops.every((_, hop) => !isTainted(exchange, hop) || serializedOrigin(exchange, hop, "request") !== "null");
}

function answersOf(exchange: Exchange, { hop: at }: Failure, include: boolean): Answer[] {
  const answers = exchange.hops.flatMap(({ preflight, request }, hop) => {
    if (hop > at || !isTainted(exchange, hop)) return [];
    const before = preflight === null ? [] : [preflightAnswer(exchange, hop, preflight, include)];
    const phase = isRedirect(request) ? "redirect" : "response";
    return [...before, responseAnswer(exchange, hop, phase, request.response, include)];
  });
  return answers.filter(({ status, set, remove, unseen }) => status !== null || set.length > 0 || remove.length > 0 || unseen);
}

function preflightAnswer(exchange: Exchange, hop: number, preflight: Message, include: boolean): Answer {
  const asked = preflightedRequest(exchange, hop, include ? "include" : "omit");
  const { response } = preflight;
  const base = originLines(exchange, hop, "preflight", response, include);
  const status = response !== null && isOkStatus(response.status) ? null : 204;
  const methods = listLine("Access-Control-Allow-Methods", isCorsSafelistedMethod(asked.method) ? [] : [asked.method], response, include);
  const names = listLine("Access-Control-Allow-Headers", requestedHeaderNames(preflight), response, include);
  const remove = status !== null && get("Location", response?.headers ?? []) !== null ? ["Location"] : [];
  return { hop, phase: "preflight", status, set: [...base.set, ...methods, ...names], remove, vary: base.vary, unseen: response === null, credentials: false };
}

function responseAnswer(exchange: Exchange, hop: number, phase: "redirect" | "response", response: ResponseHead | null, include: boolean): Answer {
  const { set, vary } = originLines(exchange, hop, "request", response, include);
  const location = get("Location", response?.headers ?? []);
  const clean = phase === "redirect" && location !== null ? withoutUserInfo(location, exchange.hops[hop]?.request.url ?? "") : location;
  const moved = location !== null && clean !== null && clean !== location ? [{ name: "Location", value: clean }] : [];
  return { hop, phase, status: null, set: [...set, ...moved], remove: [], vary, unseen: response === null, credentials: false };
}

/** `Access-Control-Allow-Origin` and `-Credentials`, where they aren't right already. */
function originLines(
  exchange: Exchange,
  hop: number,
  part: "preflight" | "request",
  response: ResponseHead | null,
  include: boolean,
): { readonly set: Header[]; readonly vary: boolean } {
  const headers = response?.headers ?? [];
  const origin = serializedOrigin(exchange, hop, part);
  const wanted = origin === "null" ? "*" : origin;
  const lines = fieldLines("Access-Control-Allow-Origin", headers);
  const right = lines.length === 1 && (lines[0] === wanted || (lines[0] === "*" && !include));
  const credentials = include && get("Access-Control-Allow-Credentials", headers) !== "true";
  const set = [
    ...(right ? [] : [{ name: "Access-Control-Allow-Origin", value: wanted }]),
    ...(credentials ? [{ name: "Access-Control-Allow-Credentials", value: "true" }] : []),
  ];
  return { set, vary: !right && wanted !== "*" && !variesByOrigin(headers) };
}

/** A list with what was asked for, if it lacks it: what it has stays, unless none of it can be read. */
function listLine(name: "Access-Control-Allow-Methods" | "Access-Control-Allow-Headers", asked: readonly string[], response: ResponseHead | null, include: boolean): Header[] {
  const tokens = extractTokens(name, response?.headers ?? []);
  const broken = tokens !== null && "failure" in tokens;
  // What was meant can be read in most that can't be parsed: other separators, brackets, quotes.
  const listed = tokens === null ? [] : "failure" in tokens ? meant(get(name, response?.headers ?? []) ?? "") : tokens;
  const same = name === "Access-Control-Allow-Methods" ? (a: string, b: string) => a === b : (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const lacking = listed.includes("*") && !include ? [] : asked.filter((one) => !listed.some((other) => same(one, other)));
  if (lacking.length === 0 && !broken) return [];
  // With credentials `*` is the name of a method or header like any other, and nobody meant that.
  const kept = listed.filter((one) => one !== "*" || !include);
  const value = [...kept, ...lacking].join(", ");
  return [{ name, value }];
}

function meant(value: string): string[] {
  return [...new Set(value.split(/[\s,;|:"'()[\]{}<>]+/).filter(isToken))];
}

function withoutUserInfo(location: string, base: string): string {
  if (!URL.canParse(location, base)) return location;
  const url = new URL(location, base);
  if (url.username === "" && url.password === "") return location;
  url.username = "";
  url.password = "";
  return url.href;
}

/** What the page can do, or has to where no server can help. */
function pageChanges(exchange: Exchange, failure: Failure): PageChange[] {
  const { hops } = exchange;
  const target = lastHop(exchange).request.url;
  switch (failure.code) {
    case "allow-origin-wildcard-with-credentials":
      return [{ code: "omit-credentials", params: [] }];
    case "origin-became-null-by-redirect":
      return [{ code: "ask-directly", params: [target] }];
    case "redirect-url-has-credentials":
      return [{ code: "ask-directly", params: [failure.header?.expected ?? target] }];
    case "preflight-redirect":
      return isOfBrowser(exchange, failure) ? [securely(target)] : redirectTarget(hops[failure.hop]?.preflight ?? null);
    case "origin-null-not-allowed":
      return becameNull(exchange, failure.hop) ? [] : [{ code: "give-origin", params: [] }];
    case "method-not-allowed":
      return failure.variant === "letter-case" && failure.subject !== null ? [{ code: "upper-case-method", params: [failure.subject.toUpperCase()] }] : [];
    case "header-not-allowed":
      return failure.subject === null ? [] : [{ code: "leave-out-header", params: [failure.subject] }];
    case "local-network-access":
      return failure.browserError === "InvalidLocalNetworkAccess" ? [] : [{ code: failure.browserError === "InsecureLocalNetwork" ? "serve-page-securely" : "allow-local-network", params: [] }];
    case "mode-same-origin":
    case "redirect-mode-same-origin":
      return [{ code: "mode-cors", params: [] }];
    case "redirect-mode-error":
      return [{ code: "follow-redirects", params: [] }];
    case "content-security-policy":
    case "redirect-refused":
      return [{ code: "allow-in-policy", params: [target] }];
    case "mixed-content":
      return [securely(target)];
    default:
      return [];
  }
}

function securely(url: string): PageChange {
  return { code: "ask-securely", params: [url.replace(/^http:/i, "https:")] };
}

function redirectTarget(preflight: Message | null): PageChange[] {
  const location = get("Location", preflight?.response?.headers ?? []);
  if (preflight === null || location === null || !URL.canParse(location, preflight.url)) return [];
  return [{ code: "ask-directly", params: [new URL(location, preflight.url).href] }];
}
