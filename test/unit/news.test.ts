import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { entryOf } from "../../src/entry.ts";
import { blockedIds, news, NOTHING_TOLD, PAUSE, SETTLE, type Told, untilNews } from "../../src/news.ts";
import type { Engine, NetEvent } from "../../src/model.ts";
import { A, B, RECORDED, Tape } from "./tapes.ts";

const told = (time: number, ...ids: readonly string[]): Told => ({ ids: new Set(ids), time });

describe("how long until something is said", () => {
  test.each<[string, Told, string[], number, number | null]>([
    ["nothing was yet, and there is nothing", NOTHING_TOLD, [], 50, SETTLE],
    ["nothing was yet", NOTHING_TOLD, ["a"], 50, SETTLE],
    ["all is known", told(0, "a", "b"), ["a"], 50, null],
    ["the list is empty", told(0, "a"), [], 50, null],
    ["one is new, long after", told(0, "a"), ["a", "b"], PAUSE, SETTLE],
    ["one is new, soon after", told(1000, "a"), ["a", "b"], 1500, PAUSE - 500],
    ["one is new, a little before the next may be said", told(0, "a"), ["b"], PAUSE - SETTLE + 1, SETTLE],
  ])("%s", (_, before, ids, time, wanted) => {
    expect(untilNews(before, ids, time)).toBe(wanted);
  });
});

describe("what is said", () => {
  test.each<[string, Told, string[], { count: number; more: boolean }]>([
    ["at first: nothing, it is there to be read", NOTHING_TOLD, ["a", "b"], { count: 0, more: true }],
    ["one more", told(0, "a"), ["a", "b"], { count: 1, more: true }],
    ["several in an empty list", told(0), ["a", "b"], { count: 2, more: false }],
    ["as many again after a reload", told(0, "a", "b"), ["c", "d"], { count: 2, more: false }],
    ["nothing, where the list was cleared meanwhile", told(0, "a"), [], { count: 0, more: false }],
    ["only what is new, where some were forgotten", told(0, "a", "b"), ["b", "c"], { count: 1, more: true }],
  ])("%s", (_, before, ids, wanted) => {
    expect(news(before, ids, 9)).toEqual({ ...wanted, told: told(9, ...ids) });
  });
});

test("every blocked request is told once, and never two pieces of news within the pause", () => {
  const steps = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 3000 }), blocked: fc.integer({ min: 0, max: 3 }) }), { maxLength: 40 });
  fc.assert(
    fc.property(steps, (given) => {
      let [state, due, total]: [Told, number | null, number] = [news(NOTHING_TOLD, [], 0).told, null, 0];
      const said: { time: number; count: number }[] = [];
      const ids: string[] = [];
      let time = 0;
      for (const { wait, blocked } of [...given, { wait: 2 * PAUSE, blocked: 0 }]) {
        time += wait;
        if (due !== null && due <= time) {
          const { count, told: now } = news(state, ids, due);
          said.push({ time: due, count });
          [state, due] = [now, null];
        }
        for (let index = 0; index < blocked; index++) ids.push(`${total++}`);
        const until: number | null = due === null ? untilNews(state, ids, time) : null;
        if (until !== null) due = time + until;
      }
      expect(said.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      expect(said.slice(1).every((one, index) => one.time - (said[index]?.time ?? 0) >= PAUSE)).toBe(true);
    }),
  );
});

test("only what the browser did block counts, not what it may have, nor what passed", () => {
  const entryFor = (engine: Engine, events: readonly NetEvent[]) => {
    const [exchange] = events.reduce(step, emptyLog(engine)).exchanges;
    if (exchange === undefined) throw new Error("there is no exchange");
    return entryOf(exchange, engine);
  };
  const recorded = (wanted: string): readonly NetEvent[] => RECORDED.find(({ name }) => name === wanted)?.events ?? [];
  // Whether credentials were asked for, for which it would not do, Firefox doesn't tell.
  const unsure = new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, { "Access-Control-Allow-Origin": A }).start("1", "GET", B).done("1", "GET", B);
  const entries = [entryFor("chromium", recorded("simple, allowed")), entryFor("chromium", recorded("simple, response blocked")), entryFor("gecko", unsure.events)];
  expect(entries.map(({ verdict, listed }) => `${verdict.outcome} ${listed}`)).toEqual(["allowed all", "blocked blocked", "unknown blocked"]);
  expect(blockedIds(entries)).toEqual([entries[1]?.exchange.id]);
});
