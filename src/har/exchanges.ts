import { get } from "../fetch/headers.ts";
import { originOf } from "../fetch/redirect.ts";
import { parsedUrl } from "../fetch/url.ts";
import type { Exchange, Hop, Message } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";
import { type Chain, chainsOf, type FinishedHop, isNeverMade, locationOf, requestOfPreflight } from "./chains.ts";
import { finished } from "./finished-request.ts";
import type { HarEntry, HarLog } from "./read.ts";
import type { Source } from "./source.ts";

/** A request of a file, with what only files have. */
interface Recorded extends FinishedRequest {
  /** Its place among the entries, as text: ids are. */
  readonly id: string;
  readonly fromCache: boolean;
  /** The page's origin, as far as the entry tells; or null. */
  readonly pageOrigin: string | null;
}

/** The exchanges of a file that another program wrote, in the order of their start. */
export function exchangesOf(log: HarLog, entries: readonly HarEntry[], { seenBy, tool, foreign }: Source): Exchange[] {
  const wanted = entries.filter((entry) => isOfPage(entry) && !(tool === "Firefox" && isNeverMade(entry)));
  const documents = new Map(entries.filter(({ resourceType }) => resourceType === "document").map(({ pageref, url }) => [pageref, url]));
  const requests = wanted.map((entry): Recorded => ({ ...finished(entry), ...(foreign ? { error: null } : {}), id: String(entry.index), fromCache: entry.fromCache, pageOrigin: pageOriginOf(entry, log, documents) }));
  const { chains, orphans } = chainsOf(requests);
  // What became of a request that isn't in the file nobody tells.
  const alone = orphans.map((preflight) => ({ hops: [{ preflight, request: requestOf(preflight) }] as const, seenBy: "proxy" as const }));
  return [...chains.map((hops) => ({ hops, seenBy })), ...alone]
    .toSorted((a, b) => a.hops[0].request.startedTime - b.hops[0].request.startedTime)
    .map((each, order) => exchangeOf(each.hops, order, each.seenBy));
}

/** Navigation, web sockets and a proxy's tunnels are no matter of CORS. */
function isOfPage({ url, method, resourceType, requestHeaders }: HarEntry): boolean {
  if (!/^https?:/i.test(url) || method === "CONNECT" || resourceType === "document" || resourceType === "websocket") return false;
  const mode = get("Sec-Fetch-Mode", requestHeaders);
  return mode !== "navigate" && mode !== "websocket" && mode !== "webtransport";
}

/** The request that a preflight asked for and that isn't in the file. */
function requestOf(preflight: Recorded): Recorded {
  return { ...preflight, ...requestOfPreflight(preflight), id: `${preflight.id}-request`, fromCache: false };
}

function exchangeOf(chain: Chain<Recorded>, order: number, seenBy: Exchange["seenBy"]): Exchange {
  const [first, ...others] = chain;
  const { id, type, callSite, pageOrigin, url } = first.request;
  return {
    id,
    order,
    tabId: -1,
    frameId: 0,
    type: type === "" ? "xmlhttprequest" : type,
    // A request that shows no origin at all is taken for the page's own: nothing can be said of it.
    origin: pageOrigin ?? originOf(url),
    serviceWorker: false,
    hops: [hopOf(first, others.length === 0), ...others.map((hop, index) => hopOf(hop, index === others.length - 1))],
    twins: [],
    responseStatus: null,
    call: null,
    unheard: false,
    callSite,
    refused: null,
    trials: [],
    interrupted: false,
    seenBy,
  };
}

function hopOf({ preflight, request }: FinishedHop<Recorded>, last: boolean): Hop {
  return { preflight: preflight === null ? null : messageOf(preflight, true, false), request: messageOf(request, last, preflight !== null) };
}

function messageOf(recorded: Recorded, last: boolean, preflighted: boolean): Message {
  const { id, url, method, startedTime, endedTime, requestHeaders, status, statusText, responseHeaders, error, fromCache } = recorded;
  const answered = status > 0;
  const location = last && error !== null ? null : locationOf(recorded);
  return {
    requestId: id,
    url,
    method,
    startedTime,
    requestHeaders: !answered && (preflighted || !wasSent(requestHeaders)) ? null : requestHeaders,
    response: answered ? { status, statusText, headers: responseHeaders, linesKnown: true, time: endedTime } : null,
    responseStarted: answered && error === null,
    redirectUrl: location === null ? null : (parsedUrl(location, url)?.href ?? location),
    end: !last ? null : { time: endedTime, error, fromCache },
  };
}

/** Headers that the network stack adds when it sends a request: without them they are only what was meant to be sent. */
function wasSent(headers: FinishedRequest["requestHeaders"]): boolean {
  return headers.some(({ name }) => /^(host|:authority|connection|accept-encoding)$/i.test(name));
}

/** The page's origin: what asked for it, what referred to it, the page's address, which browsers have for its title, or its document. */
function pageOriginOf({ initiator, requestHeaders, pageref }: HarEntry, { pages }: HarLog, documents: ReadonlyMap<string, string>): string | null {
  const asked = typeof initiator === "object" && initiator !== null && "url" in initiator ? initiator.url : null;
  const candidates = [get("Origin", requestHeaders), get("Referer", requestHeaders), pages.get(pageref), documents.get(pageref), asked];
  for (const candidate of candidates) {
    const origin = typeof candidate === "string" ? originOf(candidate) : "null";
    if (origin !== "null") return origin;
  }
  return null;
}
