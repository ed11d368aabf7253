import type { Scripting } from "webextension-polyfill";
import type { Engine } from "../src/model.ts";
import type { Timing } from "../src/resource-timing.ts";
import browser from "./browser.ts";
import { type FrameRecords, recordsOf } from "./frame-records.ts";

/** How long after a request's end its frame is read, and read again while it says nothing of it. In milliseconds. */
const READ_AFTER_MILLISECONDS = [50, 250, 1000, 3000] as const;

/** Reads what frames of a tab know of its requests. */
export interface Evidence {
  /** Something in this frame ended whose outcome events don't tell. */
  want(tabId: number, frameId: number): void;
  /** Reads all frames of a tab, for what leaves no events. */
  sweep(tabId: number, since: number): Promise<void>;
  /** Nobody watches the tab any more: its frames note nothing, and what they noted is gone. */
  end(tabId: number): Promise<void>;
}

/** https://firefox-source-docs.mozilla.org/dom/scriptSecurity/xray_vision.html#waiving-xray-vision */
interface PageEntry extends PerformanceEntry {
  readonly wrappedJSObject: PerformanceResourceTiming;
}

declare global {
  /** In the extension's own world of a frame: what its Resource Timing has said so far. */
  var corsExplainerTimings: Timing[] | undefined;
  /** Notes them. */
  var corsExplainerObserver: PerformanceObserver | undefined;
}

/**
 * Reads Resource Timing, and what the probe of precise mode heard, where it is wanted, and hands on what they say.
 * Reading changes nothing in the page, which can't see it.
 * @param engine Resource Timing is of use in Firefox only
 * @param wantedSince since when there is anything to know in a frame, in milliseconds since the epoch, or null
 */
export function evidence(
  engine: Engine,
  wantedSince: (tabId: number, frameId: number) => number | null,
  onRecords: (tabId: number, frameId: number, records: FrameRecords) => void,
): Evidence {
  const next = new Map<string, { readonly attempt: number; readonly timer: ReturnType<typeof setTimeout> }>();

  /** @returns whether the frames could be entered */
  const readFrames = async (target: Scripting.InjectionTarget, since: number): Promise<boolean> => {
    try {
      const results = await browser.scripting.executeScript({ target, func: readFrame, args: [since, engine === "gecko"] });
      for (const { frameId, result } of results) onRecords(target.tabId, frameId, recordsOf(result));
      return true;
    } catch {
      // The frame is gone, or it is one of those that no extension may enter: what it asked for stays open.
      return false;
    }
  };

  const read = async (tabId: number, frameId: number, attempt: number): Promise<void> => {
    const since = wantedSince(tabId, frameId);
    if (since !== null && (await readFrames({ tabId, frameIds: [frameId] }, since))) schedule(tabId, frameId, attempt + 1);
  };

  const schedule = (tabId: number, frameId: number, attempt: number): void => {
    const key = `${tabId} ${frameId}`;
    const delay = READ_AFTER_MILLISECONDS[attempt];
    const planned = next.get(key);
    if (delay === undefined || (planned !== undefined && planned.attempt <= attempt)) return;
    clearTimeout(planned?.timer);
    const timer = setTimeout(() => {
      next.delete(key);
      void read(tabId, frameId, attempt);
    }, delay);
    next.set(key, { attempt, timer });
  };

  return {
    want: (tabId, frameId) => schedule(tabId, frameId, 0),
    async sweep(tabId, since) {
      await readFrames({ tabId, allFrames: true }, since);
    },
    async end(tabId) {
      // What is planned finds nothing wanted there any more.
      if (engine === "chromium") return;
      try {
        await browser.scripting.executeScript({ target: { tabId, allFrames: true }, func: endTimings, injectImmediately: true });
      } catch {
        // The tab is gone, and its frames with it.
      }
    },
  };
}

/** Ends what {@link readFrame} began, in the same world. */
function endTimings(): void {
  globalThis.corsExplainerObserver?.disconnect();
  globalThis.corsExplainerObserver = undefined;
  globalThis.corsExplainerTimings = undefined;
}

/** Runs in the page's frame, in the extension's own world there, and so must not use anything from here. */
function readFrame(since: number, withTimings: boolean): FrameRecords {
  if (withTimings && globalThis.corsExplainerTimings === undefined) {
    const timings: Timing[] = [];
    globalThis.corsExplainerTimings = timings;
    /** An extension is shown the status of a withheld response too; asked as the page, Firefox answers as the page, which may answer itself. */
    const statusOf = (entry: PerformanceEntry): number => {
      try {
        return (entry as PageEntry).wrappedJSObject.responseStatus;
      } catch {
        return NaN;
      }
    };
    const take = (entries: PerformanceEntryList): void => {
      for (const entry of entries) {
        const responseStatus = statusOf(entry);
        if (!Number.isInteger(responseStatus)) continue;
        const endTime = entry.startTime + entry.duration;
        timings.push({ name: entry.name, startedTime: performance.timeOrigin + entry.startTime, endedTime: performance.timeOrigin + endTime, responseStatus });
      }
      // As many as a log holds of one page, and more.
      if (timings.length > 20_000) timings.splice(0, timings.length - 10_000);
    };
    // The buffer holds the first 250; an observer sees all that come after it started.
    take(performance.getEntriesByType("resource"));
    globalThis.corsExplainerObserver = new PerformanceObserver((list) => take(list.getEntries()));
    globalThis.corsExplainerObserver.observe({ type: "resource" });
  }
  return {
    timings: globalThis.corsExplainerTimings?.filter(({ startedTime }) => startedTime >= since) ?? [],
    calls: globalThis.corsExplainerCalls?.filter(({ time }) => time >= since) ?? [],
    origin: self.origin,
  };
}
