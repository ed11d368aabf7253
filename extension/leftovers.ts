import browser from "./browser.ts";

const KEY = "listeners";

/** The tab that a listener is for, or null for all. */
type Filter = number | null;

/**
 * Chromium wakes a dead worker for every listener that it had, and knows a listener by its filter and by how many were
 * added before it. What the next worker doesn't add again in the same place nobody can remove: it would wake a worker
 * for nobody until the browser is closed. So each worker leaves word of its listeners, and the next takes them on.
 */
export class Leftovers {
  /** In the order of their addition; undefined when removed. */
  readonly #added: (Filter | undefined)[] = [];
  #restored = false;

  /** @param listen adds a listener, and returns what removes it */
  constructor(readonly listen: (tabId: Filter) => () => void) {}

  /** @returns what removes it again */
  add(tabId: Filter): () => void {
    const place = this.#added.push(tabId) - 1;
    const stop = this.listen(tabId);
    void this.#leave();
    return () => {
      stop();
      this.#added[place] = undefined;
      void this.#leave();
    };
  }

  /**
   * Adds what the worker before this one had, in the same order; where it had removed one, another keeps the place.
   * @returns each with what removes it: not at once, for a removal may overtake its addition on the way to the browser
   */
  async takeOn(): Promise<{ tabId: Filter; stop: () => void }[]> {
    const { [KEY]: stored } = await browser.storage.session.get(KEY);
    const before: unknown[] = Array.isArray(stored) ? stored : [];
    const taken = before.slice(this.#added.length).map((left) => {
      const tabId = typeof left === "number" ? left : null;
      return { tabId, stop: this.add(tabId) };
    });
    this.#restored = true;
    await this.#leave();
    return taken;
  }

  async #leave(): Promise<void> {
    if (!this.#restored) return;
    const last = this.#added.findLastIndex((tabId) => tabId !== undefined);
    try {
      await browser.storage.session.set({ [KEY]: this.#added.slice(0, last + 1).map((tabId) => (tabId === undefined ? "removed" : tabId)) });
    } catch (error) {
      console.error("CORS Explainer: the listeners could not be written down", error);
    }
  }
}
