import type { NetEvent } from "../src/model.ts";
import { Leftovers } from "./leftovers.ts";
import { listen } from "./webrequest.ts";

/** How long a listener that another one replaces stays, in milliseconds. */
const OVERLAP_MILLISECONDS = 500;

/** The worker's webRequest listeners: never less than is watched, and hardly ever more. */
export class Listeners {
  readonly #leftovers: Leftovers;
  /** By the tab that they are for, or null for all. */
  readonly #stops: Map<number | null, () => void>;
  readonly #seen = new Set<string>();
  #overlapping = 0;

  /** Listens at once, for all tabs: events wake a dead worker only if a listener is there at the top level. */
  constructor(onEvent: (event: NetEvent) => void) {
    const once = (event: NetEvent): void => {
      if (!this.#isRepeated(event)) onEvent(event);
    };
    this.#leftovers = new Leftovers((tabId) => listen(tabId, once));
    this.#stops = new Map([[null, this.#leftovers.add(null)]]);
  }

  /** Takes over what the worker before this one left. */
  async takeOn(): Promise<void> {
    for (const { tabId, stop } of await this.#leftovers.takeOn()) {
      if (this.#stops.has(tabId)) this.#overlap(stop);
      else this.#stops.set(tabId, stop);
    }
  }

  /**
   * Listens to these and no others: a listener for all tabs costs every page, one for a tab only that one.
   * @param wanted tabs, or null for all
   */
  narrow(wanted: ReadonlySet<number | null>): void {
    for (const tabId of wanted) if (!this.#stops.has(tabId)) this.#stops.set(tabId, this.#leftovers.add(tabId));
    for (const [tabId, stop] of this.#stops) {
      if (wanted.has(tabId)) continue;
      this.#stops.delete(tabId);
      // Events on their way to the old listener still come, and twice in between.
      if (wanted.size === 0) stop();
      else this.#overlap(stop);
    }
  }

  #overlap(stop: () => void): void {
    this.#overlapping += 1;
    setTimeout(() => {
      stop();
      this.#overlapping -= 1;
      if (this.#overlapping === 0) this.#seen.clear();
    }, OVERLAP_MILLISECONDS);
  }

  /** The same event, come through two listeners. */
  #isRepeated({ kind, requestId, url, time }: NetEvent): boolean {
    if (this.#overlapping === 0 && !(this.#stops.has(null) && this.#stops.size > 1)) return false;
    const key = `${kind} ${requestId} ${time} ${url}`;
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    return false;
  }
}
