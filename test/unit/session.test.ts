import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { B, elsewhere, Tape } from "./tapes.ts";

/** `storage.session`, which holds so many characters; its writes may be held back. */
const storage = vi.hoisted(() => {
  const there = new Map<string, unknown>();
  let holds = Infinity;
  let waits: Promise<void> | null = null;
  const size = (): number => JSON.stringify([...there]).length;
  return {
    there,
    limit: (characters: number) => void (holds = characters),
    hold(): () => void {
      let release = (): void => {};
      waits = new Promise((resolve) => (release = resolve));
      return () => {
        waits = null;
        release();
      };
    },
    api: {
      get: async () => Object.fromEntries(there),
      async remove(keys: string[]): Promise<void> {
        await waits;
        for (const key of keys) there.delete(key);
      },
      async set(items: Record<string, unknown>): Promise<void> {
        await waits;
        const before = new Map(there);
        for (const [key, value] of Object.entries(items)) there.set(key, value);
        if (size() <= holds) return;
        there.clear();
        for (const [key, value] of before) there.set(key, value);
        throw new Error("Session storage quota bytes exceeded.");
      },
    },
  };
});
vi.mock("../../extension/browser.ts", () => ({ default: { storage: { session: storage.api } } }));
const { Session } = await import("../../extension/session.ts");

const TAB = 1;
const url = `${B}/${"x".repeat(1500)}`;
const long = new Tape().begin("r", "GET", url).send("r", "GET", url).head("r", "GET", url, 200).fail("r", "GET", url, "net::ERR_FAILED").events;
const many = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => elsewhere(long, String(from + index))).flat();

beforeEach(() => {
  vi.useFakeTimers();
  storage.there.clear();
  storage.limit(Infinity);
  storage.hold()();
});
afterAll(() => vi.useRealTimers());

async function filled() {
  const session = new Session("chromium", () => {});
  const take = async (from: number, to: number, wait = true): Promise<void> => {
    for (const event of many(from, to)) session.take(TAB, event);
    if (wait) await vi.advanceTimersByTimeAsync(2000);
  };
  await take(0, 400);
  expect(storage.there.size).toBe(401);
  return { session, take, ids: () => session.get(TAB).log.exchanges.map(({ id }) => id) };
}

describe("the storage is full", () => {
  test("half of a long log is kept, and the journal says the same", async () => {
    const { take, ids } = await filled();
    storage.limit(700_000);
    await take(400, 440);
    expect(ids().length).toBeGreaterThan(150);
    expect(ids().at(-1)).toBe("r-439");
    expect([...storage.there.keys()].filter((key) => key.startsWith("exchange:")).sort()).toEqual(ids().map((id) => `exchange:${TAB}:${id}`).sort());
  });

  test("what comes while room is made is kept", async () => {
    const { take, ids } = await filled();
    storage.limit(700_000);
    const release = storage.hold();
    await take(400, 440);
    await take(440, 441);
    release();
    await vi.advanceTimersByTimeAsync(2000);
    expect(ids().at(-1)).toBe("r-440");
  });

  test("what is cleared while room is made stays cleared", async () => {
    const { session, take, ids } = await filled();
    storage.limit(700_000);
    const release = storage.hold();
    await take(400, 440);
    session.clear(TAB);
    release();
    await vi.advanceTimersByTimeAsync(2000);
    expect(ids()).toEqual([]);
    expect([...storage.there.keys()]).toEqual([`tab:${TAB}`]);
  });

  test("nothing is left of a tab that nobody watches any more when room was made", async () => {
    const { session, take } = await filled();
    storage.limit(700_000);
    const release = storage.hold();
    await take(400, 440);
    session.forget(TAB);
    release();
    await vi.advanceTimersByTimeAsync(2000);
    expect(session.tabIds).toEqual([]);
    expect([...storage.there.keys()]).toEqual([]);
  });
});

describe("a slow storage", () => {
  test("is told at once what to forget and what to keep", async () => {
    const { session } = await filled();
    const release = storage.hold();
    const [remove, set] = [vi.spyOn(storage.api, "remove"), vi.spyOn(storage.api, "set")];
    onTestFinished(() => void vi.restoreAllMocks());
    session.clear(TAB);
    await vi.advanceTimersByTimeAsync(2000);
    expect([remove.mock.calls.length, set.mock.calls.length]).toEqual([1, 1]);
    release();
  });

  test("forgets before it is to keep more: there is room for that", async () => {
    const { session, take, ids } = await filled();
    storage.limit(JSON.stringify([...storage.there]).length + 10_000);
    const release = storage.hold();
    session.configure(TAB, { preserve: true });
    session.clear(TAB);
    await take(400, 800);
    release();
    await vi.advanceTimersByTimeAsync(2000);
    expect(ids().length).toBe(400);
  });

  test("gets what is next as soon as it has answered", async () => {
    const { session } = await filled();
    const release = storage.hold();
    const set = vi.spyOn(storage.api, "set");
    onTestFinished(() => void vi.restoreAllMocks());
    session.configure(TAB, { preserve: true });
    await vi.advanceTimersByTimeAsync(2000);
    session.configure(TAB, { preserve: false });
    release();
    await vi.advanceTimersByTimeAsync(1);
    expect(set.mock.calls.length).toBe(2);
  });
});

