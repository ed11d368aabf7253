import { RECENT } from "./diagnose.ts";
import { type Entry, entryOf, type Row, type Scope } from "./entry.ts";
import type { Exchange } from "./model.ts";
import type { TabState, ToPanel } from "./protocol.ts";

/** All that the panel knows and shows, as data. */
export interface View {
  readonly connection: "connecting" | "watching";
  /** What the worker says of the tab; null until it has said anything. */
  readonly tab: TabState | null;
  /** Cross-origin exchanges and others, in the order in which they started. */
  readonly entries: readonly Entry[];
  readonly selected: string | null;
  readonly filter: string;
  readonly scope: Scope;
}

/** Where the selection goes from where it is. */
export type Move = { readonly by: number } | { readonly to: "first" | "last" };

/** All that changes what the panel shows. */
export type Action =
  | { readonly type: "connecting" }
  | { readonly type: "received"; readonly message: ToPanel }
  | { readonly type: "select"; readonly id: string | null }
  | { readonly type: "move"; readonly move: Move }
  | { readonly type: "filter"; readonly text: string }
  | { readonly type: "show"; readonly scope: Scope };

/** Nothing known yet. */
export const EMPTY_VIEW: View = {
  connection: "connecting",
  tab: null,
  entries: [],
  selected: null,
  filter: "",
  scope: "blocked",
};

/** What the panel shows after an action; unchanged exchanges keep their entries. */
export function update(view: View, action: Action): View {
  switch (action.type) {
    case "connecting":
      return { ...view, connection: "connecting" };
    case "received":
      return receive(view, action.message);
    case "select":
      return { ...view, selected: action.id };
    case "move":
      return { ...view, selected: moved(view, action.move) };
    case "filter":
      return { ...view, filter: action.text };
    case "show":
      return { ...view, scope: action.scope };
  }
}

/** What began before an entry, as much of it as can have to do with it. */
export function earlierExchanges({ entries }: Pick<View, "entries">, entry: Entry): Exchange[] {
  const index = entries.indexOf(entry);
  return entries.slice(Math.max(0, index - RECENT), Math.max(0, index)).map(({ exchange }) => exchange);
}

/** The lines of the list. Only entries, scope and filter matter to it. */
export function visibleRows({ entries, scope, filter }: Pick<View, "entries" | "scope" | "filter">): Row[] {
  const terms = filter.toLowerCase().split(/\s+/).filter((term) => term !== "" && term !== "-");
  return entries
    .filter(({ listed, searched }) => isListed(listed, scope) && terms.every((term) => fits(searched, term)))
    .map(({ row }) => row);
}

/** How many requests touched another origin, and what became of them. */
export interface Counts {
  readonly blocked: number;
  /** May have been blocked. */
  readonly maybe: number;
  readonly all: number;
}

/** Counts what is listed. */
export function counts(entries: readonly Entry[]): Counts {
  const listed = entries.filter((entry) => entry.listed === "blocked");
  const blocked = listed.filter(({ verdict }) => verdict.outcome === "blocked").length;
  const others = entries.filter((entry) => entry.listed === "all").length;
  return { blocked, maybe: listed.length - blocked, all: listed.length + others };
}

/** The entry that the detail view shows. */
export function selectedEntry({ entries, selected }: View): Entry | null {
  return selected === null ? null : (entries.find(({ exchange }) => exchange.id === selected) ?? null);
}

function receive(view: View, message: ToPanel): View {
  const engine = message.state.engine;
  if (message.type === "snapshot") {
    // The worker sends a long log in several messages: what is selected may come with a later one.
    const entries = message.exchanges.map((exchange) => entryOf(exchange, engine));
    return { ...view, connection: "watching", tab: message.state, entries };
  }
  const upserted = new Map(message.upserted.map((exchange) => [exchange.id, exchange]));
  const removed = new Set(message.removed);
  const known = view.entries
    .filter(({ exchange }) => !removed.has(exchange.id))
    .map((entry) => {
      const changed = upserted.get(entry.exchange.id);
      upserted.delete(entry.exchange.id);
      return changed === undefined ? entry : entryOf(changed, engine);
    });
  const added = [...upserted.values()].map((exchange) => entryOf(exchange, engine));
  const selected = view.selected !== null && removed.has(view.selected) ? null : view.selected;
  return { ...view, tab: message.state, entries: [...known, ...added], selected };
}

function isListed(listed: Entry["listed"], scope: Scope): boolean {
  return listed === "blocked" || (listed === "all" && scope === "all");
}

function fits(searched: string, term: string): boolean {
  return term.startsWith("-") ? !searched.includes(term.slice(1)) : searched.includes(term);
}

function moved(view: View, move: Move): string | null {
  const rows = visibleRows(view);
  const at = rows.findIndex(({ id }) => id === view.selected);
  const wanted = "to" in move ? (move.to === "first" ? 0 : rows.length - 1) : at === -1 ? 0 : at + move.by;
  return rows[Math.min(Math.max(wanted, 0), rows.length - 1)]?.id ?? null;
}
