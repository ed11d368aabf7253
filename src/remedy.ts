import { advised, STATUS } from "./advised.ts";
import { variesByOrigin } from "./caching.ts";
import { leadsToLogin } from "./causes/redirect.ts";
import { elsewhere } from "./elsewhere.ts";
import { ENGINES } from "./engines/engines.ts";
import { requestedHeaderNames } from "./exchange.ts";
import { extractTokens, get, isToken } from "./fetch/headers.ts";
import { isOkStatus } from "./fetch/preflight.ts";
import { originOf } from "./fetch/redirect.ts";
import { isCorsSafelistedMethod } from "./fetch/safelist.ts";
import { isUrl, withoutUserInfo } from "./fetch/url.ts";
import { type Draft, minimal } from "./minimal.ts";
import type { Answer, CredentialsMode, Engine, Exchange, Failure, Line, Message, PageChange, Remedy, ResponseHead, Verdict } from "./model.ts";
import { withNextHop } from "./next-hop.ts";
import { isRedirectOfBrowser, needlessHeader, originChange, pageChanges } from "./page-changes.ts";
import { isRedirect } from "./replay.ts";
import { isTainted, MODES, preflightedRequest, requestOrigin, serializedOrigin } from "./request.ts";
import { isDevelopmentOrigin } from "./secure-origin.ts";

/**
 * The smallest change after which the browser lets an exchange pass: what each message has to say, all failing checks at
 * once, or what the page has to do where no server can help. It names the page's origin and never `null`, answers `*`
 * only where the origin is `null`, and lists only what was asked for beside what the server listed already.
 * @param verdict the engine's verdict on the exchange
 * @returns null when there is nothing to fix, or too little is known
 */
export function remedy(exchange: Exchange, verdict: Verdict, engine: Engine): Remedy | null {
  const [failure] = verdict.failing;
  if (failure === undefined || verdict.outcome === "allowed") return null;
  const page = pageChanges(exchange, failure);
  const others = elsewhere(exchange, failure);
  if (failure.header === null || failure.phase === "request" || isRedirectOfBrowser(exchange, failure)) {
    return page.length + others.length > 0 ? { answers: [], withoutCredentials: false, page, elsewhere: others, pageFirst: true, proxyTo: null } : null;
  }
  const modes = possibleModes(verdict, failure);
  const login = loginHop(exchange, failure);
  const whole = (failure.phase === "redirect" && login === null ? withNextHop(exchange, ENGINES[engine]) : null) ?? exchange;
  const nullHop = whole.hops.findIndex((_, hop) => hop <= (login ?? Infinity) && hasNullOrigin(whole, hop));
  const withoutCredentials = nullHop >= 0 && modes.includes("include");
  const allowed = withoutCredentials ? modes.filter((mode) => mode !== "include") : modes;
  const found = login === null ? minimal(whole, draftsOf(whole, allowed.includes("include")), engine, allowed) : unauthorized(exchange, login, engine, allowed);
  const answers = allowed.length === 0 ? [] : found.map((answer) => withVary(whole, answer));
  const hop = exchange.hops[failure.hop] ?? exchange.hops[0];
  const needless = needlessHeader(hop.request, hop.preflight);
  const changes = [
    ...(withoutCredentials ? [originChange(whole, nullHop)] : []),
    ...(login === null ? page : [{ code: "sign-in-again", params: [] } as const]),
    ...(needless === null ? [] : [needless]),
  ].filter((change, index, all) => all.findIndex((other) => isSameChange(other, change)) === index);
  if (answers.length === 0 && changes.length === 0 && others.length === 0) return null;
  const pageFirst = answers.length === 0 || failure.code === "preflight-redirect" || needless !== null || changes.some(({ code }) => code === "upper-case-method");
  const proxyTo = login === null && isDevelopmentOrigin(requestOrigin(exchange)) ? proxied(whole) : null;
  return { answers, withoutCredentials, page: changes, elsewhere: others, pageFirst, proxyTo };
}

/** The one server that a development server could pass all of it on to: a redirect to another would lead the browser there all the same. */
function proxied({ hops }: Exchange): string | null {
  const [origin, ...others] = new Set(hops.map(({ request }) => originOf(request.url)));
  return origin === undefined || others.length > 0 ? null : origin;
}

/** The modes that the request may have been made with. */
function possibleModes({ credentials }: Verdict, { code, variant }: Failure): readonly CredentialsMode[] {
  // Checks that only requests with credentials fail.
  const proven = code === "allow-origin-wildcard-with-credentials" || code === "allow-credentials-not-true" || variant === "wildcard-with-credentials";
  if (credentials === "include" || proven) return ["include"];
  return credentials === "same-origin" ? ["same-origin"] : MODES;
}

function hasNullOrigin(exchange: Exchange, hop: number): boolean {
  return isTainted(exchange, hop) && serializedOrigin(exchange, hop, "request") === "null";
}

function isSameChange(one: PageChange, other: PageChange): boolean {
  return one.code === other.code && one.params[0]?.toLowerCase() === other.params[0]?.toLowerCase();
}

