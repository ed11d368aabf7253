import type { WebRequest } from "webextension-polyfill";
import type { Engine, NetEvent } from "../src/model.ts";
import browser from "./browser.ts";
import { type Details, KINDS, netEvent } from "./net-event.ts";

/** Navigations and sockets are no matter of CORS; a navigation of the tab itself is told for its own sake. */
const OUTSIDE_CORS = new Set(["sub_frame", "websocket", "webtransport", "csp_report", "speculative"]);

/** Told by what the API offers, not by a name. */
const options: unknown = Reflect.get(browser.webRequest, "OnSendHeadersOptions");
const offersExtraHeaders = typeof options === "object" && options !== null && "EXTRA_HEADERS" in options;

/** The engine that this extension runs in. */
export const engine: Engine = offersExtraHeaders ? "chromium" : "gecko";

type EventName = keyof typeof KINDS;
type Listener = (details: Details) => undefined;

/**
 * Listens to webRequest.
 * @param tabId the tab to watch, or null for all: events of service workers come only with all
 * @returns a function that ends it
 */
export function listen(tabId: number | null, onEvent: (event: NetEvent) => void): () => void {
  const filter: WebRequest.RequestFilter = { urls: ["http://*/*", "https://*/*"], ...(tabId === null ? {} : { tabId }) };
  const stops = (Object.keys(KINDS) as EventName[]).map((name) => {
    const listener: Listener = (details) => {
      // A page that is loaded in advance is nobody's yet.
      const ahead = details.documentLifecycle === "prerender";
      if (!ahead && !OUTSIDE_CORS.has(details.type)) onEvent(netEvent(KINDS[name], details));
      return undefined;
    };
    subscribe(name, listener, filter);
    return () => unsubscribe(name, listener);
  });
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Chromium shows `Origin`, preflights and blocked responses only to those who ask for `extraHeaders`; Firefox shows
 * them to all, and throws when asked. https://developer.chrome.com/docs/extensions/reference/api/webRequest#life_cycle_footnote
 */
function extra<Option extends string>(...wanted: Option[]): Option[] {
  return offersExtraHeaders ? [...wanted, "extraHeaders" as Option] : wanted;
}

function subscribe(name: EventName, listener: Listener, filter: WebRequest.RequestFilter): void {
  const { webRequest } = browser;
  switch (name) {
    case "onBeforeRequest":
      return webRequest.onBeforeRequest.addListener(listener, filter, extra());
    case "onSendHeaders":
      return webRequest.onSendHeaders.addListener(listener, filter, extra("requestHeaders"));
    case "onHeadersReceived":
      return webRequest.onHeadersReceived.addListener(listener, filter, extra("responseHeaders"));
    case "onBeforeRedirect":
      return webRequest.onBeforeRedirect.addListener(listener, filter, extra("responseHeaders"));
    case "onResponseStarted":
      return webRequest.onResponseStarted.addListener(listener, filter, extra());
    case "onCompleted":
      return webRequest.onCompleted.addListener(listener, filter, extra());
    case "onErrorOccurred":
      // The only one that takes no options in Firefox.
      return webRequest.onErrorOccurred.addListener(listener, filter);
  }
}

function unsubscribe(name: EventName, listener: Listener): void {
  browser.webRequest[name].removeListener(listener);
}
