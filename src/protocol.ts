import type { Engine, Exchange } from "./model.ts";
import type { Trial } from "./trial.ts";

/**
 * All that passes between the worker and the pages of the extension. A page opens a port with `portName`; the worker
 * answers with a snapshot, then with changes. A page whose port closes opens it again and gets a new snapshot.
 */

/** Who watches: the DevTools page of a tab, there as long as DevTools are, or a panel that shows the tab. */
export type Watcher = "devtools" | "panel";

export function portName(watcher: Watcher, tabId: number): string {
  return `${watcher}:${tabId}`;
}

/** @returns null when the port is not one of ours */
export function parsePortName(name: string): { readonly watcher: Watcher; readonly tabId: number } | null {
  const match = /^(devtools|panel):([0-9]+)$/.exec(name);
  const watcher = match?.[1];
  return watcher === "devtools" || watcher === "panel" ? { watcher, tabId: Number(match?.[2]) } : null;
}

/** What a panel shows beside the exchanges. */
export interface TabState {
  readonly engine: Engine;
  readonly recording: boolean;
  /** Keep the log when the tab navigates. */
  readonly preserve: boolean;
  /** Precise mode: a probe in the page hears what it asks for. */
  readonly precise: boolean;
  /** The extension may see all sites; without that it sees nothing of some. */
  readonly access: boolean;
  /** Exchanges forgotten to stay within bounds. */
  readonly dropped: number;
  /** The fixes that are on trial in the tab. */
  readonly trials: readonly Trial[];
  /** What went wrong in the worker, or null. */
  readonly trouble: "storage-full" | "trial-refused" | "not-sent-again" | null;
}

/** From the worker to a panel. */
export type ToPanel =
  | {
      readonly type: "snapshot";
      readonly state: TabState;
      /** The first of the log. */
      readonly exchanges: readonly Exchange[];
      /** All of it: what a panel already has of them it keeps until it gets them anew. */
      readonly ids: readonly string[];
      readonly more: boolean;
    }
  | {
      readonly type: "changes";
      readonly state: TabState;
      /** New and changed exchanges, to be replaced by id; new ones come after all that are known. */
      readonly upserted: readonly Exchange[];
      readonly removed: readonly string[];
      /** There is more to come, once the panel asks for it: it would be too much to take at once. */
      readonly more: boolean;
    };

/** A request as `devtools.network` tells it: what repairs the log when events were lost with a killed worker. */
export interface FinishedRequest {
  readonly url: string;
  readonly method: string;
  readonly type: string;
  readonly preflight: boolean;
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
  readonly endedTime: number;
  readonly requestHeaders: readonly { readonly name: string; readonly value: string }[];
  /** 0 when there was no response. */
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: readonly { readonly name: string; readonly value: string }[];
  readonly redirectUrl: string;
  readonly error: string | null;
  /** Where in the page's code, as `url:line:column`: only Chromium tells. */
  readonly callSite: string | null;
}

/** A response as it came, line by line. */
export type AnsweredRequest = Pick<FinishedRequest, "url" | "method" | "startedTime" | "status" | "responseHeaders">;

/** Where a request was asked for. */
export interface CallSite {
  readonly url: string;
  readonly method: string;
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
  readonly callSite: string;
}

/** From a page to the worker. */
export type ToWorker =
  /** The next part of a long log: what the panel has got of it is painted. */
  | { readonly type: "more" }
  | { readonly type: "clear" }
  | { readonly type: "record"; readonly on: boolean }
  | { readonly type: "preserve"; readonly on: boolean }
  | { readonly type: "precise"; readonly on: boolean }
  /** The remedy of an exchange, on trial in the tab or no more; `id` null: none any more. */
  | { readonly type: "trial"; readonly id: string | null; readonly on: boolean }
  /** The same request once more, from the same frame: without its body, which nobody has kept. */
  | { readonly type: "send-again"; readonly id: string }
  /** A trial ends with the worker, which the browser stops when it is idle: this keeps it awake. */
  | { readonly type: "stay-awake" }
  | { readonly type: "controlled"; readonly serviceWorker: boolean }
  | { readonly type: "call-sites"; readonly sites: readonly CallSite[] }
  | { readonly type: "field-lines"; readonly answered: readonly AnsweredRequest[] }
  | { readonly type: "finished"; readonly requests: readonly FinishedRequest[] }
  | HarWritten;

/** From the worker to a page that watches a tab: somebody has asked for its HAR. */
export interface WriteHar {
  readonly type: "write-har";
  readonly question: number;
  readonly engine: Engine;
  readonly exchanges: readonly Exchange[];
}

/** The answer to that. */
export interface HarWritten {
  readonly type: "har-written";
  readonly question: number;
  readonly har: unknown;
}

/** A single question to the worker, through `runtime.sendMessage`; the answer is a HAR object. */
export interface HarQuestion {
  readonly type: "har";
  readonly tabId: number;
}
