import browser from "./browser.ts";

const KEY = "listeners";

/**
 * Chromium wakes a dead worker for every listener that it had, and knows a listener by how many were added before it.
 * One that was added late can only be removed by a later worker that has added as many: else each request of each tab
 * would wake a worker for nobody, until the browser is closed. So every worker leaves word of how many it has added.
 */
export class Leftovers {
  #added = 0;
  #left: number | null = null;

  /** Reads what the workers before this one left. */
  async restore(): Promise<void> {
    const { [KEY]: stored } = await browser.storage.session.get(KEY);
    await this.#leave(Math.max(typeof stored === "number" ? stored : 0, this.#added));
  }

  /** To be called with each listener that is added. */
  added(): void {
    this.#added += 1;
    if (this.#left !== null && this.#added > this.#left) void this.#leave(this.#added);
  }

  /**
   * Takes on the listeners of earlier workers that this one has not.
   * @param add adds a listener, and returns what removes it
   * @returns what removes them: later, for a removal may overtake its addition on the way to the browser
   */
  takeOn(add: () => () => void): () => void {
    const removals: (() => void)[] = [];
    while (this.#left !== null && this.#added < this.#left) {
      this.#added += 1;
      removals.push(add());
    }
    return () => {
      for (const remove of removals) remove();
    };
  }

  /** No listener is left, of this worker or another. */
  none(): void {
    void this.#leave(0);
  }

  async #leave(count: number): Promise<void> {
    this.#left = count;
    try {
      await browser.storage.session.set({ [KEY]: count });
    } catch (error) {
      console.error("CORS Explainer: the number of listeners could not be written", error);
    }
  }
}
