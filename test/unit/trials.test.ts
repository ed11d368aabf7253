import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Trial } from "../../src/trial.ts";
import { B, Tape } from "./tapes.ts";

/** The browser's rules, and when it answers. */
const rules = vi.hoisted(() => {
  const there = new Set<number>();
  let refuses = false;
  let waits: Promise<void> | null = null;
  return {
    there,
    refuse: (on: boolean) => void (refuses = on),
    hold(): () => void {
      let release = (): void => {};
      waits = new Promise((resolve) => (release = resolve));
      return () => {
        waits = null;
        release();
      };
    },
    api: {
      getSessionRules: async () => [...there].map((id) => ({ id })),
      async updateSessionRules({ addRules = [], removeRuleIds = [] }: { addRules?: { id: number }[]; removeRuleIds?: number[] }): Promise<void> {
        await waits;
        if (refuses) throw new Error("refused");
        for (const id of removeRuleIds) there.delete(id);
        for (const { id } of addRules) there.add(id);
      },
    },
  };
});
vi.mock("../../extension/browser.ts", () => ({ default: { declarativeNetRequest: rules.api } }));
const { Trials } = await import("../../extension/trials.ts");

const U = `${B}/items`;
const trial = (id: string): Trial => ({ id, url: U, method: "GET", type: "xmlhttprequest", origin: null, cannot: [], changes: [{ url: U, method: "GET", lines: [{ name: "Access-Control-Allow-Origin", value: "*" }] }] });
/** As many rules as one change of one address takes: with a fragment, and without. */
const A_TRIAL = 2;
const event = (tape: Tape) => tape.events[0]!;

describe("trials", () => {
  beforeEach(() => {
    rules.there.clear();
    rules.refuse(false);
    vi.spyOn(console, "error").mockImplementation(() => {});
  });

  test("begin without what the last worker left", async () => {
    rules.there.add(101).add(102);
    const trials = new Trials();
    expect(await trials.start(7, trial("a"))).toBe(true);
    expect(rules.there.size).toBe(A_TRIAL);
    expect(trials.in(7).map(({ id }) => id)).toEqual(["a"]);
    expect(trials.in(8)).toEqual([]);
  });

  test("end one by one, and all of a tab", async () => {
    const trials = new Trials();
    for (const id of ["a", "b", "c"]) await trials.start(7, trial(id));
    await trials.start(8, trial("d"));
    await trials.stop(7, "b");
    expect([trials.in(7).map(({ id }) => id), rules.there.size]).toEqual([["a", "c"], 3 * A_TRIAL]);
    await trials.stop(7, null);
    expect([trials.in(7), trials.in(8).length, rules.there.size]).toEqual([[], 1, A_TRIAL]);
  });

  test("stopped while it starts, nothing is left of it", async () => {
    const trials = new Trials();
    const release = rules.hold();
    const started = trials.start(7, trial("a"));
    const stopped = trials.stop(7, null);
    release();
    await Promise.all([started, stopped]);
    expect([trials.in(7), rules.there.size]).toEqual([[], 0]);
  });

  test("started twice at once, it is there once", async () => {
    const trials = new Trials();
    await Promise.all([trials.start(7, trial("a")), trials.start(7, trial("a"))]);
    expect([trials.in(7).length, rules.there.size]).toEqual([1, A_TRIAL]);
  });

  test("a browser that refuses is told of, and the next trial is not harmed", async () => {
    const trials = new Trials();
    await trials.start(7, trial("a"));
    rules.refuse(true);
    expect(await trials.start(7, trial("b"))).toBe(false);
    expect(await trials.stop(7, "a")).toBe(false);
    rules.refuse(false);
    expect(await trials.start(7, trial("c"))).toBe(true);
    expect(trials.in(7).map(({ id }) => id)).toEqual(["a", "c"]);
  });

  test("a request is under what was on when it began, and again when it was redirected", async () => {
    const trials = new Trials();
    const began = event(new Tape({ tabId: 7 }).begin("1", "GET", U));
    const head = event(new Tape({ tabId: 7 }).head("1", "GET", U, 200));
    expect(trials.over(began)).toBe(null);
    await trials.start(7, trial("a"));
    expect(trials.over(head)).toBe(null);
    expect(trials.over(began)?.trials).toEqual(["a"]);
    await trials.stop(7, null);
    expect(trials.over(head)?.trials).toEqual(["a"]);
    expect(trials.over(event(new Tape({ tabId: 7 }).begin("1", "GET", `${U}/moved`)))).toBe(null);
    expect(trials.over(head)).toBe(null);
  });
});
