import { isUrl } from "../src/fetch/url.ts";
import type { WebRequest } from "webextension-polyfill";
import type { Header, NetEvent } from "../src/model.ts";

/** The events listened to, each with the kind that it becomes. */
export const KINDS = {
  onBeforeRequest: "before-request",
  onSendHeaders: "send-headers",
  onHeadersReceived: "headers-received",
  onBeforeRedirect: "before-redirect",
  onResponseStarted: "response-started",
  onCompleted: "completed",
  onErrorOccurred: "error",
} as const satisfies Readonly<Record<string, NetEvent["kind"]>>;

/** What both browsers put into the details of these events; `initiator` is Chromium's, `originUrl` Firefox's. */
export interface Details {
  readonly requestId: string;
  readonly url: string;
  readonly method: string;
  readonly type: string;
  readonly tabId: number;
  readonly frameId: number;
  readonly timeStamp: number;
  readonly initiator?: string | undefined;
  readonly originUrl?: string | undefined;
  readonly requestHeaders?: WebRequest.HttpHeaders | undefined;
  readonly responseHeaders?: WebRequest.HttpHeaders | undefined;
  readonly statusCode?: number | undefined;
  readonly statusLine?: string | undefined;
  readonly redirectUrl?: string | undefined;
  readonly fromCache?: boolean | undefined;
  /** Chromium's. https://developer.chrome.com/docs/extensions/reference/api/extensionTypes#type-DocumentLifecycle */
  readonly documentLifecycle?: string | undefined;
  readonly error?: string | undefined;
}

/** One shape for the details of both browsers. */
export function netEvent(kind: NetEvent["kind"], details: Details): NetEvent {
  const base = {
    requestId: details.requestId,
    url: details.url,
    method: details.method,
    type: details.type,
    tabId: details.tabId,
    frameId: details.frameId,
    initiator: details.initiator ?? (details.originUrl === undefined ? null : originOf(details.originUrl)),
    time: details.timeStamp,
  };
  const response = {
    status: details.statusCode ?? 0,
    statusText: (details.statusLine ?? "").split(" ").slice(2).join(" "),
    responseHeaders: headers(details.responseHeaders),
  };
  switch (kind) {
    case "before-request":
    case "response-started":
      return { ...base, kind };
    case "send-headers":
      return { ...base, kind, requestHeaders: headers(details.requestHeaders) };
    case "headers-received":
      return { ...base, kind, ...response };
    case "before-redirect":
      return { ...base, kind, ...response, redirectUrl: details.redirectUrl ?? "" };
    case "completed":
      return { ...base, kind, fromCache: details.fromCache ?? false };
    case "error":
      return { ...base, kind, error: details.error ?? "" };
  }
}

function headers(list: WebRequest.HttpHeaders | undefined): Header[] {
  return (list ?? []).map(({ name, value, binaryValue }) => ({ name, value: value ?? decode(binaryValue) }));
}

/**
 * Chromium gives values that are not UTF-8 as bytes. Like it when it reads `Access-Control-Allow-Origin` as a URL, this
 * puts U+FFFD for what can't be decoded: no host may contain that. https://encoding.spec.whatwg.org/#utf-8-decode
 */
function decode(bytes: unknown): string {
  if (!Array.isArray(bytes)) return "";
  return new TextDecoder().decode(Uint8Array.from(bytes.filter((byte) => typeof byte === "number")));
}

function originOf(url: string): string {
  return isUrl(url) ? new URL(url).origin : "null";
}
