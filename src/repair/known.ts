import { isEnded, lastHop, withoutFragment } from "../exchange.ts";
import { redirectLocation, redirectMethod } from "../fetch/redirect.ts";
import { parsedUrl } from "../fetch/url.ts";
import { grouped } from "../grouped.ts";
import { judge } from "../judge.ts";
import type { Engine, Exchange, Hop } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";
import { CLOCK_TOLERANCE_MILLISECONDS } from "../same-request.ts";
import type { Chain } from "./chain-events.ts";

/** How far apart the browser's two accounts of one request may lie when it has no time to give them. */
const LOADED_TOLERANCE_MILLISECONDS = 5000;

/** The same for what lacks something, which waits for it: about as long as DevTools remember. */
export const TOLD_WITHIN_MILLISECONDS = 15_000;

/** Where the requests of a chain are known from. */
export interface Found {
  readonly exchange: Exchange;
  /** Which request of the chain it was found by: those before it were not heard of. */
  readonly from: number;
  /** Which hop of the exchange that request is; one after its last: the target of its redirect. */
  readonly hop: number;
}

/** Something that a request may be: the exchange, which hop of it, and when that began. */
interface Candidate extends Asked {
  readonly exchange: Exchange;
  readonly hop: number;
  readonly time: number;
}

type Asked = Pick<FinishedRequest, "method" | "url">;

/** By which requests are found that may be the same. */
export function keyOf({ method, url }: Asked): string {
  return `${method} ${withoutFragment(url)}`;
}

/** What the ids of exchanges begin with that were never heard of. */
export const REPAIRED = "finished-";

function isRepaired({ id }: Exchange): boolean {
  return id.startsWith(REPAIRED);
}

/** The requests that are known already, each to be found once. */
export class Known {
  readonly #byRequest: ReadonlyMap<string, Candidate[]>;

  constructor(
    exchanges: readonly Exchange[],
    readonly engine: Engine,
  ) {
    this.#byRequest = grouped(exchanges.flatMap(candidatesOf), keyOf);
  }

  /** The exchanges that chains are: those whose times agree, then of the rest those that a loaded machine told late. */
  allOf(chains: readonly Chain[]): { readonly found: ReadonlyMap<Chain, Found>; readonly parts: readonly Exchange[] } {
    const found = new Map<Chain, Found>();
    const find = (tolerance: number, may: (exchange: Exchange) => boolean): void => {
      for (const chain of chains) {
        const one = found.has(chain) ? null : this.#find(chain, tolerance, may);
        if (one !== null) found.set(chain, one);
      }
    };
    find(CLOCK_TOLERANCE_MILLISECONDS, () => true);
    find(LOADED_TOLERANCE_MILLISECONDS, () => true);
    find(TOLD_WITHIN_MILLISECONDS, (exchange) => hasGaps(exchange, this.engine));
    const parts: Exchange[] = [];
    // Its own events may have come after it was repaired.
    for (const [chain, { exchange }] of found) {
      const heard = isRepaired(exchange) ? this.#find(chain, CLOCK_TOLERANCE_MILLISECONDS, () => true) : null;
      if (heard === null) continue;
      parts.push(exchange);
      found.set(chain, heard);
    }
    return { found, parts: [...parts, ...this.#orphansOf(chains, found)] };
  }

  /** By its first request or, if the worker only woke after that, by a later one. */
  #find(chain: Chain, tolerance: number, may: (exchange: Exchange) => boolean): Found | null {
    for (const [from, { request }] of chain.entries()) {
      const known = this.#take(request, tolerance, ({ exchange, hop }) => (from === 0 || hop === 0) && may(exchange));
      if (known !== null) return { exchange: known.exchange, from, hop: known.hop };
    }
    return null;
  }

  /** Preflights and later hops that stand on their own because what they belong to was missed. */
  #orphansOf(chains: readonly Chain[], found: ReadonlyMap<Chain, Found>): Exchange[] {
    const orphans: Exchange[] = [];
    const late: FinishedRequest[] = [];
    for (const chain of chains) {
      for (const [index, { preflight, request }] of chain.entries()) {
        const known = hopAt(found.get(chain), index);
        if (preflight !== null) {
          const orphan = this.#take(preflight, CLOCK_TOLERANCE_MILLISECONDS, ({ hop }) => hop === 0);
          if (orphan !== null) orphans.push(orphan.exchange);
          else if (known?.preflight == null) late.push(preflight);
        }
        // Another request for the same, which is still on its way, isn't a part of this one.
        const part = index === 0 ? null : this.#take(request, CLOCK_TOLERANCE_MILLISECONDS, ({ exchange, hop }) => hop === 0 && isEnded(exchange));
        if (part !== null) orphans.push(part.exchange);
      }
    }
    for (const preflight of late) {
      const orphan = this.#take(preflight, TOLD_WITHIN_MILLISECONDS, ({ exchange, hop }) => hop === 0 && hasGaps(exchange, this.engine));
      if (orphan !== null) orphans.push(orphan.exchange);
    }
    return orphans;
  }

  #take({ method, url, startedTime, endedTime }: FinishedRequest, tolerance: number, may: (candidate: Candidate) => boolean): Candidate | null {
    const alike = this.#byRequest.get(keyOf({ method, url })) ?? [];
    // What was first heard of in its middle seems to have begun there.
    const latest = endedTime - startedTime + tolerance;
    const [best] = alike
      .filter((candidate) => may(candidate) && candidate.time - startedTime >= -tolerance && candidate.time - startedTime <= latest)
      .sort((a, b) => Math.abs(a.time - startedTime) - Math.abs(b.time - startedTime));
    if (best === undefined) return null;
    alike.splice(alike.indexOf(best), 1);
    return best;
  }
}

/** Whether something of an exchange was not heard. */
export function hasGaps(exchange: Exchange, engine: Engine): boolean {
  return !isEnded(exchange) || judge(exchange, engine).evidence.includes("events-missing");
}

/** What is known of one of a chain's hops. */
export function hopAt(found: Found | undefined, index: number): Hop | null {
  return found?.exchange.hops[found.hop + index - found.from] ?? null;
}

/** Each of its hops, and the target of a redirect that was not heard to be followed: Firefox's DevTools tell of that as a request though it never was. */
function candidatesOf(exchange: Exchange): Candidate[] {
  const hops = exchange.hops.map(({ request }, hop) => ({ exchange, hop, method: request.method, url: request.url, time: request.startedTime }));
  const { end, method, redirectUrl, response, url } = lastHop(exchange).request;
  const location = response === null ? null : redirectLocation(response.status, response.headers);
  const target = redirectUrl ?? (location === null ? null : (parsedUrl(location, url)?.href ?? null));
  if (target === null) return hops;
  const time = end?.time ?? response?.time ?? exchange.hops[0].request.startedTime;
  return [...hops, { exchange, hop: hops.length, method: redirectMethod(response?.status ?? 0, method), url: target, time }];
}
