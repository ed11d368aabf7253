import { type Entry, entryWhenAsked, type Row, type Scope } from "./entry.ts";
import { isEnded } from "./exchange.ts";
import { CauseCache, causesIn, earlierThan } from "./filter/causes.ts";
import { parseFilter } from "./filter.ts";
import { groupsIn, type Sort } from "./list-lines.ts";
import type { Engine, Exchange } from "./model.ts";
import type { TabState, ToPanel } from "./protocol.ts";
import { saysTheSame } from "./record.ts";

/** All that the panel knows and shows, as data. */
export interface View {
  readonly connection: "connecting" | "watching";
  /** What the worker says of the tab; null until it has said anything. */
  readonly tab: TabState | null;
  /** Cross-origin exchanges and others, in the order in which they started. */
  readonly entries: readonly Entry[];
  readonly selected: string | null;
  /** What is to be copied or reported together; the selected one is among them. */
  readonly marked: ReadonlySet<string>;
  /** From where a range is marked. */
  readonly anchor: string | null;
  readonly filter: string;
  readonly scope: Scope;
  /** What failed alike is one line. */
  readonly grouped: boolean;
  /** The groups whose requests are all shown, by their key. */
  readonly open: ReadonlySet<string>;
  /** Null: in the order in which the requests began. */
  readonly sort: Sort | null;
  /** What was in flight when a worker was lost and another came: some of their events may be missing. */
  readonly interrupted: ReadonlySet<string>;
}

/** All that changes what the panel shows. */
export type Action =
  | { readonly type: "connecting" }
  | { readonly type: "received"; readonly message: ToPanel }
  | { readonly type: "select"; readonly id: string | null }
  /** Marks these and no others. The selected one is of them, or none is. */
  | { readonly type: "mark"; readonly ids: readonly string[]; readonly selected: string | null; readonly anchor: string | null }
  | { readonly type: "group"; readonly on: boolean }
  | { readonly type: "open"; readonly group: string; readonly on: boolean }
  | { readonly type: "sort"; readonly sort: Sort | null }
  | { readonly type: "filter"; readonly text: string }
  /** It was told long enough that the worker was another one. */
  | { readonly type: "interruption-told" }
  /** One more term to the filter. */
  | { readonly type: "narrow"; readonly term: string }
  | { readonly type: "show"; readonly scope: Scope };

/** Nothing known yet. */
export const EMPTY_VIEW: View = {
  connection: "connecting",
  tab: null,
  entries: [],
  selected: null,
  marked: new Set(),
  anchor: null,
  filter: "",
  scope: "blocked",
  grouped: true,
  open: new Set(),
  sort: null,
  interrupted: new Set(),
};

/** What the panel shows after an action; unchanged exchanges keep their entries. */
export function update(view: View, action: Action): View {
  switch (action.type) {
    case "connecting":
      return { ...view, connection: "connecting" };
    case "received":
      return receive(view, action.message);
    case "select":
      return { ...view, selected: action.id, marked: new Set(action.id === null ? [] : [action.id]), anchor: action.id };
    case "mark": {
      const marked = new Set(action.ids);
      return { ...view, marked, selected: action.selected !== null && marked.has(action.selected) ? action.selected : null, anchor: action.anchor };
    }
    case "group":
      return { ...view, grouped: action.on };
    case "open": {
      const others = [...view.open].filter((group) => group !== action.group);
      return { ...view, open: new Set(action.on ? [...others, action.group] : others) };
    }
    case "sort":
      return { ...view, sort: action.sort };
    case "narrow":
      // In front: behind a quote that isn't closed yet it would be a part of that.
      return { ...view, filter: `${action.term} ${view.filter}`.trim() };
    case "interruption-told":
      return { ...view, interrupted: new Set() };
    case "filter":
      return { ...view, filter: action.text };
    case "show":
      return { ...view, scope: action.scope };
  }
}

/** What began before an entry, as much of it as can have to do with it. */
export function earlierExchanges({ entries }: Pick<View, "entries">, entry: Entry): Exchange[] {
  return earlierThan(entries, entries.indexOf(entry));
}

/** What the list would show without a filter. */
export function listedEntries({ entries, scope }: Pick<View, "entries" | "scope">): Entry[] {
  return entries.filter(({ listed }) => listed === "blocked" || (listed === "all" && scope === "all"));
}

/**
 * The lines of the list. Only entries, scope and filter matter to it.
 * @param known the causes that were found before: the caller keeps it
 */
