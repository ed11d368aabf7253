import { get } from "../fetch/headers.ts";
import { originOf } from "../fetch/redirect.ts";
import { type Chain, isNeverMade, targetOf } from "../har/chains.ts";
import type { Message, NetEvent } from "../model.ts";
import type { FinishedRequest } from "../protocol.ts";

/** Whose the request is, as it says itself; or null. */
export function sentOrigin([{ preflight, request }]: Chain): string | null {
  const sent = get("Origin", preflight?.requestHeaders ?? request.requestHeaders);
  return sent ?? (get("Sec-Fetch-Site", request.requestHeaders) === "same-origin" ? originOf(request.url) : null);
}

/** What is added to the id of a request for those of its preflights. */
const TOLD_PREFLIGHT = "-preflight-";

/** Whether a preflight is known from DevTools alone: no browser's ids have words in them. */
export function wasTold({ requestId }: Message): boolean {
  return requestId.includes(TOLD_PREFLIGHT);
}

/** The events that the worker would have seen. @param id by which it would know the request */
export function eventsOf(chain: Chain, id: string, source: Pick<NetEvent, "tabId" | "frameId" | "initiator">): NetEvent[] {
  return chain.flatMap(({ preflight, request }, index) => {
    const last = index === chain.length - 1;
    const base = { ...source, type: request.type };
    // Not every preflight that is told begins after its request, but so it has to be heard.
    const startedTime = Math.min(request.startedTime, preflight?.startedTime ?? Infinity);
    const [begin, ...rest] = messageEvents({ ...request, startedTime }, { ...base, requestId: id }, last, preflight !== null && request.status === 0);
    const before = preflight === null ? [] : messageEvents(preflight, { ...base, requestId: `${id}${TOLD_PREFLIGHT}${index}` }, true, false);
    return begin === undefined ? [] : [begin, ...before, ...rest];
  });
}

function messageEvents(
  request: FinishedRequest,
  source: Pick<NetEvent, "requestId" | "tabId" | "frameId" | "initiator" | "type">,
  last: boolean,
  unsent: boolean,
): NetEvent[] {
  const at = { ...source, url: request.url, method: request.method };
  const begun = { ...at, time: request.startedTime };
  const ended = { ...at, time: request.endedTime };
  // All that it says is that the redirect before it was the end.
  if (isNeverMade(request)) return [{ ...ended, kind: "completed", fromCache: false }];
  const response = { status: request.status, statusText: request.statusText, responseHeaders: request.responseHeaders };
  const events: NetEvent[] = [{ ...begun, kind: "before-request" }];
  if (!unsent) events.push({ ...begun, kind: "send-headers", requestHeaders: request.requestHeaders });
  if (request.status !== 0) events.push({ ...ended, kind: "headers-received", ...response });
  // Its last request may be a redirect that led on: what came of it will be told in a while.
  const target = targetOf(request);
  if (!last || (target !== null && !request.preflight)) events.push({ ...ended, kind: "before-redirect", redirectUrl: target ?? request.redirectUrl, ...response });
  else if (request.error === null || request.preflight) events.push({ ...ended, kind: "completed", fromCache: false });
  else events.push({ ...ended, kind: "error", error: request.error });
  return events;
}
