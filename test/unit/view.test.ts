import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { entryOf, entryWhenAsked } from "../../src/entry.ts";
import type { Exchange } from "../../src/model.ts";
import { blockedIds } from "../../src/news.ts";
import type { TabState, ToPanel } from "../../src/protocol.ts";
import { type Action, counts, EMPTY_VIEW, incomplete, originCount, selectedEntry, update, type View, visibleRows } from "../../src/view.ts";
import { A, B, elsewhere, RECORDED, Tape } from "./tapes.ts";

const STATE: TabState = { engine: "chromium", recording: true, preserve: false, precise: false, access: true, dropped: 0, trials: [], trouble: null };

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
    expect(counts(snapshot(six).entries)).toEqual({ blocked: 1, maybe: 1, all: 5, causes: 1 });
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

describe("what passes", () => {
  const asked = (message: string): never => {
    throw new Error(message);
  };
  /** The same, of which nobody may ask more than in which lists it is, where that is no matter of the blocked ones. */
  const guarded = (view: View): View => ({
    ...view,
    entries: view.entries.map((entry) => (entry.listed === "blocked" ? entry : Object.defineProperties({ ...entry }, { verdict: { get: () => asked("judged") }, row: { get: () => asked("a row") }, searched: { get: () => asked("searched") } }))),
  });
  test("is judged by nothing that a list of blocked requests shows, counts or tells", () => {
    const view = guarded(snapshot(six));
    expect(visibleRows(view).map(({ id }) => id)).toEqual(["b", "u"]);
    expect(counts(view.entries)).toEqual({ blocked: 1, maybe: 1, all: 5, causes: 1 });
    expect(originCount(view.entries)).toBe(1);
    expect(blockedIds(view.entries)).toEqual(["b"]);
    expect(() => visibleRows({ ...view, scope: "all" })).toThrow("a row");
  });
  test.each([
    ["passes", allowed],
    ["is in flight", pending],
    ["never left its origin", local],
  ])("is judged only when it is asked for: what %s", (_, tape) => {
    const [seen] = exchanges(tape);
    if (seen === undefined) throw new Error("no exchange");
    // A verdict says whether its preflight may be another's; nothing else asks.
    const exchange: Exchange = Object.defineProperty({ ...seen }, "twins", { get: () => asked("judged") });
    const [entry] = snapshot([exchange]).entries;
    expect(entry?.listed).toBe(tape === local ? "nowhere" : "all");
    expect(() => entry?.verdict).toThrow("judged");
  });
  test.each(RECORDED)("is listed as a judgement of it says: $engine, $name", ({ engine, events }) => {
    const known = events.flatMap((_, from) => events.slice(from).reduce(step, emptyLog(engine)).exchanges);
    const begun = events.flatMap((_, to) => events.slice(0, to).reduce(step, emptyLog(engine)).exchanges);
    const call = { api: "fetch", url: B, method: "GET", time: 0, mode: "no-cors", credentials: "include", redirect: "follow", callSite: null, violatesPolicy: false } as const;
    for (const exchange of [...known, ...begun]) {
      const changes: Partial<Exchange>[] = [{}, { responseStatus: 0 }, { responseStatus: 200 }, { interrupted: true }, { refused: "content-security-policy" }, { call }, { type: "image" }, { serviceWorker: true }];
      for (const change of changes) {
        const changed = { ...exchange, ...change };
        const { listed, verdict, row, searched } = entryWhenAsked(changed, engine);
        expect({ exchange: changed, listed, verdict, row, searched }).toEqual(entryOf(changed, engine));
      }
    }
  });
});

describe("changes", () => {
  test("keep what they don't touch, judge what they do, add at the end", () => {
    const before = snapshot(exchanges(blocked, pending));
    const after = receive(before, { type: "changes", state: STATE, upserted: exchanges(ended(), allowed), removed: [], more: false });
    expect(after.entries.map(({ exchange }) => exchange.id)).toEqual(["b", "p", "a"]);
    expect(after.entries[0]).toBe(before.entries[0]);
    expect(after.entries[1]?.verdict.outcome).toBe("blocked");
    expect(before.entries[1]?.verdict.outcome).toBe("unknown");
  });
  test("take away what was removed, and its selection", () => {
    const before = apply(snapshot(six), { type: "select", id: "b" });
    const after = receive(before, { type: "changes", state: { ...STATE, dropped: 1 }, upserted: [], removed: ["b"], more: false });
    expect(ids(after)).toEqual(["u"]);
    expect(after).toMatchObject({ selected: null, tab: { dropped: 1 } });
  });
});

