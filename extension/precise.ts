import type { WebNavigation } from "webextension-polyfill";
import browser from "./browser.ts";
import { collectCalls, endCalls } from "./collector.ts";
import { probe } from "./probe.ts";

/** Precise mode: the probe in every frame of the tabs that have it on. */
export interface Precise {
  /** Puts the probe into the frames that a tab has, and from then on into those that it gets. */
  enter(tabId: number, channel: string): Promise<void>;
  /** Takes it out of all of them: the page's functions are its own again. */
  leave(tabId: number, channel: string): Promise<void>;
  /** Stops listening for new documents, when no tab has it on. */
  rest(): void;
}

/**
 * @param channelOf the channel of a tab, or null while precise mode is off there
 */
export function precise(channelOf: (tabId: number) => Promise<string | null>): Precise {
  const onCommitted = ({ tabId, frameId }: WebNavigation.OnCommittedDetailsType): void => {
    void channelOf(tabId).then((channel) => (channel === null ? undefined : inject({ tabId, frameIds: [frameId] }, channel)));
  };
  const listening = (): boolean => browser.webNavigation.onCommitted.hasListener(onCommitted);
  // At once, for a worker that a navigation woke.
  browser.webNavigation.onCommitted.addListener(onCommitted);
  return {
    async enter(tabId, channel) {
      if (!listening()) browser.webNavigation.onCommitted.addListener(onCommitted);
      await inject({ tabId, allFrames: true }, channel);
    },
    async leave(tabId, channel) {
      await attempt(() => browser.scripting.executeScript({ target: { tabId, allFrames: true }, func: endCalls, args: [channel], injectImmediately: true }));
    },
    rest() {
      if (listening()) browser.webNavigation.onCommitted.removeListener(onCommitted);
    },
  };
}

type Target = { readonly tabId: number; readonly frameIds?: number[]; readonly allFrames?: boolean };

/** First who listens, then who tells. */
async function inject(target: Target, channel: string): Promise<void> {
  await attempt(() => browser.scripting.executeScript({ target, func: collectCalls, args: [channel], injectImmediately: true }));
  await attempt(() => browser.scripting.executeScript({ target, func: probe, args: [channel], injectImmediately: true, world: "MAIN" }));
}

async function attempt(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch {
    // The frame is gone, or it is one of those that no extension may enter: its requests are judged without it.
  }
}
