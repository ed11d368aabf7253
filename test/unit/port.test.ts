import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Runtime } from "webextension-polyfill";
import { servePanel } from "../../extension/port.ts";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Exchange, Log } from "../../src/model.ts";
import type { TabState, ToPanel } from "../../src/protocol.ts";
import { EMPTY_VIEW, update, type View } from "../../src/view.ts";
import { B, elsewhere, Tape } from "./tapes.ts";

const STATE: TabState = { engine: "chromium", recording: true, preserve: false, precise: false, access: true, dropped: 0, trials: [], trouble: null };
const pending = new Tape().begin("p", "GET", B);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A panel that has a log of some length, and the worker's end of its port. */
function open(length: number, view: View = EMPTY_VIEW) {
  const log: Log = { ...emptyLog("chromium"), exchanges: Array.from({ length }, (_, index) => exchange(String(index))) };
  const world = { log, posted: new Array<ToPanel>(), view };
  let heard: (message: unknown) => void = () => {};
  const port = {
    postMessage: (message: ToPanel) => {
      world.posted.push(message);
      world.view = update(world.view, { type: "received", message });
    },
    onMessage: { addListener: (listener: typeof heard) => void (heard = listener) },
    onDisconnect: { addListener: () => {} },
  } as unknown as Runtime.Port;
  const panel = servePanel(port, () => ({ log: world.log, state: STATE }));
  return {
    world,
    ask: () => heard({ type: "more" }),
    change: (exchanges: (all: readonly Exchange[]) => readonly Exchange[], wait = 500) => {
      world.log = { ...world.log, exchanges: exchanges(world.log.exchanges) };
      panel.changed();
      vi.advanceTimersByTime(wait);
    },
  };
}

function exchange(id: string, events: Tape["events"] = elsewhere(pending.events, id)): Exchange {
  const [found] = events.reduce(step, emptyLog("chromium")).exchanges;
  if (found === undefined) throw new Error("no exchange");
  return found;
}

const sizes = (posted: readonly ToPanel[]): number[] => posted.map((message) => (message.type === "snapshot" ? message.exchanges : message.upserted).length);

/** By identity: thousands compared field by field take their time. */
function expectAllShown({ view, log }: { readonly view: View; readonly log: Log }): void {
  expect(view.entries.map(({ exchange: { id } }) => id)).toEqual(log.exchanges.map(({ id }) => id));
  expect(view.entries.every(({ exchange }, index) => exchange === log.exchanges[index])).toBe(true);
}

describe("a log goes over", () => {
  test.each([
    [0, [0]],
    [100, [100]],
    [101, [100, 1]],
    [2300, [100, 1000, 1000, 200]],
  ])("of %i exchanges, in parts of %j", (length, parts) => {
    const { world, ask } = open(length);
    expect(sizes(world.posted)).toEqual([Math.min(length, 100)]);
    for (let asked = 0; asked < 5; asked++) ask();
    expect(sizes(world.posted)).toEqual(parts);
    expect(world.posted.map(({ more }) => more)).toEqual(parts.map((_, index) => index < parts.length - 1));
    expectAllShown(world);
  });
});

describe("what changes before all of it has gone over", () => {
  test("comes with the next part, and nothing twice", () => {
    const { world, ask, change } = open(2300);
    change((all) => [...all.slice(1), exchange("new")]);
    for (let asked = 0; asked < 5; asked++) ask();
    expectAllShown(world);
    expect(sizes(world.posted).reduce((sum, size) => sum + size, 0)).toBe(2301);
  });
  test("nor does a panel that reconnects keep what is forgotten before it could go over again", () => {
    const first = open(500);
    first.ask();
    const { world, change } = open(500, first.world.view);
    change((all) => all.slice(0, 300));
    expect(world.view.entries).toHaveLength(300);
    change(() => []);
    expect(world.view.entries).toEqual([]);
  });
  test("though it is gone before it could: what the panel has of it goes too", () => {
    const { world, ask, change } = open(2300);
    ask();
    // All are other objects now, as after a repair: the last of them can't go over at once.
    change((all) => all.map((each) => ({ ...each, interrupted: true })));
    change((all) => all.filter((_, index) => index !== 1050));
    for (let asked = 0; asked < 5; asked++) ask();
    expectAllShown(world);
  });
});

describe("what changes goes over", () => {
  /** Changes so many exchanges, and says after how many milliseconds of waiting they have gone over. */
  function waits(change: ReturnType<typeof open>["change"], { posted }: { readonly posted: readonly ToPanel[] }, changed: number): number {
    const before = posted.length;
    change((all) => all.map((each, index) => (index < changed ? { ...each } : each)), 0);
    for (let waited = 0; waited < 1000; waited += 10) {
      vi.advanceTimersByTime(waited === 0 ? 0 : 10);
      if (posted.length > before) return waited;
    }
    throw new Error("nothing went over");
  }
  test.each([
    ["at once, then soon, where it is little at a time", [1, 1, 1], [0, 50, 50]],
    ["later, after much has just gone over", [50, 50, 1, 1], [0, 300, 300, 50]],
    ["soon after some, sooner than after much", [5, 1], [0, 100]],
  ])("%s", (_, changed, expected) => {
    const { world, change } = open(60);
    vi.advanceTimersByTime(1000);
    expect(changed.map((count) => waits(change, world, count))).toEqual(expected);
  });
});

test("no timer is asked for a time before now, which a browser takes for one in weeks", () => {
  const timers = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => timers.mockRestore());
  const { change } = open(3);
  change((all) => all.slice(1));
  change((all) => all.slice(1));
  expect(timers.mock.calls.map(([, delay]) => delay)).toEqual([0, 0]);
});