test("a log may begin with what was repaired, if its tab is watched", async () => {
  const session = new Session("chromium", () => {});
  const change = (isWatched: boolean): void => session.change(TAB, (log) => ({ ...log, begun: 1 }), isWatched);
  change(false);
  expect(session.tabIds).toEqual([]);
  change(true);
  expect(session.get(TAB).log.begun).toBe(1);
});

test("what was repaired is seen before the log is brought back within its bounds", async () => {
  const { session, take, ids } = await filled();
  session.change(TAB, (log) => ({ ...log, exchanges: log.exchanges.flatMap((exchange) => Array.from({ length: 26 }, (_, index) => ({ ...exchange, id: `${exchange.id}-${index}`, order: 26 * exchange.order + index }))), begun: 10_400 }));
  await vi.advanceTimersByTimeAsync(2000);
  expect([ids().length, session.shown(TAB).exchanges.length]).toEqual([10_400, 10_400]);
  await take(400, 500);
  expect(ids().length).toBeLessThan(10_000);
});

test("after a worker's death there is room until DevTools have told what was lost", async () => {
  const { session, take, ids } = await filled();
  await take(400, 2000);
  const bounded = ids().length;
  expect(bounded).toBeLessThan(2000);
  const time = (long[0]?.time ?? 0) - 1000;
  session.change(TAB, (log) => ({ ...log, gap: { from: time, to: time } }));
  await take(2000, 2800);
  expect(ids().length).toBe(bounded + 800);
  session.change(TAB, (log) => ({ ...log, gap: { from: time - 8000, to: time - 8000 } }));
  await take(2800, 2900);
  expect(ids().length).toBeLessThan(bounded + 100);
});

