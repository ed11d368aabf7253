import type { CredentialsMode, Exchange, Header, Message, Verdict } from "../model.ts";
import { redacted, redactedUrl } from "../report/redact.ts";
import { needsPreflight, preflightedRequest, requestMode, sentCredentials, serializedOrigin } from "../request.ts";
import type { CommandRequest } from "./command-request.ts";

/** How much a command tells, and what else is known of the request. */
export interface RequestOptions {
  /** Cookies, tokens and the like as they were sent. They are left out otherwise: commands get pasted into chats. */
  readonly keepSecrets?: boolean;
  /** The verdict's credentials mode, which may know it by elimination. */
  readonly credentials?: Verdict["credentials"];
}

/** The value of a header of which only the name is known. */
const UNKNOWN = "[unknown]";

/**
 * A message of a hop as it may be sent again: with the headers that it was sent with, or with those that are known of one
 * that never was. A request that its preflight stopped in Chromium has an origin, a method, the header names that the
 * preflight asked for, and what a browser says in both alike.
 * @param part `preflight`: the one that was seen, or the one that the request would have
 */
export function requestOf(exchange: Exchange, hop: number, part: "preflight" | "request", options: RequestOptions = {}): CommandRequest {
  const { preflight, request } = exchange.hops[hop] ?? exchange.hops[0];
  const { unsafeHeaderNames, ...asked } = preflightedRequest(exchange, hop, "omit");
  const headers =
    part === "preflight"
      ? (preflight?.requestHeaders ?? preflightHeaders({ ...asked, unsafeHeaderNames }, request))
      : (request.requestHeaders ?? requestHeaders(serializedOrigin(exchange, hop, "request"), unsafeHeaderNames, preflight));
  const mode = requestMode(exchange);
  return {
    method: part === "preflight" ? "OPTIONS" : request.method,
    url: options.keepSecrets ? request.url : redactedUrl(request.url),
    headers: options.keepSecrets ? headers : redacted(headers),
    body: null,
    mode: mode === "unknown" ? "cors" : mode,
    credentials: credentialsOf(exchange, options.credentials ?? "unknown"),
    unsafeHeaderNames,
  };
}

/** The names of headers of a request that are known without their values: in Chromium one that its preflight stopped was never written. */
export function unknownHeaderNames(exchange: Exchange, hop: number): string[] {
  const { request } = exchange.hops[hop] ?? exchange.hops[0];
  return request.requestHeaders === null ? [...preflightedRequest(exchange, hop, "omit").unsafeHeaderNames] : [];
}

/** What the server is asked at a hop: the preflight, if one was seen or the standard wants one, and the request. */
export function pairOf(exchange: Exchange, hop: number, options: RequestOptions = {}): CommandRequest[] {
  const { preflight } = exchange.hops[hop] ?? exchange.hops[0];
  const preflighted = preflight !== null || (requestMode(exchange) !== "no-cors" && needsPreflight(exchange, hop, { safelists: () => false }));
  const request = requestOf(exchange, hop, "request", options);
  return preflighted ? [requestOf(exchange, hop, "preflight", options), request] : [request];
}

/** CORS-preflight fetch, steps 1 to 5. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
function preflightHeaders(asked: { readonly origin: string; readonly method: string; readonly unsafeHeaderNames: readonly string[] }, request: Message): Header[] {
  return [
    { name: "Accept", value: "*/*" },
    { name: "Access-Control-Request-Method", value: asked.method },
    ...(asked.unsafeHeaderNames.length === 0 ? [] : [{ name: "Access-Control-Request-Headers", value: asked.unsafeHeaderNames.join(",") }]),
    { name: "Origin", value: asked.origin },
    ...saidInBoth(request, asked.unsafeHeaderNames),
  ];
}

function requestHeaders(origin: string, unsafeHeaderNames: readonly string[], preflight: Message | null): Header[] {
  return [
    { name: "Origin", value: origin },
    ...unsafeHeaderNames.map((name) => ({ name, value: UNKNOWN })),
    ...(preflight === null ? [] : saidInBoth(preflight, unsafeHeaderNames)),
  ];
}

/** A preflight has its request's referrer and destination; the rest is the browser's. */
function saidInBoth({ requestHeaders }: Message, set: readonly string[]): Header[] {
  return (requestHeaders ?? []).filter(({ name }) => /^(user-agent|referer|sec-fetch-(dest|mode|site))$/i.test(name) && !set.includes(name.toLowerCase()));
}

/** `same-origin` is what APIs default to. */
function credentialsOf(exchange: Exchange, judged: Verdict["credentials"]): CredentialsMode {
  if (sentCredentials(exchange)) return "include";
  return judged === "unknown" ? (exchange.call?.credentials ?? "same-origin") : judged;
}
