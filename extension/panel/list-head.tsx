import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { isMenuKey } from "../../src/keys.ts";
import type { Sort, SortKey } from "../../src/list-lines.ts";
import { words } from "../words.ts";
import { COLUMNS } from "./columns.ts";
import { Menu, type Place } from "./menu.tsx";
import { settings } from "./settings.ts";

interface Props {
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  /** The arrow key went down from the heads, to the rows. */
  readonly onLeave: () => void;
  readonly onMenu: (menu: ColumnPlace) => void;
  readonly list: RefObject<HTMLElement | null>;
}

/** In pixels. */
const NARROWEST = 48;
/** In pixels: how much wider an arrow key makes a column. */
const STEP = 16;
/** In pixels: how much wider its menu does. */
const LEAP = 64;

/** Those that the user may make wider; what is left is for the URL. */
const RESIZABLE: readonly SortKey[] = ["method", "type", "reason", "header"];

/**
 * The heads of the columns: pressed, they sort; at their right edge most can be made wider or narrower, or by a menu. The
 * arrow key that goes up from the first row reaches them, as in any grid; with the shift key, arrows change the width.
 * https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 */
export function ListHead({ sort, onSort, onLeave, onMenu, list }: Props) {
  // Ascending, descending, as they came.
  const next = (by: SortKey): Sort | null => (sort?.by !== by ? { by, descending: false } : sort.descending ? null : { by, descending: true });
  const openMenu = (place: Place, column: SortKey, head: HTMLElement): void => {
    if (RESIZABLE.includes(column)) onMenu({ place, column, head });
  };
  const onKeyDown = (event: KeyboardEvent, column: SortKey): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    const heads = headsIn(list.current);
    const at = heads.findIndex((head) => head === document.activeElement);
    const wider = { ArrowLeft: -STEP, ArrowRight: STEP }[key];
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: heads.length - 1 }[key];
    if (isMenuKey(event)) {
      const head = heads[at];
      const { left = 0, bottom: top = 0 } = head?.getBoundingClientRect() ?? {};
      if (head !== undefined) openMenu({ left, top }, column, head);
    } else if (event.shiftKey && wider !== undefined) {
      if (RESIZABLE.includes(column)) widen(list.current, column, widthOf(heads[at]) + wider);
    } else if (to !== undefined) heads[Math.min(Math.max(to, 0), heads.length - 1)]?.focus();
    else if (key === "ArrowDown" || key === "Escape") {
      if (key === "ArrowDown") onLeave();
      list.current?.focus();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  return (
    <div class="row list-head" role="row" aria-rowindex={1}>
      {COLUMNS.map((column) => (
        <span key={column} class={`cell cell-${column}`} role="columnheader" aria-sort={sort?.by !== column ? "none" : sort.descending ? "descending" : "ascending"}>
          <button
            type="button"
            class="head"
            tabIndex={-1}
            aria-label={words(`column_${column}`)}
            aria-keyshortcuts={RESIZABLE.includes(column) ? "Shift+ArrowLeft Shift+ArrowRight" : undefined}
            onClick={() => onSort(next(column))}
            onKeyDown={(event) => onKeyDown(event, column)}
            onContextMenu={(event) => {
              event.preventDefault();
              openMenu({ left: event.clientX, top: event.clientY }, column, event.currentTarget);
            }}
          >
            {words(`column_${column}`)}
            {sort?.by === column && <span aria-hidden="true">{sort.descending ? " ▾" : " ▴"}</span>}
          </button>
          {RESIZABLE.includes(column) && <Edge column={column} list={list} />}
        </span>
      ))}
    </div>
  );
}

/** Where the menu of a column is. */
export interface ColumnPlace {
  readonly place: Place;
  readonly column: SortKey;
  readonly head: HTMLElement;
}

/** The width of a column, for whoever can't drag its edge. https://www.w3.org/TR/WCAG22/#dragging-movements */
export function ColumnMenu({ place, column, head, list, onClose }: ColumnPlace & Pick<Props, "list"> & { readonly onClose: () => void }) {
  const items = [
    { label: words("column_wider"), act: () => widen(list.current, column, widthOf(head) + LEAP) },
    { label: words("column_narrower"), act: () => widen(list.current, column, widthOf(head) - LEAP) },
    { label: words("column_usual"), act: () => unwiden(list.current, column) },
  ];
  return <Menu place={place} label={words(`column_${column}`)} items={items} onClose={onClose} />;
}

/** The right edge of a column, to be dragged. */
function Edge({ column, list }: { readonly column: SortKey; readonly list: Props["list"] }) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null);
  return (
    <span
      class="edge"
      aria-hidden="true"
      title={words("column_edge")}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom({ x: event.clientX, width: widthOf(event.currentTarget) });
      }}
      onPointerMove={({ clientX }) => from !== null && widen(list.current, column, from.width + clientX - from.x)}
      // However it ends: released, cancelled, or taken away.
      onLostPointerCapture={() => setFrom(null)}
      onDblClick={() => unwiden(list.current, column)}
    />
  );
}

/** Puts the focus on the head by which the list is sorted, or else on the first. */
export function focusHead(list: HTMLElement | null): void {
  const heads = headsIn(list);
  (heads.find((head) => head.closest("[aria-sort]")?.getAttribute("aria-sort") !== "none") ?? heads[0])?.focus();
}

/** Those that there is room for. */
function headsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>(".head") ?? [])].filter((head) => head.getClientRects().length > 0);
}

/** The width of the column of something in its head, in pixels. */
function widthOf(part: HTMLElement | undefined): number {
  return part?.parentElement?.offsetWidth ?? NARROWEST;
}

function widen(list: HTMLElement | null, column: SortKey, width: number): void {
  const pixels = Math.max(NARROWEST, Math.round(width));
  list?.style.setProperty(`--${column}`, trackOf(pixels));
  settings.set(`column-${column}`, String(pixels));
}

function unwiden(list: HTMLElement | null, column: SortKey): void {
  list?.style.removeProperty(`--${column}`);
  settings.remove(`column-${column}`);
}

/** It gives way where room is short: the pane may have become narrower since. */
function trackOf(pixels: number | string): string {
  return `minmax(0, min(${pixels}px, 40cqi))`;
}

/** The widths that the user gave columns, as a style of the list. */
export function columnWidths(): Record<string, string> {
  return Object.fromEntries(
    RESIZABLE.flatMap((column) => {
      const width = settings.get(`column-${column}`);
      return width !== null && /^[0-9]{2,4}$/.test(width) ? [[`--${column}`, trackOf(width)]] : [];
    }),
  );
}
