import type { Row } from "./entry.ts";
import { grouped } from "./grouped.ts";

/** By what the list may be sorted; in the order in which requests began where it isn't. */
export type SortKey = "method" | "url" | "type" | "reason" | "header" | "time";

export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** A line of the list: a request, or one of several that failed alike, which stands for all of them until they are shown. */
export interface ListLine {
  /** The newest of its group: what the user did last. */
  readonly row: Row;
  /** All that failed alike, itself included: 1 for a request of its own. */
  readonly count: number;
  /** What it stands for: while its group is closed, all of that. */
  readonly rows: readonly Row[];
  /** Their addresses, its own first. */
  readonly urls: readonly string[];
  /** The others are shown below it. */
  readonly open: boolean;
  /** It stands below the line of its group. */
  readonly member: boolean;
}

/** How rows become lines. */
export interface Arrangement {
  /** Those that failed alike, at the same server, are one line. */
  readonly grouped: boolean;
  /** The groups that are open, by their key. */
  readonly open: ReadonlySet<string>;
  readonly sort: Sort | null;
  /** A row's text in a column, as the reader sees it. */
  readonly textOf: (row: Row, by: SortKey) => string;
}

/** The lines of a list. A group stands where its first request does, whichever of them is the newest. */
export function listLines(rows: readonly Row[], arrangement: Arrangement): ListLine[] {
  const sorted = arrangement.sort === null ? rows : sortedRows(rows, arrangement.sort, arrangement.textOf);
  if (!arrangement.grouped) return sorted.map((row) => lineOfOne(row, false));
  const groups = grouped(sorted, ({ group, id }) => group ?? `alone ${id}`);
  return [...groups].flatMap(([key, members]): ListLine[] => {
    const row = members.reduce((newest, member) => (member.startedTime >= newest.startedTime ? member : newest));
    if (members.length === 1) return [lineOfOne(row, false)];
    const open = arrangement.open.has(key);
    const below = open ? members.filter((member) => member !== row).map((member) => lineOfOne(member, true)) : [];
    const rows = open ? [row] : members;
    return [{ row, count: members.length, rows, urls: [...new Set([row, ...rows].map(({ url }) => url))], open, member: false }, ...below];
  });
}

function lineOfOne(row: Row, member: boolean): ListLine {
  return { row, count: 1, rows: [row], urls: [row.url], open: false, member };
}

/** How many things are broken: what failed alike, at the same server, counts once. */
export function groupsIn(rows: readonly Row[]): number {
  const groups = new Set(rows.map(({ group }) => group));
  groups.delete(null);
  return groups.size;
}

/** The line that shows a request: its own or, while that is closed, its group's. -1 where there is none. */
export function lineOf(lines: readonly ListLine[], id: string | null): number {
  return id === null ? -1 : lines.findIndex(({ rows }) => rows.some((row) => row.id === id));
}

/** All that some lines stand for. */
export function idsOf(lines: readonly ListLine[]): string[] {
  return lines.flatMap(({ rows }) => rows.map(({ id }) => id));
}

function sortedRows(rows: readonly Row[], { by, descending }: Sort, textOf: Arrangement["textOf"]): Row[] {
  const sign = descending ? -1 : 1;
  if (by === "time") return rows.toSorted((a, b) => sign * (a.startedTime - b.startedTime));
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  const texts = new Map(rows.map((row) => [row, textOf(row, by)]));
  return rows.toSorted((a, b) => sign * compare(texts.get(a) ?? "", texts.get(b) ?? ""));
}
