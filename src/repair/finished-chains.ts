import { emptyLog, step } from "../correlate.ts";
import { get } from "../fetch/headers.ts";
import { grouped } from "../grouped.ts";
import { chainsOf, type FinishedHop, mayBeFor, preflightedBy } from "../har/chains.ts";
import { judge } from "../judge.ts";
import type { Engine } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";
import { type Chain, eventsOf, sentOrigin } from "./chain-events.ts";
import { keyOf, TOLD_WITHIN_MILLISECONDS } from "./known.ts";

/**
 * Puts together what DevTools tell of the page's requests, with what Firefox's leave out.
 * @param origin the origin of the page, for requests that show none
 */
export function finishedChains(requests: readonly FinishedRequest[], engine: Engine, origin: string | null): Chain[] {
  const { chains, orphans } = chainsOf(requests.filter(isOurs), TOLD_WITHIN_MILLISECONDS);
  const rejected = orphans.map(withItsRequest).filter((chain) => isRejected(chain, engine, origin));
  const stopping = new Set(rejected.map(([{ preflight }]) => preflight));
  return [...withLatePreflights(chains, orphans.filter((preflight) => !stopping.has(preflight))), ...rejected];
}

/** A request that webRequest would have told to us. */
function isOurs({ url, type, requestHeaders }: FinishedRequest): boolean {
  const navigates = type === "document" || get("Sec-Fetch-Mode", requestHeaders) === "navigate";
  return /^https?:/i.test(url) && !navigates;
}

/** Firefox's DevTools leave the wait for its preflight out of a request's time, so that it seems to have ended before that began. */
function withLatePreflights(chains: readonly Chain[], accepted: readonly FinishedRequest[]): Chain[] {
  const waiting = grouped(accepted, (preflight) => keyOf(preflightedBy(preflight)));
  const filled = (hop: FinishedHop): FinishedHop => {
    if (hop.preflight !== null || hop.request.status === 0) return hop;
    const alike = waiting.get(keyOf(hop.request)) ?? [];
    const at = alike.findIndex((preflight) => {
      const wait = preflight.startedTime - hop.request.startedTime;
      return wait >= 0 && wait <= TOLD_WITHIN_MILLISECONDS && mayBeFor(preflight, hop.request);
    });
    const [preflight = null] = at < 0 ? [] : alike.splice(at, 1);
    return { ...hop, preflight };
  };
  return chains.map(([first, ...others]) => [filled(first), ...others.map(filled)]);
}

/** A preflight whose request isn't told: either that is still on its way, or it was never sent, and Firefox's DevTools say nothing of it. */
function withItsRequest(preflight: FinishedRequest): Chain {
  return [{ preflight, request: preflightedBy(preflight) }];
}

/** Whether a preflight's answer is one that the browser stops at. */
function isRejected(chain: Chain, engine: Engine, origin: string | null): boolean {
  const [{ request }] = chain;
  const source = { tabId: 0, frameId: 0, initiator: sentOrigin(chain) ?? origin };
  return eventsOf(chain, request.url, source).reduce(step, emptyLog(engine)).exchanges.some((exchange) => judge(exchange, engine).outcome === "blocked");
}
