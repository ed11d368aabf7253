import { get } from "../fetch/headers.ts";
import type { FinishedRequest } from "../protocol.ts";
import { isRecord } from "../record.ts";
import { HarError } from "./har-error.ts";
import { type HarEntry, harEntry } from "./read.ts";

/** What Chrome, Playwright and `Sec-Fetch-Dest` call a type, and what webRequest does. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ...["fetch", "xhr", "eventsource", "empty"].map((type): [string, string] => [type, "xmlhttprequest"]),
  ["style", "stylesheet"],
  ["audio", "media"],
  ["video", "media"],
  ["track", "media"],
]);

/**
 * A HAR entry as `devtools.network.onRequestFinished` gives it.
 * https://developer.chrome.com/docs/extensions/reference/api/devtools/network
 * @returns null when it is none: the page's own or another extension's nonsense is not our request
 */
export function finishedRequest(value: unknown): FinishedRequest | null {
  try {
    const entry = harEntry(value);
    return entry.url === "" ? null : finished(entry);
  } catch (error) {
    if (error instanceof HarError) return null;
    throw error;
  }
}

/** An entry of a HAR as a request of DevTools. */
export function finished(entry: HarEntry): FinishedRequest {
  const { url, method, startedTime, endedTime, requestHeaders, status, statusText, responseHeaders, redirectUrl, error } = entry;
  const type = entry.resourceType === "" ? (get("Sec-Fetch-Dest", requestHeaders) ?? "") : entry.resourceType;
  return {
    url,
    method,
    type: TYPES.get(type) ?? type,
    preflight: isPreflight(entry),
    startedTime,
    endedTime,
    requestHeaders,
    status,
    statusText,
    responseHeaders,
    redirectUrl,
    error,
    callSite: callSite(entry.initiator),
  };
}

/** Only Chrome names them; but no page can send `Access-Control-Request-Method` itself. */
function isPreflight({ resourceType, initiatorType, method, requestHeaders }: HarEntry): boolean {
  if (resourceType === "preflight" || initiatorType === "preflight") return true;
  return method === "OPTIONS" && get("Access-Control-Request-Method", requestHeaders) !== null;
}

/** The innermost frame of the stack that made the request, or the line of the document that did. */
function callSite(initiator: unknown): string | null {
  if (!isRecord(initiator)) return null;
  const frame = topFrame(initiator["stack"]) ?? initiator;
  const url = frame["url"];
  // Both count from 0. https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-CallFrame
  return typeof url !== "string" || url === "" ? null : `${url}:${number(frame["lineNumber"]) + 1}:${number(frame["columnNumber"]) + 1}`;
}

/** The stack of what was called later is kept with the one before it. */
function topFrame(stack: unknown): Readonly<Record<string, unknown>> | null {
  for (let at: unknown = stack; isRecord(at); at = at["parent"]) {
    const frames: unknown[] = Array.isArray(at["callFrames"]) ? at["callFrames"] : [];
    const found = frames.filter(isRecord).find((frame) => typeof frame["url"] === "string" && frame["url"] !== "");
    if (found !== undefined) return found;
  }
  return null;
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
