import type { Check, CheckedResponse, EngineRules } from "./engines/rules.ts";
import { get } from "./fetch/headers.ts";
import { httpRedirectFetch, originOf, redirectLocation } from "./fetch/redirect.ts";
import { parsedUrl } from "./fetch/url.ts";
import type { CredentialsMode, Exchange, Failure, Message, ResponseHead } from "./model.ts";
import { redirectReason } from "./reason.ts";
import { becameNull, isTainted, preflightedRequest, requestMode, requestOrigin, serializedOrigin } from "./request.ts";

/** A message that an engine checks. */
export interface Place {
  readonly hop: number;
  readonly phase: "preflight" | "redirect" | "response";
}

/** The checks of one message, in an engine's order. */
export interface Checked {
  readonly place: Place;
  readonly failures: readonly Failure[];
}

/**
 * Puts every response of an exchange through an engine's checks, in order, as if the credentials mode were known.
 * It looks at headers alone, not at what the browser then did.
 */
export function replay(exchange: Exchange, rules: EngineRules, credentials: CredentialsMode): Checked[] {
  return exchange.hops.flatMap(({ preflight, request }, hop) => {
    const checked: Checked[] = [];
    const add = (phase: Place["phase"], checks: readonly Check[]): void => {
      checked.push({ place: { hop, phase }, failures: checks.map((check) => ({ ...check, hop })) });
    };
    if (preflight?.response) add("preflight", checkPreflight(exchange, rules, credentials, hop, preflight.response));
    if (request.response) {
      const phase = isRedirect(request) ? "redirect" : "response";
      add(phase, checkResponse(exchange, rules, credentials, hop, request.response, phase));
    }
    return checked;
  });
}

/** The first message that fails a check: the browser got no further. */
export function firstFailing(checked: readonly Checked[]): Checked | null {
  return checked.find(({ failures }) => failures.length > 0) ?? null;
}

/** The response sends the browser on to another URL; Firefox follows an empty `Location` too. */
export function isRedirect({ response, redirectUrl }: Message): boolean {
  return redirectUrl !== null || (response !== null && redirectLocation(response.status, response.headers) !== null);
}

function checkPreflight(
  exchange: Exchange,
  rules: EngineRules,
  credentials: CredentialsMode,
  hop: number,
  response: ResponseHead,
): Check[] {
  return rules.preflight(preflightedRequest(exchange, hop, credentials), checkedResponse(exchange, hop, response));
}

function checkedResponse(exchange: Exchange, hop: number, response: ResponseHead): CheckedResponse {
  const { url } = exchange.hops[hop]?.request ?? exchange.hops[0].request;
  return { ...response, redirected: becameNull(exchange, hop), sameOrigin: originOf(url) === requestOrigin(exchange) };
}

function checkResponse(
  exchange: Exchange,
  rules: EngineRules,
  credentials: CredentialsMode,
  hop: number,
  response: ResponseHead,
  phase: "redirect" | "response",
): Check[] {
  const request = { origin: serializedOrigin(exchange, hop, "request"), credentials };
  const exempt =
    !isTainted(exchange, hop) || requestMode(exchange) === "no-cors" || isRevalidation(exchange.hops[hop]?.request ?? null);
  const failures = exempt ? [] : rules.response(request, checkedResponse(exchange, hop, response), phase);
  return phase === "redirect" ? [...failures, ...checkRedirect(exchange, rules, hop, response)] : failures;
}

function checkRedirect(exchange: Exchange, rules: EngineRules, hop: number, response: ResponseHead): Check[] {
  const url = exchange.hops[hop]?.request.url ?? exchange.hops[0].request.url;
  const location = get("Location", response.headers) ?? "";
  const locationUrl = parsedUrl(location, url)?.href ?? location;
  const mode = requestMode(exchange);
  const request = {
    origin: requestOrigin(exchange),
    mode: mode === "unknown" ? "cors" : mode,
    // In mode "no-cors" the tainting is "opaque".
    tainted: mode !== "no-cors" && isTainted(exchange, hop),
    redirectCount: hop,
  } as const;
  return httpRedirectFetch(request, url, location).map((failure) => {
    const reason = redirectReason(failure, location, locationUrl);
    return { ...reason, browserError: rules.redirectError(reason.code, { mode: request.mode, locationUrl }) };
  });
}

/** A 304 that answers a revalidation isn't checked: the stored response was. HTTP fetch 4.4, its note. */
function isRevalidation(request: Message | null): boolean {
  const sent = request?.requestHeaders ?? [];
  return request?.response?.status === 304 && (get("If-None-Match", sent) !== null || get("If-Modified-Since", sent) !== null);
}
