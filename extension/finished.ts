import { get } from "../src/fetch/headers.ts";
import type { FinishedRequest } from "../src/protocol.ts";
import { isRecord } from "./stored.ts";

/** Chrome's resource types that webRequest knows by another name. */
const TYPES: ReadonlyMap<string, string> = new Map(["fetch", "xhr", "eventsource"].map((type) => [type, "xmlhttprequest"]));

/**
 * A HAR entry as `devtools.network.onRequestFinished` gives it.
 * https://developer.chrome.com/docs/extensions/reference/api/devtools/network
 * @returns null when it is none: the page's own or another extension's nonsense is not our request
 */
export function finishedRequest(entry: unknown): FinishedRequest | null {
  if (!isRecord(entry) || !isRecord(entry["request"]) || !isRecord(entry["response"])) return null;
  const { request, response } = entry;
  const started = Date.parse(text(entry["startedDateTime"]));
  if (text(request["url"]) === "" || Number.isNaN(started)) return null;
  const type = text(entry["_resourceType"]);
  const error = text(response["_error"]);
  return {
    url: text(request["url"]),
    method: text(request["method"]),
    type: TYPES.get(type) ?? type,
    preflight: isPreflight(entry, type, request),
    startedTime: started,
    endedTime: started + number(entry["time"]),
    requestHeaders: headers(request["headers"]),
    status: number(response["status"]),
    statusText: text(response["statusText"]),
    responseHeaders: headers(response["headers"]),
    redirectUrl: text(response["redirectURL"]),
    error: error === "" ? null : error,
    callSite: callSite(entry["_initiator"]),
  };
}

/** Firefox doesn't name them; but no page can send `Access-Control-Request-Method` itself. */
function isPreflight({ _initiator: initiator }: Readonly<Record<string, unknown>>, type: string, request: Readonly<Record<string, unknown>>): boolean {
  if (type === "preflight" || (isRecord(initiator) && initiator["type"] === "preflight")) return true;
  return request["method"] === "OPTIONS" && get("Access-Control-Request-Method", headers(request["headers"])) !== null;
}

/** The innermost frame of the stack that made the request, or the line of the document that did. */
function callSite(initiator: unknown): string | null {
  if (!isRecord(initiator)) return null;
  const frame = topFrame(initiator["stack"]) ?? initiator;
  const url = text(frame["url"]);
  // Both count from 0. https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-CallFrame
  return url === "" ? null : `${url}:${number(frame["lineNumber"]) + 1}:${number(frame["columnNumber"]) + 1}`;
}

/** The stack of what was called later is kept with the one before it. */
function topFrame(stack: unknown): Readonly<Record<string, unknown>> | null {
  if (!isRecord(stack)) return null;
  const frames: unknown[] = Array.isArray(stack["callFrames"]) ? stack["callFrames"] : [];
  return frames.filter(isRecord).find((frame) => text(frame["url"]) !== "") ?? topFrame(stack["parent"]);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function headers(list: unknown): FinishedRequest["requestHeaders"] {
  return (Array.isArray(list) ? list : []).flatMap((header: unknown) =>
    isRecord(header) && typeof header["name"] === "string" && typeof header["value"] === "string"
      ? [{ name: header["name"], value: header["value"] }]
      : [],
  );
}
