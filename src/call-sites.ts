import type { Log } from "./model.ts";
import type { CallSite } from "./protocol.ts";
import { isSameRequest } from "./same-request.ts";

/**
 * Tells each exchange where in the page's code it was asked for, as DevTools know it. Nothing links the two but URL,
 * method and the time at which they began; of equal requests the first gets the first.
 */
export function withCallSites(log: Log, sites: readonly CallSite[]): Log {
  const open = sites.toSorted((a, b) => a.startedTime - b.startedTime);
  let changed = false;
  const exchanges = log.exchanges.map((exchange) => {
    if (exchange.callSite !== null || open.length === 0) return exchange;
    const index = open.findIndex((site) => isSameRequest(site, exchange.hops[0].request));
    const [site] = index === -1 ? [] : open.splice(index, 1);
    if (site === undefined) return exchange;
    changed = true;
    return { ...exchange, callSite: site.callSite };
  });
  return changed ? { ...log, exchanges } : log;
}

/** A place in the page's code; lines and columns count from 1. */
export interface CodePlace {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** @returns null for what isn't `url:line:column` */
export function placeOf(callSite: string): CodePlace | null {
  const match = /^(.+):([0-9]+):([0-9]+)$/.exec(callSite);
  const [line, column] = [Number(match?.[2]), Number(match?.[3])];
  return match?.[1] === undefined || line < 1 || column < 1 ? null : { url: match[1], line, column };
}
