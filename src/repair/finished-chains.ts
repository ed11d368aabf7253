import { emptyLog, step } from "../correlate.ts";
import { ENGINES } from "../engines/engines.ts";
import { isEnded, lastHop, unsafeHeaderNames, withLastHop } from "../exchange.ts";
import { redirectMethod } from "../fetch/redirect.ts";
import { get } from "../fetch/headers.ts";
import { grouped } from "../grouped.ts";
import { type Chain, chainsOf, type FinishedHop, isNeverMade, mayBeFor, requestOfPreflight, targetOf } from "../har/chains.ts";
import { judge } from "../judge.ts";
import type { Engine, Exchange } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";
import { isPreflightedByItself } from "../request.ts";
import { CLOCK_TOLERANCE_MILLISECONDS, requestKey } from "../same-request.ts";
import { eventsOf, sentOrigin } from "./chain-events.ts";

/** How long what a redirect led to may wait for its turn in a Firefox that is so loaded that its worker dies, in milliseconds. */
const LOADED_QUEUE_MILLISECONDS = 15_000;

/** How long a preflight may. In milliseconds. */
const LONGEST_PREFLIGHT_QUEUE_MILLISECONDS = 5000;

/**
 * Puts together what DevTools tell of the page's requests, in the order of their start. Firefox's leave some of it out;
 * that is put in where the headers prove it.
 * @param origin the origin of the page, for requests that show none
 */
export function finishedChains(requests: readonly FinishedRequest[], engine: Engine, origin: string | null): Chain[] {
  const ours = requests.filter(isOurs);
  const chains = engine === "gecko" ? geckoChains(ours, origin) : chainsOf(ours).chains;
  return chains.toSorted((a, b) => a[0].request.startedTime - b[0].request.startedTime);
}

/**
 * Firefox's DevTools tell nothing of a request whose preflight was rejected, leave the wait for a preflight out of the
 * time of a request, tell of what a refused redirect led to as if it were a request (but not always), and name no errors.
 */
function geckoChains(requests: readonly FinishedRequest[], origin: string | null): Chain[] {
  const leadsOn = (chain: Chain): boolean => !isBlocked(chain, origin);
  const preflights = requests.filter(({ preflight }) => preflight);
  const unsent = preflights.filter((preflight) => preflight.status === 0 || !leadsOn([withItsRequest(preflight)]));
  const unmade = requests.filter(isNeverMade);
  const others = new Set([...unsent, ...unmade]);
  const { chains, orphans } = chainsOf(requests.filter((request) => !others.has(request)), LOADED_QUEUE_MILLISECONDS, leadsOn);
  const tails = [...unmade.map((request) => ({ preflight: null, request })), ...unsent.map(withItsRequest)];
  return withTails(withLatePreflights(chains, orphans), tails, leadsOn);
}

function withItsRequest(preflight: FinishedRequest): FinishedHop {
  return { preflight, request: requestOfPreflight(preflight) };
}

/** A request that webRequest would have told to us. */
function isOurs({ url, type, requestHeaders }: FinishedRequest): boolean {
  const navigates = type === "document" || get("Sec-Fetch-Mode", requestHeaders) === "navigate";
  return /^https?:/i.test(url) && !navigates;
}

/** Whether the headers prove that the browser stopped here. */
function isBlocked(chain: Chain, origin: string | null): boolean {
  const source = { tabId: 0, frameId: 0, initiator: sentOrigin(chain) ?? origin };
  const { exchanges } = eventsOf(chain, "", source).reduce(step, emptyLog("gecko"));
  return exchanges.some((exchange) => refused(exchange, "gecko") !== null);
}

/**
 * Ends an exchange at a redirect that the browser refused, as far as the headers prove that: Firefox's DevTools don't
 * always say anything more of it.
 */
export function withRefusedRedirect(exchange: Exchange, engine: Engine): Exchange {
  return isEnded(exchange) ? exchange : (refused(exchange, engine) ?? exchange);
}

/** An exchange that the browser stopped where it got to, with its end; null where the headers don't prove that. */
export function refused(exchange: Exchange, engine: Engine): Exchange | null {
  const ended = isEnded(exchange) ? exchange : endedByResponse(exchange);
  return ended !== null && judge(ended, engine).outcome === "blocked" ? ended : null;
}

/** In Chromium, whose DevTools name the error, such an end says that it passed. */
function endedByResponse(exchange: Exchange): Exchange | null {
  const { response } = lastHop(exchange).request;
  if (response === null) return null;
  return withLastHop(exchange, (hop) => ({ ...hop, request: { ...hop.request, end: { time: response.time, error: null, fromCache: false } } }));
}

/** Gives preflights to requests that need one, and that seem to have ended before it began. */
function withLatePreflights(chains: readonly Chain[], accepted: readonly FinishedRequest[]): Chain[] {
  const waiting = grouped(accepted, (preflight) => requestKey(requestOfPreflight(preflight)));
  const given = (hop: FinishedHop): FinishedHop => {
    const { method, requestHeaders, startedTime } = hop.request;
    if (hop.preflight !== null || !isPreflightedByItself(method, unsafeHeaderNames({ requestHeaders }), ENGINES.gecko)) return hop;
    const alike = waiting.get(requestKey(hop.request)) ?? [];
    const at = alike.findIndex((preflight) => isWithin(preflight.startedTime - startedTime, LONGEST_PREFLIGHT_QUEUE_MILLISECONDS) && mayBeFor(preflight, hop.request));
    const [preflight = null] = at < 0 ? [] : alike.splice(at, 1);
    return { ...hop, preflight };
  };
  return chains.map(([first, ...others]) => [given(first), ...others.map(given)]);
}

/** Puts what was never sent behind the redirect that led to it; the rest of it, if it had a preflight, stands on its own. */
function withTails(chains: readonly Chain[], tails: readonly FinishedHop[], leadsOn: (chain: Chain) => boolean): Chain[] {
  const waiting = grouped(tails, ({ request }) => requestKey(request));
  const longer = chains.map((chain): Chain => {
    const { request } = chain[chain.length - 1] ?? chain[0];
    const target = targetOf(request);
    const alike = target === null ? [] : (waiting.get(requestKey({ method: redirectMethod(request.status, request.method), url: target })) ?? []);
    // What was never asked for is only told of a refused redirect; a preflight shows that it was followed.
    const at = alike.findIndex((tail) => (tail.preflight === null || leadsOn(chain)) && isWithin(tail.request.startedTime - request.endedTime, LOADED_QUEUE_MILLISECONDS));
    return at < 0 ? chain : [...chain, ...alike.splice(at, 1)];
  });
  const alone = [...waiting.values()].flat().filter(({ preflight }) => preflight !== null);
  return [...longer, ...alone.map((hop): Chain => [hop])];
}

function isWithin(wait: number, longest: number): boolean {
  return wait >= -CLOCK_TOLERANCE_MILLISECONDS && wait <= longest;
}
