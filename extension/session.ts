import { cleared, emptyLog, resume, step } from "../src/correlate.ts";
import { inBulk } from "../src/exchange-list.ts";
import { bounded, changes, type Limits, restore, withoutSameOrigin } from "../src/journal.ts";
import type { Engine, Exchange, Log, NetEvent } from "../src/model.ts";
import type { TabState } from "../src/protocol.ts";
import { isRecord } from "../src/record.ts";
import browser from "./browser.ts";
import { isCounts, isSettings, readExchange } from "./stored.ts";

/** `storage.session` holds 10 MB for all tabs together. https://developer.chrome.com/docs/extensions/reference/api/storage */
const LIMITS: Limits = { count: 10_000, bytes: 4_000_000 };

/** While DevTools may still tell what a worker's death took: what they tell of isn't to be forgotten before. */
const LIMITS_AFTER_DEATH: Limits = { count: 20_000, bytes: 8_000_000 };

/** So long they hold from the new worker's start: by then DevTools have told most of it. In milliseconds. */
const AFTER_DEATH_MILLISECONDS = 8000;

/** A burst of events is taken at once. */
const BURST_MILLISECONDS = 20;

/** Sizes are looked at once in so many requests. */
const CHECK_LIMITS_EVERY = 100;

/** It isn't a log smaller than this that fills the storage: to forget it would make no room. In UTF-16 code units. */
const SMALL = 400_000;

/** From the begin of one write to that of the next, in milliseconds: what changes meanwhile is written once. */
const WRITE_PAUSE_MILLISECONDS = 50;

/** The same where much was written at once: then most of a request's events are written together. */
const BUSY_WRITE_PAUSE_MILLISECONDS = 100;

/** Much: more exchanges than this. */
const FEW = 4;

/** How long until what could not be written is tried again, in milliseconds. */
const RETRY_MILLISECONDS = 1000;

/** How a tab is watched; kept when the worker dies. */
export interface Settings {
  readonly recording: boolean;
  readonly preserve: boolean;
  /** By which the probe in the tab's pages is heard; null when precise mode is off. */
  readonly channel: string | null;
}

