import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** DevTools: who listens, and what they tell. As in Chromium, who is added twice is told twice. */
const network = vi.hoisted(() => {
  const event = () => {
    const listeners: (() => void)[] = [];
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

describe("what DevTools tell of requests", () => {
  let taken: number;
  const listens = (): boolean => network.onRequestFinished.listeners.length > 0;
  const tell = (count: number): void => {
    for (let index = 0; index < count; index += 1) for (const listener of [...network.onRequestFinished.listeners]) listener();
  };
  const navigate = (): void => {
    for (const listener of network.onNavigated.listeners) listener();
  };

  async function start(protocol: "moz-extension:" | "chrome-extension:"): Promise<void> {
    vi.stubGlobal("location", { protocol });
    const { hearFinished } = await import("../../extension/finished-requests.ts");
    hearFinished(() => {
      taken += 1;
    });
  }

  beforeEach(() => {
    vi.resetModules();
    taken = 0;
  });
  afterEach(() => {
    for (const { listeners } of [network.onRequestFinished, network.onNavigated]) listeners.length = 0;
    vi.unstubAllGlobals();
  });

  test("in Chromium: all of it", async () => {
    await start("chrome-extension:");
    tell(3 * ENOUGH);
    navigate();
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
});