test("a selection outlives a reconnection, whose log comes in parts", () => {
  const before = apply(snapshot(six), { type: "select", id: "b" }, { type: "connecting" });
  expect(before.connection).toBe("connecting");
  const empty = receive(before, { type: "snapshot", state: STATE, exchanges: [], ids: six.map(({ id }) => id), more: true });
  expect(empty.connection).toBe("watching");
  const full = receive(empty, { type: "changes", state: STATE, upserted: six, removed: [], more: false });
  expect(selectedEntry(full)?.exchange.id).toBe("b");
});

describe("after a worker was lost", () => {
  const interrupted = (all: readonly Exchange[]): Exchange[] => all.map((exchange) => ({ ...exchange, interrupted: true }));
  const other = exchanges(new Tape().begin("q", "POST", B).send("q", "POST", B));
  const again = (view: View, all: readonly Exchange[]): View => receive(apply(view, { type: "connecting" }), { type: "snapshot", state: STATE, exchanges: all, ids: all.map(({ id }) => id), more: false });

  test.each([
    ["what was in flight is incomplete", exchanges(blocked, pending), interrupted(exchanges(pending)), 1],
    ["nothing is, if all was over", exchanges(blocked, allowed), exchanges(blocked, allowed), 0],
    ["nothing is, if the same worker answers again", exchanges(pending), exchanges(pending), 0],
    ["what was interrupted before is not told again", interrupted(exchanges(pending)), interrupted(exchanges(pending)), 0],
    ["nor what never left its origin", exchanges(new Tape().begin("l", "GET", `${A}/l`)), interrupted(exchanges(new Tape().begin("l", "GET", `${A}/l`))), 0],
  ])("%s", (_, before, after, expected) => {
    expect(incomplete(again(snapshot(before), after))).toBe(expected);
  });

  test("a long log, whose end comes later, counts as well", () => {
    const first = again(snapshot([...exchanges(pending), ...other]), interrupted(exchanges(pending)));
    const all = receive(first, { type: "changes", state: STATE, upserted: interrupted(other), removed: [], more: false });
    expect([incomplete(first), incomplete(all)]).toEqual([1, 2]);
  });

  test("what the next one tells again, in parts, leaves the very same entries", () => {
    const before = snapshot(six);
    const copy = structuredClone(six);
    const first = receive(apply(before, { type: "connecting" }), { type: "snapshot", state: STATE, exchanges: copy.slice(0, 3), ids: copy.map(({ id }) => id), more: true });
    const whole = receive(first, { type: "changes", state: STATE, upserted: copy.slice(3), removed: [], more: false });
    expect([first.entries === before.entries, whole.entries === before.entries]).toEqual([true, true]);
  });

  test("what has lost something since is judged anew, and nothing else", () => {
    const before = snapshot(exchanges(blocked, pending));
    const after = again(before, [...exchanges(blocked), ...interrupted(exchanges(pending))]);
    expect(after.entries[0]).toBe(before.entries[0]);
    expect(after.entries[1]?.exchange.interrupted).toBe(true);
  });

  test("it is told for a while only; the first snapshot tells nothing", () => {
    expect(incomplete(snapshot(interrupted(exchanges(pending))))).toBe(0);
    const told = apply(again(snapshot(exchanges(pending)), interrupted(exchanges(pending))), { type: "interruption-told" });
    expect(incomplete(told)).toBe(0);
  });
});

test("origins are counted by scheme, host and port, without the page's own", () => {
  const to = (id: string, url: string): Tape => new Tape().begin(id, "GET", url);
  const urls = ["https://api.example/a", "https://api.example/b?c", "http://api.example/a", "https://api.example:8443/a", "https://other.example", `${A}/own`];
  expect(originCount(snapshot(exchanges(...urls.map((url, index) => to(String(index), url)))).entries)).toBe(4);
  expect(originCount([])).toBe(0);
});

