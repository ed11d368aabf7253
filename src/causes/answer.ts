import { isStoredCopy, variesByOrigin } from "../caching.ts";
import { fieldLines, get } from "../fetch/headers.ts";
import { originOf } from "../fetch/redirect.ts";
import type { Exchange, Header, Message, Phase } from "../model.ts";
import { isTainted, requestOrigin } from "../request.ts";
import { serverSoftware } from "../server-software.ts";
import { type Case, cause, corsFields, field, type Look, members } from "./case.ts";
import { redirectsOf } from "./redirect.ts";

/** Why there is no `Access-Control-Allow-Origin` on an answer. */
export const missingHeader: Look = (at) => {
  const { failure, response } = at;
  if (failure.code !== "allow-origin-missing" || response === null) return [];
  const misspelt = corsFields(response.headers).find((name) => isMisspelt(name));
  if (misspelt !== undefined) return cause("header-misspelt", misspelt, "Access-Control-Allow-Origin");
  if (failure.phase === "preflight") return unansweredPreflight(at, response.status);
  const redirected = redirectsOf(at);
  if (redirected.length > 0) return redirected;
  if (failure.phase === "redirect") return cause("redirect-without-cors", String(response.status));
  if (response.status >= 400) return [...cookieless(at), ...cause("error-page", String(response.status), maker(response.headers)), ...(mayBeRefusal(response.status) ? leftovers(at) : [])];
  for (const found of [cachedCopy(at), droppedAll(at)]) if (found.length > 0) return found;
  return cause("route-without-cors", maker(response.headers));
};

function unansweredPreflight(at: Case, status: number): ReturnType<Look> {
  if (status >= 200 && status < 300) return [...options(at), ...droppedAll(at)];
  const refused = mayBeRefusal(status) ? leftovers(at) : [];
  return refused.length > 0 ? refused : options(at);
}

/**
 * With these some CORS middlewares refuse: Spring says 403 "Invalid CORS request". What is left of CORS on any other
 * error page is left because its headers aren't set on errors (nginx without `always`).
 */
function mayBeRefusal(status: number): boolean {
  return status === 400 || status === 403;
}

/** What became of the OPTIONS request, where its headers or its status fail. */
export const rejectedPreflight: Look = (at) => (at.failure.code === "preflight-status-not-ok" ? options(at) : []);

function options(at: Case): ReturnType<Look> {
  const { response } = at;
  if (response === null) return [];
  const { status, headers } = response;
  if (status >= 300 && status < 400) return redirectsOf(at);
  if (status === 404 || status === 405 || status === 501) return cause("options-not-routed", String(status), field(at, "Allow"), maker(headers));
  if (status === 401 || status === 403 || status === 407) return cause("options-needs-authentication", String(status), maker(headers));
  if (status >= 400) return cause("options-fails", String(status), maker(headers));
  return showsCors(headers) ? [] : cause("options-without-cors", maker(headers));
}

/**
 * A server that knows CORS and sends none of its headers when any check fails. It shows by what is left of them, or by
 * what it sent on another request.
 */
function droppedAll(at: Case): ReturnType<Look> {
  const { exchange, failure, earlier, message } = at;
  const left = leftovers(at);
  if (left.length > 0) return left;
  const origin = requestOrigin(exchange);
  const allowed = earlier.find((other) => allows(other, withoutQuery(message.url), origin, failure.phase));
  return allowed === undefined ? [] : cause("cors-refused", `Access-Control-Allow-Origin (${allowed.hops[0].request.method})`);
}

function leftovers({ response }: Case): ReturnType<Look> {
  return response !== null && showsCors(response.headers) ? cause("cors-refused", shown(response.headers)) : [];
}

/**
 * Whether the same address has named the origin on another answer. That a proxy answers preflights says nothing of the
 * route behind it.
 */
function allows(exchange: Exchange, url: string, origin: string, phase: Phase): boolean {
  return exchange.hops.some(({ preflight, request }, hop) =>
    [...(phase === "preflight" ? [preflight] : []), request].some(
      (message) =>
        message?.response != null && isTainted(exchange, hop) && withoutQuery(message.url) === url &&
        fieldLines("Access-Control-Allow-Origin", message.response.headers).some((value) => value === origin),
    ),
  );
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}

/** What is left of a CORS configuration: another of its fields, or that the answer varies by the origin. */
function showsCors(headers: readonly Header[]): boolean {
  return shown(headers) !== "";
}

function shown(headers: readonly Header[]): string {
  const fields = corsFields(headers);
  const varies = fieldLines("Vary", headers).flatMap(members).filter((name) => name === "origin" || name.startsWith("access-control-request-"));
  return [...fields, ...varies.map((name) => `Vary: ${name}`)].join(", ");
}

/** Credentials were wanted, none went out, and the server asked for them. */
function cookieless({ verdict, exchange, message, response }: Case): ReturnType<Look> {
  const sent = fieldLines("Cookie", message.requestHeaders ?? []).length > 0 || fieldLines("Authorization", message.requestHeaders ?? []).length > 0;
  const wanted = verdict.credentials === "include" || fieldLines("Sec-Fetch-Storage-Access", message.requestHeaders ?? []).length > 0;
  const crossSite = fieldLines("Sec-Fetch-Site", message.requestHeaders ?? []).includes("cross-site");
  const refused = response?.status === 401 || response?.status === 403;
  return refused && wanted && crossSite && !sent ? cause("third-party-cookie-blocked", String(response.status), originOf(message.url), requestOrigin(exchange)) : [];
}

/** The very answer that another request got without CORS: it was stored, and nobody asked again. */
function cachedCopy({ response, message, earlier }: Case): ReturnType<Look> {
  if (response === null || variesByOrigin(response.headers)) return [];
  const isCopied = earlier.some(({ hops }) => hops.some(({ request }) => isStoredCopy(message, request) && !asksForCors(request)));
  return isCopied ? cause("cached-no-cors-copy", get("Date", response.headers) ?? "") : [];
}

function asksForCors({ requestHeaders }: Message): boolean {
  return fieldLines("Origin", requestHeaders ?? []).length > 0;
}

/** Who made an answer, as far as it shows, in one word or two. */
function maker(headers: readonly Header[]): string {
  return serverSoftware(headers)[0]?.name ?? "";
}

const KNOWN = ["allow-origin", "allow-credentials", "allow-methods", "allow-headers", "expose-headers", "max-age", "allow-private-network", "allow-local-network"].map(
  (name) => `access-control-${name}`,
);

/** Nearly `Access-Control-Allow-Origin`, and nothing else that there is. */
function isMisspelt(name: string): boolean {
  const lower = name.toLowerCase();
  return !KNOWN.includes(lower) && Math.abs(lower.length - ALLOW_ORIGIN.length) <= SLIPS && distance(lower, ALLOW_ORIGIN) <= SLIPS;
}

const ALLOW_ORIGIN = "access-control-allow-origin";

/** How many slips of the pen are still one. */
const SLIPS = 4;

/** How many letters have to be changed, added or taken away. https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
