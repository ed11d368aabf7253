import type { EngineRules } from "./engines/rules.ts";
import { lastHop, withLastHop } from "./exchange.ts";
import { originOf, redirectLocation, redirectMethod } from "./fetch/redirect.ts";
import { isUrl, withoutUserInfo } from "./fetch/url.ts";
import type { Exchange, Header, Hop, Message } from "./model.ts";
import { becameNull, isPreflightedByItself, preflightedRequest, requestOrigin } from "./request.ts";

/**
 * The exchange as it goes on once its last redirect is let through: with the hop that the redirect leads to, which
 * nobody has asked yet. https://fetch.spec.whatwg.org/#concept-http-redirect-fetch, steps 11 to 14
 * @returns null where nothing is to come: no redirect, or one that leads to no HTTP(S) URL
 */
export function withNextHop(exchange: Exchange, rules: Pick<EngineRules, "preflightsAgain" | "safelists">): Exchange | null {
  const { preflight, request } = lastHop(exchange);
  const { response } = request;
  const location = response === null ? null : redirectLocation(response.status, response.headers);
  if (response === null || location === null || !isUrl(location, request.url)) return null;
  const url = withoutUserInfo(new URL(location, request.url).href);
  if (!/^https?:/.test(url)) return null;

  const before = preflightedRequest(exchange, exchange.hops.length - 1, "omit");
  const method = redirectMethod(response.status, before.method);
  const becomesGet = method !== before.method;
  const leaves = originOf(url) !== originOf(request.url);
  const names = before.unsafeHeaderNames.filter((name) => !(becomesGet && REQUEST_BODY_HEADERS.has(name)) && !(leaves && name === "authorization"));
  // An upload that somebody listens to is preflighted whatever it says.
  const forced = preflight !== null && (rules.preflightsAgain || !isPreflightedByItself(before.method, before.unsafeHeaderNames, rules));
  const needed = forced || isPreflightedByItself(method, names, rules);

  const followed = withLastHop(exchange, (hop) => ({ ...hop, request: { ...hop.request, redirectUrl: url } }));
  const grown: Exchange = { ...followed, hops: [...followed.hops, { preflight: null, request: unasked(url, method, []) }] };
  const origin: Header = { name: "Origin", value: becameNull(grown, exchange.hops.length) ? "null" : requestOrigin(exchange) };
  const asks = [origin, { name: "Access-Control-Request-Method", value: method }, ...(names.length === 0 ? [] : [{ name: "Access-Control-Request-Headers", value: names.join(",") }])];
  const next: Hop = { preflight: needed ? unasked(url, "OPTIONS", asks) : null, request: unasked(url, method, [origin]) };
  return { ...followed, hops: [...followed.hops, next] };
}

/** https://fetch.spec.whatwg.org/#request-body-header-name */
const REQUEST_BODY_HEADERS: ReadonlySet<string> = new Set(["content-encoding", "content-language", "content-location", "content-type"]);

function unasked(url: string, method: string, requestHeaders: readonly Header[]): Message {
  return { requestId: "", url, method, startedTime: 0, requestHeaders, response: null, responseStarted: false, redirectUrl: null, end: null };
}
