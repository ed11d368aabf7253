import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { entryOf } from "../../src/entry.ts";
import { fromHar } from "../../src/har/from-har.ts";
import { parseHar } from "../../src/har/read.ts";
import type { TabState, ToPanel } from "../../src/protocol.ts";
import { engineOf, type FileContent, type Shown, type ShownAction, updateShown, viewOf } from "../../src/shown.ts";
import { counts, EMPTY_VIEW, selectedEntry, visibleRows } from "../../src/view.ts";

const STATE: TabState = { engine: "gecko", recording: true, preserve: false, precise: false, access: true, dropped: 0, trials: [], trouble: null };

const CONTENT = contentOf("chrome.har");
const [FIRST] = CONTENT.entries;
const LIVE = CONTENT.entries.slice(0, 2).map(({ exchange }) => exchange);

const NOTHING: Shown = { live: EMPTY_VIEW, file: null };
const OPEN: ShownAction = { type: "open-file", content: CONTENT };
const CLOSE: ShownAction = { type: "close-file" };
const ID = FIRST?.exchange.id ?? "";

function contentOf(name: string): FileContent {
  const log = parseHar(readFileSync(`test/recorded/hars/${name}`, "utf8"));
  const { source, exchanges } = fromHar(log);
  return { name, source, requests: log.entries.length, entries: exchanges.map((exchange) => entryOf(exchange, source.engine)) };
}

function snapshot(all = LIVE): ShownAction {
  const message: ToPanel = { type: "snapshot", state: STATE, exchanges: all, ids: all.map(({ id }) => id), more: false };
  return { type: "received", message };
}

function after(...actions: readonly ShownAction[]): Shown {
  return actions.reduce(updateShown, NOTHING);
}

describe("what is in front", () => {
  test.each([
    ["the log, while no file is open", [snapshot()], 2],
    ["a file", [snapshot(), OPEN], 7],
    ["a file, before the worker has said anything", [OPEN], 7],
    ["the log again", [snapshot(), OPEN, CLOSE], 2],
    ["the log, with what came meanwhile", [snapshot([]), OPEN, snapshot(), CLOSE], 2],
    ["another file", [OPEN, { type: "open-file", content: { ...CONTENT, name: "b.har", entries: CONTENT.entries.slice(0, 1) } }], 1],
    ["nothing else, where there is none to close", [snapshot(), CLOSE], 2],
  ] as const)("%s", (_, actions, expected) => {
    expect(viewOf(after(...actions)).entries).toHaveLength(expected);
  });

  test.each([
    ["nobody's, at first", [], null],
    ["the tab's", [snapshot()], "gecko"],
    ["the file's", [snapshot(), OPEN], "chromium"],
    ["the tab's again", [snapshot(), OPEN, CLOSE], "gecko"],
  ] as const)("is judged by %s checks", (_, actions, expected) => {
    expect(engineOf(after(...actions))).toBe(expected);
  });
});

describe("while a file is open", () => {
  test("the worker's messages go to the log behind", () => {
    const before = after(OPEN);
    const shown = updateShown(before, snapshot());
    expect(shown.file).toBe(before.file);
    expect(shown.live.entries).toHaveLength(2);
    expect(viewOf(shown)).toMatchObject({ connection: "watching", tab: { engine: "gecko" } });
    expect(viewOf(updateShown(shown, { type: "connecting" })).connection).toBe("connecting");
  });
  test("what the log removes says nothing of a request of the file that has the same id", () => {
    const shown = after(snapshot(), OPEN, { type: "select", id: ID }, { type: "received", message: { type: "changes", state: STATE, upserted: [], removed: [ID], more: false } });
    expect(selectedEntry(viewOf(shown))?.exchange.id).toBe(ID);
    expect(shown.live.entries).toHaveLength(1);
  });
  test("it has a selection and a filter of its own, and the log keeps those that it had", () => {
    const opened = after(snapshot(), { type: "select", id: ID }, { type: "filter", text: "put" }, OPEN);
    expect(viewOf(opened)).toMatchObject({ selected: null, filter: "" });
    const closed = ([{ type: "select", id: "5" }, { type: "filter", text: "get" }, CLOSE] satisfies ShownAction[]).reduce<Shown>(updateShown, opened);
    expect(viewOf(closed)).toMatchObject({ selected: ID, filter: "put" });
  });
  test("scope and groups are a matter of taste, and go along both ways", () => {
    const opened = after({ type: "show", scope: "all" }, { type: "group", on: false }, OPEN);
    expect(viewOf(opened)).toMatchObject({ scope: "all", grouped: false });
    const closed = updateShown(updateShown(opened, { type: "group", on: true }), CLOSE);
    expect(viewOf(closed)).toMatchObject({ scope: "all", grouped: true });
  });
});

test("a recording of Chrome's is listed as a log is", () => {
  const view = viewOf(after(OPEN));
  expect(counts(view.entries)).toMatchObject({ blocked: 4, maybe: 1, all: 7 });
  expect(visibleRows(view).map(({ name, code }) => `${name} ${code}`)).toEqual([
    "trailing-slash allow-origin-mismatch",
    "header-twice allow-origin-multiple-values",
    "wildcard-with-credentials allow-origin-wildcard-with-credentials",
    "options-405 preflight-status-not-ok",
    "worker-fetch null",
  ]);
});

test("an entry goes over to another thread as it is", () => {
  expect(structuredClone(CONTENT.entries)).toEqual(CONTENT.entries);
});