export function visibleRows(view: Pick<View, "entries" | "scope" | "filter">, known = new CauseCache()): Row[] {
  const { fits } = parseFilter(view.filter);
  const causesOf = causesIn(view.entries, known);
  return listedEntries(view).filter((entry) => fits(entry, causesOf)).map(({ row }) => row);
}

/** How many requests touched another origin, and what became of them. */
export interface Counts {
  readonly blocked: number;
  /** May have been blocked. */
  readonly maybe: number;
  readonly all: number;
  /** How many different things are wrong: what failed alike counts once. */
  readonly causes: number;
}

/** Counts what is listed. */
export function counts(entries: readonly Entry[]): Counts {
  const listed = entries.filter((entry) => entry.listed !== "nowhere");
  const wrong = listed.filter((entry) => entry.listed === "blocked");
  const blocked = wrong.reduce((sum, { verdict }) => sum + (verdict.outcome === "blocked" ? 1 : 0), 0);
  return { blocked, maybe: wrong.length - blocked, all: listed.length, causes: groupsIn(wrong.map(({ row }) => row)) };
}

/** How many origins the requests were sent to that touched another one. */
export function originCount(entries: readonly Entry[]): number {
  const listed = entries.filter((entry) => entry.listed !== "nowhere");
  // Scheme and host, without parsing thousands of addresses.
  return new Set(listed.map(({ exchange }) => exchange.hops[0].request.url.split("/", 3).join("/"))).size;
}

/** How many requests a new worker has taken over from one that was lost, and may know too little of. */
export function incomplete({ entries, interrupted }: Pick<View, "entries" | "interrupted">): number {
  if (interrupted.size === 0) return 0;
  return entries.filter(({ exchange, listed }) => listed !== "nowhere" && exchange.interrupted && interrupted.has(exchange.id)).length;
}

/** The entry that the detail view shows. */
export function selectedEntry({ entries, selected }: View): Entry | null {
  return selected === null ? null : (entries.find(({ exchange }) => exchange.id === selected) ?? null);
}

function receive(view: View, message: ToPanel): View {
  const engine = message.state.engine;
  if (message.type === "snapshot") {
    // The worker sends a long log in several messages, but says what there is with the first: what is selected may come
    // with a later one, and what is known from before a reconnection stays until then, so that the list is never shorter
    // than the log.
    const ids = new Set(message.ids);
    const known = stillThere(view.entries, (id) => ids.has(id));
    const inFlight = view.entries.filter(({ exchange }) => !isEnded(exchange) && !exchange.interrupted).map(({ exchange }) => exchange.id);
    return {
      ...view,
      ...chosenOf(view, (id) => ids.has(id)),
      connection: "watching",
      tab: message.state,
      entries: upserted(known, message.exchanges, engine),
      interrupted: new Set([...view.interrupted, ...inFlight]),
    };
  }
  const removed = new Set(message.removed);
  const known = stillThere(view.entries, (id) => !removed.has(id));
  return { ...view, ...chosenOf(view, (id) => !removed.has(id)), tab: message.state, entries: upserted(known, message.upserted, engine) };
}

/** The entries that the log still has: the very same list if it has all. */
function stillThere(entries: readonly Entry[], has: (id: string) => boolean): readonly Entry[] {
  const there = entries.filter(({ exchange }) => has(exchange.id));
  return there.length === entries.length ? entries : there;
}

/** What is selected and marked of what the log still has. */
function chosenOf({ selected, marked, anchor }: View, has: (id: string) => boolean): Pick<View, "selected" | "marked" | "anchor"> {
  const still = (id: string | null): string | null => (id !== null && has(id) ? id : null);
  return { selected: still(selected), marked: new Set([...marked].filter(has)), anchor: still(anchor) };
}

/**
 * Changed exchanges take the place of what is known of them, new ones come after all. The very same entries if there are
 * none: a worker that starts again tells its whole log once more, and nothing of that is to be judged or drawn anew.
 */
function upserted(known: readonly Entry[], exchanges: readonly Exchange[], engine: Engine): readonly Entry[] {
  const told = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const kept = known.map((entry) => {
    const exchange = told.get(entry.exchange.id);
    told.delete(entry.exchange.id);
    return exchange === undefined || saysTheSame(exchange, entry.exchange) ? entry : entryWhenAsked(exchange, engine);
  });
  if (told.size === 0 && kept.every((entry, index) => entry === known[index])) return known;
  return [...kept, ...[...told.values()].map((exchange) => entryWhenAsked(exchange, engine))];
}