test("a reconnection keeps what it knows until it gets it anew, and nothing that is gone", () => {
  const before = apply(snapshot(six), { type: "connecting" });
  const first = receive(before, { type: "snapshot", state: STATE, exchanges: six.slice(0, 1), ids: ["b", "p", "u", "n"], more: true });
  expect(first.entries.map(({ exchange }) => exchange.id)).toEqual(["b", "p", "u"]);
  expect(first.entries[1]).toBe(before.entries[2]);
  const [news] = exchanges(new Tape().begin("n", "GET", B));
  const all = receive(first, { type: "changes", state: STATE, upserted: [...exchanges(ended()), ...(news ? [news] : [])], removed: [], more: false });
  expect(all.entries.map(({ exchange }) => exchange.id)).toEqual(["b", "p", "u", "n"]);
  expect(all.entries[1]?.verdict.outcome).toBe("blocked");
});

test("what changes nothing but the state leaves the very same entries", () => {
  const before = snapshot(six);
  expect(receive(before, { type: "changes", state: { ...STATE, recording: false }, upserted: [], removed: [], more: false }).entries).toBe(before.entries);
});

describe("what is selected and marked", () => {
  const chosen = ({ selected, marked, anchor }: View): object => ({ selected, marked: [...marked], anchor });
  const two = apply(snapshot(six), { type: "mark", ids: ["b", "u"], selected: "u", anchor: "b" });

  test("is the same, until others are marked", () => {
    const one = apply(snapshot(six), { type: "select", id: "b" });
    expect(chosen(one)).toEqual({ selected: "b", marked: ["b"], anchor: "b" });
    expect(chosen(two)).toEqual({ selected: "u", marked: ["b", "u"], anchor: "b" });
    expect(chosen(apply(two, { type: "select", id: null }))).toEqual({ selected: null, marked: [], anchor: null });
  });
  test("the selected one is among the marked ones, or there is none", () => {
    expect(chosen(apply(two, { type: "mark", ids: ["a"], selected: "u", anchor: "a" }))).toEqual({ selected: null, marked: ["a"], anchor: "a" });
  });
  test.each<[string, ToPanel, object]>([
    ["a change removes one", { type: "changes", state: STATE, upserted: [], removed: ["b"], more: false }, { selected: "u", marked: ["u"], anchor: null }],
    ["a reconnection doesn't have one", { type: "snapshot", state: STATE, exchanges: [], ids: ["a", "b"], more: false }, { selected: null, marked: ["b"], anchor: "b" }],
    ["nothing is gone", { type: "snapshot", state: STATE, exchanges: [], ids: ["b", "u"], more: true }, { selected: "u", marked: ["b", "u"], anchor: "b" }],
  ])("is forgotten with what is gone: %s", (_, message, expected) => {
    expect(chosen(receive(two, message))).toEqual(expected);
  });
});

test("order and open groups are kept while nothing is listed", () => {
  const arranged = apply(snapshot(six), { type: "sort", sort: { by: "url", descending: true } }, { type: "open", group: "x", on: true }, { type: "open", group: "y", on: true }, { type: "open", group: "x", on: false });
  const emptied = receive(arranged, { type: "changes", state: STATE, upserted: [], removed: six.map(({ id }) => id), more: false });
  expect(emptied).toMatchObject({ sort: { by: "url", descending: true }, open: new Set(["y"]) });
});

test("one more term narrows the filter", () => {
  const narrowed = apply(snapshot(six), { type: "filter", text: "get " }, { type: "narrow", term: "-domain:x" });
  expect(narrowed.filter).toBe("-domain:x get");
  // Behind a quote that is still open it would be a part of that.
  expect(ids(snapshot(six), { type: "filter", text: '"api' }, { type: "narrow", term: "domain:nowhere" })).toEqual([]);
  expect(apply(snapshot(six), { type: "narrow", term: "domain:x" }).filter).toBe("domain:x");
});

test("10,000 exchanges: one change judges one exchange", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => exchangeOf(elsewhere(blocked.events, String(index))));
  const before = snapshot(many);
  const after = receive(before, { type: "changes", state: STATE, upserted: exchanges(pending), removed: [], more: false });
  expect(after.entries.slice(0, -1)).toEqual(before.entries);
  expect(after.entries.every((entry, index) => index === 10_000 || entry === before.entries[index])).toBe(true);
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
  return receive(EMPTY_VIEW, { type: "snapshot", state: STATE, exchanges: all, ids: all.map(({ id }) => id), more: false });
}

function apply(view: View, ...actions: readonly Action[]): View {
  return actions.reduce((before, action) => update(before, action), view);
}

function ids(view: View, ...actions: readonly Action[]): string[] {
  return visibleRows(apply(view, ...actions)).map(({ id }) => id);
}
