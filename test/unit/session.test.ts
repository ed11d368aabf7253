import { beforeEach, describe, expect, test, vi } from "vitest";
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
});

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

test("a log may begin with what was repaired, if its tab is watched", async () => {
  const session = new Session("chromium", () => {});
  const change = (isWatched: boolean): void => session.change(TAB, (log) => ({ ...log, begun: 1 }), isWatched);
  change(false);
  expect(session.tabIds).toEqual([]);
  change(true);
  expect(session.get(TAB).log.begun).toBe(1);
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
  const shownIds = (session: InstanceType<typeof Session>): string[] => session.shown(TAB).log.exchanges.map(({ id }) => id);
  function watched(): { session: InstanceType<typeof Session>; told: string[][] } {
    const told: string[][] = [];
    const session = new Session("chromium", () => void told.push(shownIds(session)));
    return { session, told };
  }
  const take = (session: InstanceType<typeof Session>, from: number, to: number): void => many(from, to).forEach((event) => session.take(TAB, event));

  test("is written down, and what comes while it is being written isn't shown yet", async () => {
    const { session, told } = watched();
    const release = storage.hold();
    take(session, 0, 1);
    await vi.advanceTimersByTimeAsync(30);
    take(session, 1, 2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([]);
    release();
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([["r-0"], ["r-0", "r-1"]]);
  });

  test("is what can't be written down, too, and stays when it can again", async () => {
    const { session, told } = watched();
    storage.limit(100);
    take(session, 0, 1);
    await vi.advanceTimersByTimeAsync(100);
    expect(session.shown(TAB).trouble).toBe("storage-full");
    take(session, 1, 2);
    await vi.advanceTimersByTimeAsync(100);
    expect(shownIds(session)).toEqual(["r-0", "r-1"]);
    storage.limit(Infinity);
    const release = storage.hold();
    await vi.advanceTimersByTimeAsync(2000);
    take(session, 2, 3);
    await vi.advanceTimersByTimeAsync(100);
    release();
    await vi.advanceTimersByTimeAsync(2000);
    expect(session.shown(TAB).trouble).toBeNull();
    expect(told.map((ids) => ids.length)).toEqual(told.map((ids) => ids.length).sort());
    expect(told.at(-1)).toEqual(["r-0", "r-1", "r-2"]);
  });

  test("is there at once in a worker that starts again, marked as what may have missed events; and no longer when the tab is forgotten", async () => {
    const first = watched();
    first.session.take(TAB, many(0, 1)[0] ?? expect.fail());
    await vi.advanceTimersByTimeAsync(1000);
    const { session } = watched();
    await session.restore();
    expect(session.shown(TAB).log.exchanges).toMatchObject([{ id: "r-0", interrupted: true }]);
    session.forget(TAB);
    expect(shownIds(session)).toEqual([]);
  });
});
