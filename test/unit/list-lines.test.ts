import { describe, expect, test } from "vitest";
import type { Row } from "../../src/entry.ts";
import { groupsIn, idsOf, lineOf, listLines, type Sort } from "../../src/list-lines.ts";

const row = (id: string, group: string | null, change: Partial<Row> = {}): Row => ({
  id, group, method: "GET", url: `https://api.example/${id}`, name: id, host: "api.example", type: "fetch/xhr", outcome: group === null ? "allowed" : "blocked", code: null, pending: false, onTrial: false,
  title: { key: "t", params: [] }, cause: null, fault: null, startedTime: Number(id), endedTime: null, ...change,
});
const ROWS = [row("1", "x"), row("2", "y"), row("3", null), row("4", "x"), row("5", "x"), row("6", null)];

const shown = (rows: readonly Row[], { grouped = true, open = [], sort = null }: { grouped?: boolean; open?: string[]; sort?: Sort | null } = {}): string[] =>
  listLines(rows, { grouped, open: new Set(open), sort, textOf: ({ method, url }, by) => (by === "method" ? method : url) }).map(
    ({ row: { id }, count, open: isOpen, member }) => `${member ? "  " : ""}${id}${count > 1 ? ` ×${count}${isOpen ? " open" : ""}` : ""}`,
  );

describe("lines", () => {
  test.each<[string, string[], string[]]>([
    ["alike are one, the newest of them, where the first stands", shown(ROWS), ["5 ×3", "2", "3", "6"]],
    ["an open group has the others below it, in their order", shown(ROWS, { open: ["x"] }), ["5 ×3 open", "  1", "  4", "2", "3", "6"]],
    ["a group of one has nothing to open", shown(ROWS, { open: ["y"] }), ["5 ×3", "2", "3", "6"]],
    ["whichever the order, the newest is shown", shown(ROWS, { sort: { by: "url", descending: true } }), ["6", "5 ×3", "3", "2"]],
    ["ungrouped", shown(ROWS, { grouped: false, open: ["x"] }), ["1", "2", "3", "4", "5", "6"]],
    ["none", shown([]), []],
    ["sorted by time, the latest first", shown(ROWS, { sort: { by: "time", descending: true } }), ["6", "5 ×3", "3", "2"]],
    ["sorted by a text, numbers by their value", shown([row("10", null), row("9", null), row("1", null)], { sort: { by: "url", descending: false } }), ["1", "9", "10"]],
    ["equal ones keep their order", shown(ROWS, { grouped: false, sort: { by: "method", descending: true } }), ["1", "2", "3", "4", "5", "6"]],
  ])("%s", (_name, found, wanted) => expect(found).toEqual(wanted));

  test("how many things are broken", () => {
    expect(groupsIn(ROWS)).toBe(2);
  });

  test("the line of a request: its own, else that of its closed group", () => {
    const lines = listLines(ROWS, { grouped: true, open: new Set(), sort: null, textOf: () => "" });
    expect(["1", "4", "2", "6", "7", null].map((id) => lineOf(lines, id))).toEqual([0, 0, 1, 3, -1, -1]);
    const opened = listLines(ROWS, { grouped: true, open: new Set(["x"]), sort: null, textOf: () => "" });
    expect(["5", "1", "4", "2"].map((id) => lineOf(opened, id))).toEqual([0, 1, 2, 3]);
  });

  test("a closed group stands for all that failed alike, an open one for what it shows", () => {
    const arrangement = { grouped: true, sort: null, textOf: () => "" };
    expect(idsOf(listLines(ROWS, { ...arrangement, open: new Set() }).slice(0, 2))).toEqual(["1", "4", "5", "2"]);
    expect(idsOf(listLines(ROWS, { ...arrangement, open: new Set(["x"]) }).slice(0, 2))).toEqual(["5", "1"]);
  });

  test("a closed group has each of its addresses once, the one that it shows first", () => {
    const rows = [row("1", "x"), row("2", "x"), row("3", "x", { url: "https://api.example/1" })];
    const urlsOf = (open: string[]): (readonly string[])[] => listLines(rows, { grouped: true, open: new Set(open), sort: null, textOf: () => "" }).map(({ urls }) => urls);
    expect(urlsOf([])).toEqual([["https://api.example/1", "https://api.example/2"]]);
    expect(urlsOf(["x"])).toEqual([["https://api.example/1"], ["https://api.example/1"], ["https://api.example/2"]]);
  });
});