test("a tab that goes on changing keeps no other from being written, or forgotten", async () => {
  const session = new Session("chromium", () => {});
  session.configure(TAB, { recording: true });
  session.configure(2, { recording: true });
  await vi.advanceTimersByTimeAsync(2000);
  session.configure(2, { preserve: true });
  const busy = setInterval(() => session.configure(TAB, { preserve: !session.settings(TAB).preserve }), 50);
  await vi.advanceTimersByTimeAsync(1000);
  expect(storage.there.get("tab:2")).toMatchObject({ settings: { preserve: true } });
  session.forget(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect([...storage.there.keys()]).toEqual([`tab:${TAB}`]);
  clearInterval(busy);
});

describe("what is shown", () => {
  type Watched = InstanceType<typeof Session>;
  const shownIds = (session: Watched, tabId = TAB): string[] => session.shown(tabId).exchanges.map(({ id }) => id);
  /** A session, and all that was to be seen of its first tab, in turn. */
  function watched(): { session: Watched; told: { ids: string[]; preserve: boolean; trouble: string | null }[] } {
    const told: ReturnType<typeof watched>["told"] = [];
    const session: Watched = new Session("chromium", () => void told.push({ ids: shownIds(session), preserve: session.settings(TAB).preserve, trouble: session.trouble(TAB) }));
    return { session, told };
  }
  const take = (session: Watched, from: number, to: number, tabId = TAB): void => many(from, to).forEach((event) => session.take(tabId, { ...event, tabId }));
  const wait = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
  const idsOf = (told: ReturnType<typeof watched>["told"]): string[][] => told.map(({ ids }) => ids);

  test("is written down, and what comes while it is being written isn't shown yet", async () => {
    const { session, told } = watched();
    const release = storage.hold();
    take(session, 0, 1);
    await wait(30);
    take(session, 1, 2);
    await wait(1000);
    expect(told).toEqual([]);
    release();
    await wait(1000);
    expect(idsOf(told)).toEqual([["r-0"], ["r-0", "r-1"]]);
  });

  test("is a setting or a complaint at once, though a log waits to be written", async () => {
    const { session, told } = watched();
    take(session, 0, 1);
    await wait(1000);
    const release = storage.hold();
    take(session, 1, 2);
    await wait(30);
    session.configure(TAB, { preserve: true });
    session.complain(TAB, "trial-refused");
    expect(told.slice(1)).toEqual([
      { ids: ["r-0"], preserve: true, trouble: null },
      { ids: ["r-0"], preserve: true, trouble: "trial-refused" },
    ]);
    release();
    await wait(1000);
    expect(told.at(-1)).toEqual({ ids: ["r-0", "r-1"], preserve: true, trouble: "trial-refused" });
  });

  test("is nothing of what was cleared, though a write of it is on its way", async () => {
    const { session, told } = watched();
    const release = storage.hold();
    take(session, 0, 3);
    await wait(30);
    session.clear(TAB);
    release();
    await wait(1000);
    expect(told.length).toBeGreaterThan(1);
    expect(idsOf(told).flat()).toEqual([]);
  });

  test.each([
    ["was forgotten, though its first write is on its way", 0, false, []],
    ["was forgotten, though a write of it is on its way", 1, false, [["r-0"]]],
    ["was forgotten and is watched anew, though its first write is on its way", 0, true, [["r-2"]]],
    ["was forgotten and is watched anew, though a write of it is on its way", 1, true, [["r-0"], ["r-2"]]],
  ])("is nothing of a tab that %s", async (_, before, anew, shown) => {
    const { session, told } = watched();
    take(session, 0, before);
    await wait(1000);
    const release = storage.hold();
    take(session, 1, 2);
    await wait(30);
    session.forget(TAB);
    if (anew) take(session, 2, 3);
    await wait(30);
    release();
    await wait(1000);
    expect(idsOf(told)).toEqual(shown);
    expect(shownIds(session)).toEqual(anew ? ["r-2"] : []);
  });

  test("is told no oftener than it changes, while it can't be written", async () => {
    const { session, told } = watched();
    storage.limit(100);
    take(session, 0, 1);
    await wait(5000);
    expect(told).toHaveLength(1);
  });

  test("goes without a timer that is left, where the tab is forgotten while its first write fails", async () => {
    const { session } = watched();
    storage.limit(100);
    take(session, 0, 1);
    await wait(1000);
    const release = storage.hold();
    await wait(1000);
    session.forget(TAB);
    release();
    await wait(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is what can't be written down, too, and stays when it can again", async () => {
    const { session, told } = watched();
    storage.limit(100);
    take(session, 0, 1);
    await wait(100);
    expect(session.trouble(TAB)).toBe("storage-full");
    take(session, 1, 2);
    await wait(30);
    expect(shownIds(session)).toEqual(["r-0", "r-1"]);
    session.complain(TAB, "trial-refused");
    expect(told.at(-1)).toMatchObject({ trouble: "trial-refused" });
    storage.limit(Infinity);
    const release = storage.hold();
    await wait(2000);
    take(session, 2, 3);
    await wait(100);
    release();
    await wait(2000);
    expect(session.trouble(TAB)).toBe("trial-refused");
    expect(idsOf(told).map(({ length }) => length)).toEqual(idsOf(told).map(({ length }) => length).sort());
    expect(shownIds(session)).toEqual(["r-0", "r-1", "r-2"]);
  });

  test.each([
    ["while it could not be written yet", 100],
    ["which could be written before", Infinity],
  ])("is what is left of a long log that was halved in vain, %s", async (_, holds) => {
    const { session, told } = watched();
    storage.limit(holds);
    take(session, 0, 1);
    await wait(1000);
    storage.limit(100);
    take(session, 1, 400);
    await wait(3000);
    expect(session.get(TAB).log.exchanges.length).toBeLessThan(400);
    expect(told.at(-1)?.ids).toEqual(session.get(TAB).log.exchanges.map(({ id }) => id));
  });

  test("comes as soon in a tab beside one that can't be written", async () => {
    const { session } = watched();
    take(session, 0, 2);
    await wait(1000);
    storage.limit(JSON.stringify([...storage.there]).length + 100);
    take(session, 2, 3);
    await wait(100);
    expect(session.trouble(TAB)).toBe("storage-full");
    storage.limit(Infinity);
    take(session, 5, 6, 2);
    await wait(150);
    expect(shownIds(session, 2)).toEqual(["r-5"]);
    expect([...storage.there.keys()]).not.toContain(`exchange:${TAB}:r-2`);
  });

  test("is there at once in a worker that starts again, marked as what may have missed events; and no longer when the tab is forgotten", async () => {
    const first = watched();
    first.session.take(TAB, many(0, 1)[0] ?? expect.fail());
    await wait(1000);
    const { session } = watched();
    await session.restore();
    expect(session.shown(TAB).exchanges).toMatchObject([{ id: "r-0", interrupted: true }]);
    session.forget(TAB);
    expect(shownIds(session)).toEqual([]);
  });

  test.each([
    ["soon, where it is little", 4, 50],
    ["later, after much was written", 5, 100],
  ])("is written %s", async (_, count, pause) => {
    const { session } = watched();
    const writes: number[] = [];
    const set = vi.spyOn(storage.api, "set").mockImplementation(async () => void writes.push(Date.now()));
    onTestFinished(() => set.mockRestore());
    take(session, 0, count);
    await wait(25);
    take(session, count, count + 1);
    await wait(1000);
    expect(writes.map((time) => time - (writes[0] ?? 0))).toEqual([0, pause]);
  });
});
