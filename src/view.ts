import type { Exchange, HeaderFault, Outcome, Verdict } from "./model.ts";
import { judge } from "./judge.ts";
import type { TabState, ToPanel } from "./protocol.ts";
import { isCrossOrigin } from "./request.ts";
import { explain, type Phrase } from "./explain.ts";
import { isEnded, lastHop } from "./correlate.ts";

/** What the list shows: what was, or may have been, blocked; or every request that touched another origin. */
export type Scope = "blocked" | "all";

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

/** An exchange with what follows from it, worked out once, when it arrives. */
export interface Entry {
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  readonly row: Row;
  /** In which lists it is: "blocked" is in both, "nowhere" never left its own origin. */
  readonly listed: Scope | "nowhere";
  /** What the filter looks at, in lower case. */
  readonly searched: string;
}

/** A line of the list. */
export interface Row {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** The last part of the path, or the host where there is none. */
  readonly name: string;
  readonly host: string;
  readonly type: string;
  readonly outcome: Outcome;
  readonly code: string | null;
  /** It isn't over. */
  readonly pending: boolean;
  /** What blocked it. */
  readonly title: Phrase;
  readonly fault: HeaderFault | null;
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
      return keepSelection(receive(view, action.message));
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

/** The lines of the list. Only entries, scope and filter matter to it. */
export function visibleRows({ entries, scope, filter }: Pick<View, "entries" | "scope" | "filter">): Row[] {
  const terms = filter.toLowerCase().split(/\s+/).filter((term) => term !== "" && term !== "-");
  return entries
    .filter(({ listed, searched }) => isListed(listed, scope) && terms.every((term) => fits(searched, term)))
    .map(({ row }) => row);
}

/** How many were, or may have been, blocked, of how many that touched another origin. */
export function counts(entries: readonly Entry[]): { readonly blocked: number; readonly all: number } {
  const blocked = entries.filter(({ listed }) => listed === "blocked").length;
  return { blocked, all: blocked + entries.filter(({ listed }) => listed === "all").length };
}

/** The entry that the detail view shows. */
export function selectedEntry({ entries, selected }: View): Entry | null {
  return selected === null ? null : (entries.find(({ exchange }) => exchange.id === selected) ?? null);
}

function receive(view: View, message: ToPanel): View {
  const engine = message.state.engine;
  if (message.type === "snapshot") {
    const entries = message.exchanges.map((exchange) => entryOf(exchange, judge(exchange, engine)));
    return { ...view, connection: "watching", tab: message.state, entries };
  }
  const upserted = new Map(message.upserted.map((exchange) => [exchange.id, exchange]));
  const removed = new Set(message.removed);
  const known = view.entries
    .filter(({ exchange }) => !removed.has(exchange.id))
    .map((entry) => {
      const changed = upserted.get(entry.exchange.id);
      upserted.delete(entry.exchange.id);
      return changed === undefined ? entry : entryOf(changed, judge(changed, engine));
    });
  const added = [...upserted.values()].map((exchange) => entryOf(exchange, judge(exchange, engine)));
  return { ...view, tab: message.state, entries: [...known, ...added] };
}

/** A selection outlives what it points at only as far as that is in the log. */
function keepSelection(view: View): View {
  return view.selected === null || selectedEntry(view) !== null ? view : { ...view, selected: null };
}

function entryOf(exchange: Exchange, verdict: Verdict): Entry {
  const row = rowOf(exchange, verdict);
  const { method, url, type, code, fault } = row;
  const errors = [verdict.browserError, ...verdict.alternatives.map(({ browserError }) => browserError)];
  const statuses = exchange.hops.flatMap(({ preflight, request }) => [preflight?.response?.status, request.response?.status]);
  const urls = exchange.hops.slice(1).map(({ request }) => request.url);
  return {
    exchange,
    verdict,
    row,
    listed: listedIn(exchange, verdict),
    searched: [method, url, ...urls, type, code, fault?.name, ...errors, ...statuses].join("\n").toLowerCase(),
  };
}

function rowOf(exchange: Exchange, verdict: Verdict): Row {
  const { url, method } = exchange.hops[0].request;
  const first = verdict.failing[0];
  return {
    id: exchange.id,
    method,
    url,
    ...nameOf(url),
    type: exchange.type,
    outcome: verdict.outcome,
    code: verdict.code ?? first?.code ?? null,
    pending: !isEnded(exchange),
    title: explain(verdict, exchange).title,
    fault: verdict.header,
  };
}

function nameOf(url: string): { name: string; host: string } {
  if (!URL.canParse(url)) return { name: url, host: "" };
  const { pathname, search, host } = new URL(url);
  const last = pathname.split("/").findLast((part) => part !== "") ?? "/";
  return { name: `${last}${search}`, host };
}

function listedIn(exchange: Exchange, { outcome, code, failing }: Verdict): Entry["listed"] {
  if (!isCrossOrigin(exchange)) return "nowhere";
  if (outcome === "blocked") return code === "aborted" ? "all" : "blocked";
  // It failed, though nothing that was seen says why: hiding it would be to claim that it was let through.
  const failed = lastHop(exchange).request.end?.error != null;
  return outcome === "unknown" && isEnded(exchange) && (failing.length > 0 || failed) ? "blocked" : "all";
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
