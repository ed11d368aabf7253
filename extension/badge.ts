import { listedIn } from "../src/entry.ts";
import { isEnded, lastHop } from "../src/exchange.ts";
import { judge } from "../src/judge.ts";
import type { Engine, Exchange, Log } from "../src/model.ts";
import browser from "./browser.ts";

/** What changes within this time is counted once, in milliseconds. */
const PAUSE_MILLISECONDS = 500;

/** As much as fits on the icon. */
const MOST = 99;

/** The number of blocked requests of each watched tab, on the extension's icon. */
export class Badge {
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  /** Exchanges don't change, others take their place. */
  readonly #blocked = new WeakMap<Exchange, boolean>();

  constructor(
    readonly engine: Engine,
    readonly logOf: (tabId: number) => Log | null,
  ) {
    void browser.action.setBadgeBackgroundColor({ color: "#b3261e" });
  }

  /** The log of a tab has changed, or nobody watches it any more. */
  changed(tabId: number): void {
    if (this.#timers.has(tabId)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(tabId);
      void this.#show(tabId);
    }, PAUSE_MILLISECONDS);
    this.#timers.set(tabId, timer);
  }

  async #show(tabId: number): Promise<void> {
    const count = (this.logOf(tabId)?.exchanges ?? []).filter((exchange) => this.#isBlocked(exchange)).length;
    try {
      await browser.action.setBadgeText({ tabId, text: count === 0 ? "" : count > MOST ? `${MOST}+` : String(count) });
    } catch {
      // The tab is gone, and its icon with it.
    }
  }

  #isBlocked(exchange: Exchange): boolean {
    // Chromium ends with an error whatever it blocks: of most it is known without a verdict.
    const passed = this.engine === "chromium" && exchange.refused === null && lastHop(exchange).request.end?.error === null;
    if (passed || !isEnded(exchange)) return false;
    const known = this.#blocked.get(exchange);
    if (known !== undefined) return known;
    const verdict = judge(exchange, this.engine);
    const blocked = verdict.outcome === "blocked" && listedIn(exchange, verdict) === "blocked";
    this.#blocked.set(exchange, blocked);
    return blocked;
  }
}
