import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Exchange } from "../../src/model.ts";
import type { TabState, ToPanel } from "../../src/protocol.ts";
import { type Action, counts, EMPTY_VIEW, selectedEntry, update, type View, visibleRows } from "../../src/view.ts";
import { A, B, elsewhere, Tape } from "./tapes.ts";

const STATE: TabState = { engine: "chromium", recording: true, preserve: false, precise: false, access: true, dropped: 0, trouble: null };

const blocked = new Tape().begin("b", "GET", B).send("b", "GET", B).head("b", "GET", B, 200).fail("b", "GET", B, "net::ERR_FAILED");
const allowed = new Tape().begin("a", "GET", B).send("a", "GET", B).head("a", "GET", B, 200, { "Access-Control-Allow-Origin": "*" }).start("a", "GET", B).done("a", "GET", B);
const pending = new Tape().begin("p", "POST", B).send("p", "POST", B);
const aborted = new Tape().begin("x", "GET", B).send("x", "GET", B).fail("x", "GET", B, "net::ERR_ABORTED");
const local = new Tape().begin("l", "GET", `${A}/l`).send("l", "GET", `${A}/l`).head("l", "GET", `${A}/l`, 500).done("l", "GET", `${A}/l`);
// Blocked, but every header passes: nobody knows why.
const unexplained = new Tape().begin("u", "GET", B).send("u", "GET", B, { Cookie: "a=1" })
  .head("u", "GET", B, 200, { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Credentials": "true" }).fail("u", "GET", B, "net::ERR_FAILED");

const six = exchanges(blocked, allowed, pending, aborted, local, unexplained);

describe("the list", () => {
  test("of blocked requests has what was or may have been blocked, and nothing else", () => {
    expect(ids(snapshot(six))).toEqual(["b", "u"]);
  });
  test("of all requests has what touched another origin", () => {
    expect(ids(snapshot(six), { type: "show", scope: "all" })).toEqual(["b", "a", "p", "x", "u"]);
  });
  test("is counted without what never left its origin", () => {
    expect(counts(snapshot(six).entries)).toEqual({ blocked: 1, maybe: 1, all: 5 });
  });
  test.each([
    ["post", ["p"]],
    ["API.EXAMPLE", ["b", "a", "p", "x", "u"]],
    ["allow-origin-missing", ["b"]],
    ["-get", ["p"]],
    ["get -aborted", ["b", "a", "u"]],
    ["fetch/xhr", ["b", "a", "p", "x", "u"]],
    [" - ", ["b", "a", "p", "x", "u"]],
    ["nowhere", []],
  ])("filtered by %j", (text, expected) => {
    expect(ids(snapshot(six), { type: "show", scope: "all" }, { type: "filter", text })).toEqual(expected);
  });
  test("says what a line is about", () => {
    const [row] = visibleRows(snapshot(six));
    expect(row).toMatchObject({
      method: "GET",
      name: "/",
      host: "api.example",
      type: "fetch/xhr",
      outcome: "blocked",
      code: "allow-origin-missing",
      title: { key: "title_allow_origin_missing" },
      fault: { name: "Access-Control-Allow-Origin", on: "response", actual: null },
    });
  });
});

describe("changes", () => {
  test("keep what they don't touch, judge what they do, add at the end", () => {
    const before = snapshot(exchanges(blocked, pending));
    const after = receive(before, { type: "changes", state: STATE, upserted: exchanges(ended(), allowed), removed: [] });
    expect(after.entries.map(({ exchange }) => exchange.id)).toEqual(["b", "p", "a"]);
    expect(after.entries[0]).toBe(before.entries[0]);
    expect(after.entries[1]?.verdict.outcome).toBe("blocked");
    expect(before.entries[1]?.verdict.outcome).toBe("unknown");
  });
  test("take away what was removed, and its selection", () => {
    const before = apply(snapshot(six), { type: "select", id: "b" });
    const after = receive(before, { type: "changes", state: { ...STATE, dropped: 1 }, upserted: [], removed: ["b"] });
    expect(ids(after)).toEqual(["u"]);
    expect(after).toMatchObject({ selected: null, tab: { dropped: 1 } });
  });
});

test("a selection outlives a reconnection, whose log comes in parts", () => {
  const before = apply(snapshot(six), { type: "select", id: "b" }, { type: "connecting" });
  expect(before.connection).toBe("connecting");
  const empty = receive(before, { type: "snapshot", state: STATE, exchanges: [] });
  expect(empty.connection).toBe("watching");
  expect(selectedEntry(empty)).toBeNull();
  const full = receive(empty, { type: "changes", state: STATE, upserted: six, removed: [] });
  expect(selectedEntry(full)?.exchange.id).toBe("b");
});

test("the selection moves over what is shown", () => {
  const all = apply(snapshot(six), { type: "show", scope: "all" });
  const at = (...actions: Action[]): string | null => apply(all, ...actions).selected;
  const down: Action = { type: "move", move: { by: 1 } };
  expect(at(down)).toBe("b");
  expect(at(down, down)).toBe("a");
  expect(at(down, { type: "move", move: { by: -5 } })).toBe("b");
  expect(at({ type: "move", move: { to: "last" } }, down)).toBe("u");
  expect(at({ type: "filter", text: "nowhere" }, down)).toBeNull();
});

test("10,000 exchanges: one change costs little and judges one exchange", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => exchangeOf(elsewhere(blocked.events, String(index))));
  const before = snapshot(many);
  const started = performance.now();
  const after = receive(before, { type: "changes", state: STATE, upserted: exchanges(pending), removed: [] });
  const milliseconds = performance.now() - started;
  expect(after.entries.slice(0, -1)).toEqual(before.entries);
  expect(after.entries.every((entry, index) => index === 10_000 || entry === before.entries[index])).toBe(true);
  expect(milliseconds).toBeLessThan(100);
});

function ended(): Tape {
  return new Tape().begin("p", "POST", B).send("p", "POST", B).head("p", "POST", B, 200).fail("p", "POST", B, "net::ERR_FAILED");
}

function exchangeOf(events: Tape["events"]): Exchange {
  const [exchange] = events.reduce(step, emptyLog("chromium")).exchanges;
  if (exchange === undefined) throw new Error("no exchange");
  return exchange;
}

function exchanges(...tapes: readonly Tape[]): Exchange[] {
  return tapes.map(({ events }) => exchangeOf(events));
}

function receive(view: View, message: ToPanel): View {
  return update(view, { type: "received", message });
}

function snapshot(all: readonly Exchange[]): View {
  return receive(EMPTY_VIEW, { type: "snapshot", state: STATE, exchanges: all });
}

function apply(view: View, ...actions: readonly Action[]): View {
  return actions.reduce(update, view);
}

function ids(view: View, ...actions: readonly Action[]): string[] {
  return visibleRows(apply(view, ...actions)).map(({ id }) => id);
}
