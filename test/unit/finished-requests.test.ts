import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** DevTools: who listens, and what they tell. As in Chromium, who is added twice is told twice. */
const network = vi.hoisted(() => {
  const event = () => {
    const listeners: ((entry?: unknown) => void)[] = [];
    return {
      listeners,
      addListener: (listener: () => void) => void listeners.push(listener),
      removeListener: (listener: () => void) => void listeners.splice(listeners.indexOf(listener), 1),
    };
  };
  return { onRequestFinished: event(), onNavigated: event() };
});
vi.mock("../../extension/browser.ts", () => ({ default: { devtools: { network } } }));

const ENOUGH = 5000;
const AFTER_DEATH = 15_000;
const LATE = 5000;

describe("what DevTools tell of requests", () => {
  let taken: number;
  let workerDied: () => void;
  const listens = (): boolean => network.onRequestFinished.listeners.length > 0;
  const tell = (count: number, late = 0): void => {
    for (let index = 0; index < count; index += 1) for (const listener of [...network.onRequestFinished.listeners]) listener(Date.now() - late);
  };
  const navigate = (): void => {
    for (const listener of network.onNavigated.listeners) listener();
  };

  async function start(protocol: "moz-extension:" | "chrome-extension:"): Promise<void> {
    vi.stubGlobal("location", { protocol });
    const { hearFinished } = await import("../../extension/finished-requests.ts");
    workerDied = hearFinished((endedTime) => {
      taken += 1;
      return typeof endedTime === "number" ? endedTime : null;
    });
  }

  beforeEach(() => {
    vi.useFakeTimers();
    vi.resetModules();
    taken = 0;
  });
  afterEach(() => {
    for (const { listeners } of [network.onRequestFinished, network.onNavigated]) listeners.length = 0;
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("in Chromium: all of it", async () => {
    await start("chrome-extension:");
    tell(3 * ENOUGH);
    navigate();
    workerDied();
    tell(10);
    expect([taken, listens()]).toEqual([3 * ENOUGH + 10, true]);
  });

  test("in Firefox: as much of a page as is cheap, and of the next one again", async () => {
    await start("moz-extension:");
    tell(ENOUGH - 1);
    expect(listens()).toBe(true);
    tell(3);
    expect([taken, listens()]).toEqual([ENOUGH, false]);
    navigate();
    tell(ENOUGH - 1);
    expect([taken, listens()]).toEqual([2 * ENOUGH - 1, true]);
  });

  test("in Firefox, when the worker has died: no longer than it can keep up", async () => {
    await start("moz-extension:");
    tell(ENOUGH);
    workerDied();
    tell(10, LATE);
    expect([taken, listens()]).toEqual([ENOUGH + 10, true]);
    tell(10, LATE + 1);
    expect([taken, listens()]).toEqual([ENOUGH + 11, false]);
  });

  test("in Firefox, what it tells late of a page with few requests: all of it", async () => {
    await start("moz-extension:");
    workerDied();
    tell(10, LATE + 1);
    expect([taken, listens()]).toEqual([10, true]);
  });

  test("in Firefox, when the worker has died: for a while", async () => {
    await start("moz-extension:");
    tell(ENOUGH);
    workerDied();
    tell(10);
    vi.advanceTimersByTime(AFTER_DEATH - 1);
    tell(10);
    expect([taken, listens()]).toEqual([ENOUGH + 20, true]);
    vi.advanceTimersByTime(1);
    expect(listens()).toBe(false);
  });

  test("in Firefox, when it dies again: from then on as long", async () => {
    await start("moz-extension:");
    tell(ENOUGH);
    workerDied();
    vi.advanceTimersByTime(AFTER_DEATH - 1);
    workerDied();
    vi.advanceTimersByTime(AFTER_DEATH - 1);
    expect(listens()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(listens()).toBe(false);
  });

  test("in Firefox, when it dies early on: without an end", async () => {
    await start("moz-extension:");
    tell(10);
    workerDied();
    vi.advanceTimersByTime(AFTER_DEATH);
    tell(10);
    expect([taken, listens()]).toEqual([20, true]);
  });
});
