import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { bounded, changes, withoutSameOrigin } from "../../src/journal.ts";
import type { Log } from "../../src/model.ts";
import { A, B, Tape } from "./tapes.ts";

const get = (id: string, url: string, allowed: boolean): Tape => {
  const tape = new Tape().begin(id, "GET", url).send(id, "GET", url).head(id, "GET", url, 200);
  return allowed ? tape.start(id, "GET", url).done(id, "GET", url) : tape.fail(id, "GET", url, "net::ERR_FAILED");
};
const play = (...tapes: Tape[]): Log => tapes.flatMap(({ events }) => events).reduce(step, emptyLog("chromium"));
const ids = (log: Log): string[] => log.exchanges.map(({ id }) => id);

test("changes: what is new, what differs and what is gone, nothing else", () => {
  const before = play(get("1", B, true), new Tape().begin("2", "GET", B));
  const after = { ...[new Tape().send("2", "GET", B), new Tape().begin("3", "GET", B)].flatMap(({ events }) => events).reduce(step, before) };
  const withoutFirst = { ...after, exchanges: after.exchanges.filter(({ id }) => id !== "1") };
  const { upserted, removed } = changes(before, withoutFirst);
  expect([upserted.map(({ id }) => id), removed]).toEqual([["2", "3"], ["1"]]);
});

test.each([
  ["same origin, ended", get("1", A, true), []],
  ["same origin, in flight", new Tape().begin("1", "GET", A), ["1"]],
  ["cross-origin", get("1", B, true), ["1"]],
  ["same origin, but it was to lead away", new Tape().begin("1", "GET", A).send("1", "GET", A).head("1", "GET", A, 302, { Location: "https://u:p@api.example/" }).fail("1", "GET", A, "net::ERR_FAILED"), ["1"]],
])("withoutSameOrigin: %s", (_name, tape, kept) => {
  expect(ids(withoutSameOrigin(play(tape), "1"))).toEqual(kept);
});

describe("bounded", () => {
  const log = play(get("1", B, false), get("2", B, true), get("3", B, false), get("4", B, true), new Tape().begin("5", "GET", B));
  test.each([
    ["within its limits: the very same log", { count: 5, bytes: 50 }, ["1", "2", "3", "4", "5"]],
    ["too many: the oldest allowed first", { count: 4, bytes: 999 }, ["1", "3", "5"]],
    ["too many bytes: the same order", { count: 99, bytes: 45 }, ["1", "3", "4", "5"]],
    ["then the oldest of the others", { count: 2, bytes: 999 }, ["5"]],
  ])("%s", (_name, limits, kept) => {
    const result = bounded(log, limits, () => 10);
    expect(ids(result)).toEqual(kept);
    expect(result.dropped).toBe(5 - kept.length);
    expect(result === log).toBe(kept.length === 5);
  });

  test("what is in flight goes last, and isn't taken up again by its later events", () => {
    const begun = play(new Tape().begin("1", "GET", B), get("2", B, false), get("3", B, false));
    expect(ids(bounded(begun, { count: 2, bytes: 999 }, () => 10))).toEqual(["1"]);
    expect(ids(bounded(begun, { count: 9, bytes: 0 }, () => 10))).toEqual(["1"]);
    const none = bounded(begun, { count: 0, bytes: 0 }, () => 10);
    const later = new Tape().send("1", "GET", B).head("1", "GET", B, 200).fail("1", "GET", B, "net::ERR_FAILED").events.reduce(step, none);
    expect([ids(none), ids(later), later.dropped]).toEqual([[], [], 3]);
  });
});
