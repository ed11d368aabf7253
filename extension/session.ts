import { cleared, emptyLog, resume, step } from "../src/correlate.ts";
import { bounded, changes, type Limits, restore, withoutSameOrigin } from "../src/journal.ts";
import type { Engine, Exchange, Log, NetEvent } from "../src/model.ts";
import type { TabState } from "../src/protocol.ts";
import browser from "./browser.ts";
import { isCounts, isExchange, isRecord, isSettings } from "./stored.ts";

/** `storage.session` holds 10 MB for all tabs together. https://developer.chrome.com/docs/extensions/reference/api/storage */
const LIMITS: Limits = { count: 10_000, bytes: 4_000_000 };

/** Sizes are looked at once in so many requests. */
const CHECK_LIMITS_EVERY = 100;

/** How a tab is watched; kept when the worker dies. */
export interface Settings {
  readonly recording: boolean;
  readonly preserve: boolean;
  /** By which the probe in the tab's pages is heard; null when precise mode is off. */
  readonly channel: string | null;
}

/** What is known of a tab. Memory is a cache of the session journal. */
export interface Tab {
  readonly log: Log;
  readonly settings: Settings;
  readonly trouble: TabState["trouble"];
}

/** The tabs that are or were just watched, mirrored in `storage.session` so that a worker may die at any moment. */
export class Session {
  readonly #tabs = new Map<number, Tab>();
  /** What the journal holds. */
  readonly #saved = new Map<number, Tab>();
  readonly #sizes = new WeakMap<Exchange, number>();
  #writing: Promise<void> | null = null;

  constructor(
    readonly engine: Engine,
    readonly onChange: (tabId: number) => void,
  ) {}

  /** Reads the journal back. What was in flight may have missed events. */
  async restore(): Promise<void> {
    const stored = Object.entries(await browser.storage.session.get(null));
    for (const [key, value] of stored) {
      const tabId = /^tab:([0-9]+)$/.exec(key)?.[1];
      if (tabId === undefined || !isRecord(value) || !isCounts(value["counts"]) || !isSettings(value["settings"])) continue;
      const exchanges = stored.flatMap(([at, exchange]) => (at.startsWith(`exchange:${tabId}:`) && isExchange(exchange) ? [exchange] : []));
      const tab: Tab = { log: restore(value["counts"], exchanges), settings: value["settings"], trouble: null };
      this.#saved.set(Number(tabId), tab);
      this.#tabs.set(Number(tabId), { ...tab, log: resume(tab.log) });
    }
  }

  get tabIds(): number[] {
    return [...this.#tabs.keys()];
  }

  get(tabId: number): Tab {
    return this.#tabs.get(tabId) ?? { log: emptyLog(this.engine), settings: { recording: true, preserve: false, channel: null }, trouble: null };
  }

  has(tabId: number): boolean {
    return this.#tabs.has(tabId);
  }

  /** Takes an event of a watched tab into its log. */
  take(tabId: number, event: NetEvent): void {
    const tab = this.get(tabId);
    if (!tab.settings.recording) return;
    const log = withoutSameOrigin(step(tab.log, event), event.requestId);
    const due = event.kind === "before-request" && log.begun % CHECK_LIMITS_EVERY === 0;
    this.#update(tabId, { ...tab, log: due ? this.#bounded(log, LIMITS) : log });
  }

  /** Changes a tab's log by something other than an event. */
  change(tabId: number, change: (log: Log) => Log): void {
    const tab = this.get(tabId);
    const log = change(tab.log);
    if (log !== tab.log && this.#tabs.has(tabId)) this.#update(tabId, { ...tab, log: this.#bounded(log, LIMITS) });
  }

  configure(tabId: number, settings: Partial<Settings>): void {
    const tab = this.get(tabId);
    // What is in flight while nothing is recorded misses events.
    const log = settings.recording === undefined ? tab.log : { ...resume(tab.log), clearedTime: Date.now() };
    this.#update(tabId, { ...tab, log, settings: { ...tab.settings, ...settings } });
  }

  clear(tabId: number): void {
    const tab = this.get(tabId);
    this.#update(tabId, { ...tab, log: cleared(tab.log, Date.now()), trouble: null });
  }

  /** Nobody watches the tab any more: nothing of it is kept. */
  forget(tabId: number): void {
    this.#tabs.delete(tabId);
    void this.#write();
  }

  #update(tabId: number, tab: Tab): void {
    this.#tabs.set(tabId, tab);
    this.onChange(tabId);
    void this.#write();
  }

  /** One write at a time; what changes meanwhile goes into the next, so a burst costs few writes. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    for (let pending = this.#pending(); pending !== null; pending = this.#pending()) {
      const { tabId, tab, set, remove } = pending;
      try {
        if (remove.length > 0) await browser.storage.session.remove(remove);
        if (tab !== undefined) await browser.storage.session.set(set);
      } catch (error) {
        console.error("CORS Explainer: the session journal could not be written", error);
        if (tab === undefined || tab.log.exchanges.length === 0 || !(await this.#shrink(tabId, tab))) return;
        continue;
      }
      if (tab === undefined) this.#saved.delete(tabId);
      else this.#saved.set(tabId, tab);
    }
  }

  /** The next tab whose journal is behind, with what has to be written. */
  #pending(): { tabId: number; tab: Tab | undefined; set: Record<string, unknown>; remove: string[] } | null {
    for (const tabId of new Set([...this.#tabs.keys(), ...this.#saved.keys()])) {
      const tab = this.#tabs.get(tabId);
      const saved = this.#saved.get(tabId);
      if (tab === saved) continue;
      const { upserted, removed } = changes(saved?.log ?? emptyLog(this.engine), tab?.log ?? emptyLog(this.engine));
      const remove = removed.map((id) => `exchange:${tabId}:${id}`);
      if (tab === undefined) return { tabId, tab, set: {}, remove: [...remove, `tab:${tabId}`] };
      const { exchanges: _, ...counts } = tab.log;
      const set: Record<string, unknown> = { [`tab:${tabId}`]: { counts, settings: tab.settings } };
      for (const exchange of upserted) set[`exchange:${tabId}:${exchange.id}`] = exchange;
      return { tabId, tab, set, remove };
    }
    return null;
  }

  /** The journal is full: it is written anew with half the bytes, and the panel says so. */
  async #shrink(tabId: number, written: Tab): Promise<boolean> {
    try {
      await browser.storage.session.remove(written.log.exchanges.map(({ id }) => `exchange:${tabId}:${id}`));
    } catch (error) {
      console.error("CORS Explainer: the session journal could not be emptied", error);
      return false;
    }
    this.#saved.delete(tabId);
    const tab = this.get(tabId);
    const bytes = tab.log.exchanges.reduce((sum, exchange) => sum + this.#sizeOf(exchange), 0) / 2;
    const log = this.#bounded(tab.log, { count: Math.ceil(tab.log.exchanges.length / 2), bytes });
    this.#tabs.set(tabId, { ...tab, log, trouble: "storage-full" });
    this.onChange(tabId);
    return true;
  }

  #bounded(log: Log, limits: Limits): Log {
    return bounded(log, limits, (exchange) => this.#sizeOf(exchange));
  }

  #sizeOf(exchange: Exchange): number {
    const known = this.#sizes.get(exchange);
    if (known !== undefined) return known;
    const size = JSON.stringify(exchange).length;
    this.#sizes.set(exchange, size);
    return size;
  }
}