const FIRST_SETTINGS: Settings = { recording: true, preserve: false, channel: null };

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
  /** What may be shown, another object for each life of a tab: what is read back, written, cleared, or can't be written. */
  readonly #shown = new Map<number, Log>();
  /** Tabs that could not be written, and when that is tried again, by `performance.now()`. */
  readonly #failing = new Map<number, number>();
  /** Events that are to be taken, in their order. */
  readonly #come = new Map<number, NetEvent[]>();
  readonly #sizes = new WeakMap<Exchange, number>();
  #writing: Promise<void> | null = null;

  /** @param onChange what may be shown of a tab has changed */
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
      const exchanges = stored.flatMap(([at, exchange]) => (at.startsWith(`exchange:${tabId}:`) ? (readExchange(exchange) ?? []) : []));
      const tab: Tab = { log: restore(value["counts"], exchanges), settings: value["settings"], trouble: null };
      const log = resume(tab.log, Date.now());
      this.#saved.set(Number(tabId), tab);
      this.#tabs.set(Number(tabId), { ...tab, log });
      this.#shown.set(Number(tabId), log);
    }
  }

  get tabIds(): number[] {
    return [...this.#tabs.keys()];
  }

  /** The settings alone cost nothing. */
  settings(tabId: number): Settings {
    return this.#tabs.get(tabId)?.settings ?? FIRST_SETTINGS;
  }

  get(tabId: number): Tab {
    this.#takeCome(tabId);
    return this.#tabs.get(tabId) ?? { log: emptyLog(this.engine), settings: FIRST_SETTINGS, trouble: null };
  }

  /** What went wrong and isn't over; null while all is well. */
  trouble(tabId: number): Tab["trouble"] {
    return this.#tabs.get(tabId)?.trouble ?? null;
  }

  /** A tab's log as it was last written down or read back, so that what was shown outlives the worker. What can't be written is shown all the same. */
  shown(tabId: number): Log {
    return this.#shown.get(tabId) ?? emptyLog(this.engine);
  }

  has(tabId: number): boolean {
    return this.#tabs.has(tabId) || this.#come.has(tabId);
  }

  /** Takes an event of a watched tab into its log, with those that come at once after it. */
  take(tabId: number, event: NetEvent): void {
    if (!this.settings(tabId).recording) return;
    const come = this.#come.get(tabId);
    if (come !== undefined) return void come.push(event);
    this.#come.set(tabId, [event]);
    setTimeout(() => this.#takeCome(tabId), BURST_MILLISECONDS);
  }

  #takeCome(tabId: number): void {
    const events = this.#come.get(tabId);
    if (events === undefined) return;
    this.#come.delete(tabId);
    const tab = this.get(tabId);
    const log = inBulk(tab.log, (before) => events.reduce((bulk, event) => withoutSameOrigin(step(bulk, event), event.requestId), before));
    const due = Math.floor(log.begun / CHECK_LIMITS_EVERY) > Math.floor(tab.log.begun / CHECK_LIMITS_EVERY);
    this.#update(tabId, { ...tab, log: due ? this.#bounded(log, limitsOf(log)) : log });
  }

  /**
   * Changes a tab's log by something other than an event; the next events bring it back within its bounds, so that what
   * was repaired is seen before it is forgotten.
   * @param isWatched the tab is, so that its log may begin with this
   */
  change(tabId: number, change: (log: Log) => Log, isWatched = false): void {
    const tab = this.get(tabId);
    const log = change(tab.log);
    if (log !== tab.log && (isWatched || this.#tabs.has(tabId))) this.#update(tabId, { ...tab, log });
  }

  configure(tabId: number, settings: Partial<Settings>): void {
    const tab = this.get(tabId);
    // What is in flight while nothing is recorded misses events.
    const log = settings.recording === undefined ? tab.log : { ...resume(tab.log, Date.now()), clearedTime: Date.now() };
    this.#update(tabId, { ...tab, log, settings: { ...tab.settings, ...settings } });
  }

  /** Says what went wrong, until the log is cleared. */
  complain(tabId: number, trouble: NonNullable<TabState["trouble"]>): void {
    if (this.#tabs.has(tabId)) this.#update(tabId, { ...this.get(tabId), trouble });
  }

  /** What went wrong goes well again. */
  content(tabId: number, trouble: NonNullable<TabState["trouble"]>): void {
    if (this.get(tabId).trouble === trouble) this.#update(tabId, { ...this.get(tabId), trouble: null });
  }

  clear(tabId: number): void {
    const tab = this.get(tabId);
    const log = cleared(tab.log, Date.now());
    this.#update(tabId, { ...tab, log, trouble: null });
    // What was cleared must not be seen again because a write of it is on its way.
    this.#show(tabId, log);
  }

  /** Nobody watches the tab any more: nothing of it is kept. */
  forget(tabId: number): void {
    this.#come.delete(tabId);
    this.#tabs.delete(tabId);
    this.#shown.delete(tabId);
    this.#failing.delete(tabId);
    void this.#write();
  }

  #update(tabId: number, tab: Tab): void {
    if (!this.#shown.has(tabId)) this.#shown.set(tabId, emptyLog(this.engine));
    const onlyLog = tab.settings === this.settings(tabId) && tab.trouble === this.trouble(tabId);
    this.#tabs.set(tabId, tab);
    if (this.#failing.has(tabId)) this.#show(tabId, tab.log);
    // A log waits until it is written.
    else if (!onlyLog) this.onChange(tabId);
    void this.#write();
  }

  #show(tabId: number, log: Log): void {
    this.#shown.set(tabId, log);
    this.onChange(tabId);
  }

  /** One write at a time; what changes meanwhile goes into the next, so a burst costs few writes. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  /** What can't be written stays in memory, and is tried again; that also keeps the worker from being idle. */
  async #writeAll(): Promise<void> {
    for (;;) {
      const begun = performance.now();
      const pause = await this.#writeRound();
      if (pause === null) return;
      // Where a write itself takes long, that was pause enough.
      await new Promise((resolve) => setTimeout(resolve, begun + pause - performance.now()));
    }
  }

  /**
   * Writes what there is of each tab, once: one that goes on changing, or can't be written, doesn't keep the others waiting.
   * @returns when the next round is due, in milliseconds after the begin of this one; null if nothing is left to write
   */
  async #writeRound(): Promise<number | null> {
    const tried = new Set<number>();
    let most = 0;
    for (let pending = this.#pending(tried); pending !== null; pending = this.#pending(tried)) {
      const { tabId, tab, upserted, set, remove } = pending;
      const shown = this.#shown.get(tabId);
      try {
        // In this order, but without waiting for the first answer: a loaded browser takes its time, and a worker may die meanwhile.
        const written = await Promise.allSettled([
          remove.length > 0 ? browser.storage.session.remove(remove) : null,
          tab !== undefined ? browser.storage.session.set(set) : null,
        ]);
        const failed = written.find((each) => each.status === "rejected");
        if (failed !== undefined) throw failed.reason;
      } catch (error) {
        if (tab !== undefined && isFull(error) && (await this.#shrink(tabId, tab))) continue;
        console.error("CORS Explainer: the session journal could not be written", error);
        tried.add(tabId);
        this.#fail(tabId);
        continue;
      }
      tried.add(tabId);
      most = Math.max(most, upserted.length);
      this.#failing.delete(tabId);
      if (tab === undefined) this.#saved.delete(tabId);
      else {
        this.#saved.set(tabId, tab);
        this.content(tabId, "storage-full");
        // If it is no longer the same, it was cleared or forgotten meanwhile, or newer things are shown.
        if (this.#shown.get(tabId) === shown) this.#show(tabId, tab.log);
      }
    }
    if (tried.size === 0 && this.#failing.size === 0) return null;
    return most > FEW ? BUSY_WRITE_PAUSE_MILLISECONDS : WRITE_PAUSE_MILLISECONDS;
  }

  #fail(tabId: number): void {
    const tab = this.#tabs.get(tabId);
    // Forgotten meanwhile, and nothing of it was ever written.
    if (tab === undefined && !this.#saved.has(tabId)) return;
    this.#failing.set(tabId, performance.now() + RETRY_MILLISECONDS);
    if (tab?.trouble !== "storage-full") this.complain(tabId, "storage-full");
    else if (tab.log !== this.#shown.get(tabId)) this.#show(tabId, tab.log);
  }

  /** The next tab whose journal is behind, with what has to be written. */
  #pending(tried: ReadonlySet<number>): { tabId: number; tab: Tab | undefined; upserted: readonly Exchange[]; set: Record<string, unknown>; remove: string[] } | null {
    for (const tabId of new Set([...this.#tabs.keys(), ...this.#saved.keys()])) {
      const tab = this.#tabs.get(tabId);
      const saved = this.#saved.get(tabId);
      if (tab === saved || tried.has(tabId) || (this.#failing.get(tabId) ?? 0) > performance.now()) continue;
      const { upserted, removed } = changes(saved?.log ?? emptyLog(this.engine), tab?.log ?? emptyLog(this.engine));
      const remove = removed.map((id) => `exchange:${tabId}:${id}`);
      if (tab === undefined) return { tabId, tab, upserted, set: {}, remove: [...remove, `tab:${tabId}`] };
      const { exchanges: _, ...counts } = tab.log;
      const set: Record<string, unknown> = { [`tab:${tabId}`]: { counts, settings: tab.settings } };
      // The browser counts what an object takes in its memory, several times its JSON; a text as it is.
      for (const exchange of upserted) set[`exchange:${tabId}:${exchange.id}`] = this.#written(exchange);
      return { tabId, tab, upserted, set, remove };
    }
    return null;
  }

  /** The storage is full: the journal of a long log is written anew with half the bytes. */
  async #shrink(tabId: number, written: Tab): Promise<boolean> {
    const tab = this.get(tabId);
    const bytes = tab.log.exchanges.reduce((sum, exchange) => sum + this.#sizeOf(exchange), 0);
    if (bytes <= SMALL) return false;
    try {
      await browser.storage.session.remove([`tab:${tabId}`, ...written.log.exchanges.map(({ id }) => `exchange:${tabId}:${id}`)]);
    } catch (error) {
      console.error("CORS Explainer: the session journal could not be emptied", error);
      return false;
    }
    this.#saved.delete(tabId);
    // Meanwhile the log may have gone on, have been cleared, or nobody may watch it any more.
    if (!this.has(tabId)) return true;
    const now = this.get(tabId);
    const log = this.#bounded(now.log, { count: LIMITS.count, bytes: bytes / 2 });
    this.#tabs.set(tabId, { ...now, log });
    return log !== now.log;
  }

  #bounded(log: Log, limits: Limits): Log {
    return bounded(log, limits, (exchange) => this.#sizeOf(exchange));
  }

  #sizeOf(exchange: Exchange): number {
    return this.#sizes.get(exchange) ?? this.#written(exchange).length;
  }

  #written(exchange: Exchange): string {
    const text = JSON.stringify(exchange);
    this.#sizes.set(exchange, text.length);
    return text;
  }
}

function limitsOf({ gap, heardTime }: Log): Limits {
  return gap !== null && heardTime - gap.to < AFTER_DEATH_MILLISECONDS ? LIMITS_AFTER_DEATH : LIMITS;
}

/** Whether the browser refused to store more: it says so in words only. */
function isFull(error: unknown): boolean {
  return /quota/i.test(String(error));
}