/** The hop that sent the browser to a login page, if that is what went wrong. */
function loginHop({ hops }: Exchange, { hop: at }: Failure): number | null {
  const hop = hops.slice(0, at + 1).findIndex(({ request }) => leadsToLogin(request));
  return hop < 0 ? null : hop;
}

/** Nobody can sign in inside a request: what redirects to a login page had better say 401, so that the page can read it. */
function unauthorized(exchange: Exchange, hop: number, engine: Engine, modes: readonly CredentialsMode[]): Answer[] {
  const status: Line = { name: STATUS, value: "401", need: "browser" };
  const { url, method } = (exchange.hops[hop] ?? exchange.hops[0]).request;
  const answer: Answer = { hop, phase: "response", url, method, lines: [status], unseen: false };
  const [found] = minimal(advised(exchange, [answer]), [{ ...answer, lines: originLines(exchange, hop, "request", modes.includes("include")) }], engine, modes);
  return [{ ...answer, lines: [status, ...(found?.lines ?? [])] }];
}

/** What each message may have to say. */
function draftsOf(exchange: Exchange, include: boolean): Draft[] {
  return exchange.hops.flatMap(({ preflight, request }, hop) => {
    const phase = isRedirect(request) ? "redirect" : "response";
    // The page's own server may be the one that redirects.
    const lines = [...(isTainted(exchange, hop) ? originLines(exchange, hop, "request", include) : []), ...locationLines(request)];
    const answer: Draft = { hop, phase, url: request.url, method: request.method, lines, unseen: request.response === null };
    return preflight === null ? [answer] : [preflightDraft(exchange, hop, preflight, include), answer];
  });
}

function preflightDraft(exchange: Exchange, hop: number, preflight: Message, include: boolean): Draft {
  const { method } = preflightedRequest(exchange, hop, include ? "include" : "omit");
  const { response } = preflight;
  const lines = [
    ...(response !== null && isOkStatus(response.status) ? [] : [{ name: STATUS, value: "204" }]),
    ...originLines(exchange, hop, "preflight", include),
    listLine("Access-Control-Allow-Methods", isCorsSafelistedMethod(method) ? [] : [method], response, include),
    listLine("Access-Control-Allow-Headers", requestedHeaderNames(preflight), response, include),
  ];
  return { hop, phase: "preflight", url: preflight.url, method: preflight.method, lines, unseen: response === null };
}

/** `Access-Control-Allow-Origin` and `-Credentials`, as they pass in either mode. */
function originLines(exchange: Exchange, hop: number, part: "preflight" | "request", include: boolean): Draft["lines"] {
  const origin = serializedOrigin(exchange, hop, part);
  return [
    { name: "Access-Control-Allow-Origin", value: origin === "null" ? "*" : origin },
    ...(include && origin !== "null" ? [{ name: "Access-Control-Allow-Credentials", value: "true" }] : []),
  ];
}

/** A redirect without the user info that it must not have. */
function locationLines({ url, response }: Message): Draft["lines"] {
  const location = get("Location", response?.headers ?? []);
  if (location === null || !isUrl(location, url)) return [];
  const target = new URL(location, url).href;
  const clean = withoutUserInfo(target);
  return clean === target ? [] : [{ name: "Location", value: clean }];
}

/** A list with what was asked for: what it has stays, as far as it can be read. An empty one has to go. */
function listLine(name: "Access-Control-Allow-Methods" | "Access-Control-Allow-Headers", asked: readonly string[], response: ResponseHead | null, include: boolean): Draft["lines"][number] {
  const headers = response?.headers ?? [];
  const tokens = extractTokens(name, headers) ?? [];
  // What was meant can be read in most that can't be parsed: other separators, brackets, quotes.
  const listed = "failure" in tokens ? meant(get(name, headers) ?? "") : tokens;
  // With credentials `*` is the name of a method or header like any other, and nobody meant that.
  const kept = listed.filter((one) => one !== "*" || !include);
  const compared = (one: string): string => (name === "Access-Control-Allow-Methods" ? one : one.toLowerCase());
  const known = new Set(kept.map(compared));
  const lacking = known.has("*") ? [] : asked.filter((one) => !known.has(compared(one)));
  const value = [...kept, ...lacking].join(", ");
  return { name, value: value === "" ? null : value };
}

function meant(value: string): string[] {
  return [...new Set(value.split(/[\s,;|:"'()[\]{}<>]+/).filter(isToken))];
}

/** A response that names an origin differs by the origin that asks. Caches store no answers to OPTIONS (RFC 9110, 9.3.7). */
function withVary(exchange: Exchange, answer: Answer): Answer {
  if (answer.phase === "preflight") return answer;
  const headers = (exchange.hops[answer.hop] ?? exchange.hops[0]).request.response?.headers ?? [];
  const names = answer.lines.find(({ name }) => name === "Access-Control-Allow-Origin")?.value ?? "*";
  if (names === "*" || variesByOrigin(headers)) return answer;
  const vary: Line = { name: "Vary", value: [get("Vary", headers), "Origin"].filter(Boolean).join(", "), need: "caches" };
  return { ...answer, lines: [...answer.lines, vary] };
}
