import type { RefObject } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Row } from "../../src/entry.ts";
import { isMenuKey } from "../../src/keys.ts";
import { idsOf, lineOf, type ListLine, listLines } from "../../src/list-lines.ts";
import type { View } from "../../src/view.ts";
import { words } from "../words.ts";
import { columnText } from "./columns.ts";
import type { RequestActions } from "./context-menu.tsx";
import { useCopying } from "./copy.tsx";
import { ROW_HEIGHT, useDrawnRows } from "./drawn-rows.ts";
import { ColumnMenu, type ColumnPlace, columnWidths, focusHead, ListHead } from "./list-head.tsx";
import { ListRow, type Span } from "./list-row.tsx";
import type { Place } from "./menu.tsx";
import { CONTEXT_MENU } from "./parts.ts";
import { isShortcut, pressIn } from "./shortcuts.ts";

interface Props extends RequestActions {
  readonly rows: readonly Row[];
  readonly view: Pick<View, "selected" | "marked" | "anchor" | "grouped" | "open" | "sort">;
  readonly element: RefObject<HTMLDivElement | null>;
}

/** New rows must not scroll the list back to the selection: only a move does, another order, and a list that gets less room. */
function useRevealed(element: Props["element"], active: number, { selected, page, sort }: Pick<View, "selected" | "sort"> & { readonly page: number }): void {
  useEffect(() => {
    if (active !== -1) reveal(element.current, active);
  }, [selected, page, sort]);
}

/** The list of requests: a tree grid with one tab stop, in which the arrow keys move the selection and open groups. */
export function List({ rows, view, element, ...actions }: Props) {
  const { selected, marked, anchor, grouped, open, sort } = view;
  const { dispatch } = actions;
  const [menu, setMenu] = useState<{ readonly place: Place; readonly rows: readonly Row[] } | null>(null);
  const [columnMenu, setColumnMenu] = useState<ColumnPlace | null>(null);
  const [widths] = useState(columnWidths);
  const { said, copy } = useCopying();
  const lines = useMemo(() => listLines(rows, { grouped, open, sort, textOf: columnText }), [rows, grouped, open, sort]);
  const span = useMemo(() => spanOf(rows), [rows]);
  const { first, last, page } = useDrawnRows(element, lines.length);
  const active = useMemo(() => lineOf(lines, selected), [lines, selected]);
  const markedLines = useMemo(() => new Set(lines.filter((line) => line.rows.some(({ id }) => marked.has(id)))), [lines, marked]);
  useRevealed(element, active, { selected, page, sort });

  const toggle = ({ row: { group } }: ListLine, on: boolean): void => {
    if (group !== null) dispatch({ type: "open", group, on });
  };
  const select = (line: ListLine | undefined): void => {
    if (line !== undefined) dispatch({ type: "mark", ids: idsOf([line]), selected: line.row.id, anchor: line.row.id });
  };
  /** Marks what is between a line and the one from which a range begins: where that is gone, the selected one. */
  const markTo = (to: number): void => {
    const line = lines[to];
    if (line === undefined) return;
    const from = [lineOf(lines, anchor), active, to].find((at) => at !== -1) ?? to;
    const between = lines.slice(Math.min(from, to), Math.max(from, to) + 1);
    dispatch({ type: "mark", ids: idsOf(between), selected: line.row.id, anchor: lines[from]?.row.id ?? null });
  };
  const mark = (line: ListLine, on: boolean): void => {
    const own = new Set(idsOf([line]));
    const others = [...marked].filter((id) => !own.has(id));
    const kept = selected !== null && own.has(selected) ? (others.at(-1) ?? null) : selected;
    dispatch({ type: "mark", ids: on ? [...others, ...own] : others, selected: on ? line.row.id : kept, anchor: line.row.id });
  };
  const onPress = (line: ListLine, event: MouseEvent): void => {
    const asked = pressIn(event);
    if (asked === "range") {
      // Else the text as far as here would be selected too.
      event.preventDefault();
      element.current?.focus();
      markTo(lines.indexOf(line));
    }
    if (asked === "toggle") mark(line, !markedLines.has(line));
    if (asked === "select") select(line);
  };
  /** For all that is marked, if the line is; else for that line, which then shows that it is meant. */
  const openMenu = (place: Place, line: ListLine): void => {
    if (!markedLines.has(line)) select(line);
    const meant = markedLines.has(line) ? lines.filter((each) => markedLines.has(each)) : [line];
    // Until its code is there it could take neither keys nor the focus.
    void CONTEXT_MENU.load().then(() => setMenu({ place, rows: meant.flatMap((each) => each.rows) }));
  };
  const closeMenu = (): void => {
    setMenu(null);
    element.current?.focus();
  };
  const closeColumnMenu = (): void => {
    setColumnMenu(null);
    columnMenu?.head.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // The heads have keys of their own.
    if (event.target !== event.currentTarget) return;
    const line = lines[active];
    const { key } = event;
    if (isShortcut(event, "mark")) dispatch({ type: "mark", ids: idsOf(lines), selected, anchor });
    else if (isMenuKey(event) && line !== undefined) {
      const box = element.current?.querySelector(`#row-${active}`)?.getBoundingClientRect();
      openMenu({ left: (box?.left ?? 0) + 24, top: box?.bottom ?? 0 }, line);
    } else if (event.altKey || event.ctrlKey || event.metaKey) return;
    else if (key === "Enter" && line !== undefined) document.querySelector<HTMLElement>(".detail")?.focus();
    else if (key === "ArrowUp" && active === 0 && !event.shiftKey) focusHead(element.current);
    else if (key === "ArrowRight" && line !== undefined && line.count > 1) toggle(line, true);
    else if (key === "ArrowLeft" && line !== undefined && line.open) toggle(line, false);
    else if (key === "ArrowLeft" && line !== undefined && line.member) select(lines.find(({ row, count }) => count > 1 && row.group === line.row.group));
    else {
      const wanted = moved(key, active, page, lines.length);
      if (wanted === null) return;
      const to = Math.min(Math.max(wanted, 0), lines.length - 1);
      if (event.shiftKey) markTo(to);
      else select(lines[to]);
    }
    event.preventDefault();
  };
  const onEnter = (): void => {
    if (active === -1) select(lines[0]);
    else reveal(element.current, active);
  };

  return (
    <>
      <div
        class="list"
        style={widths}
        ref={element}
        role="treegrid"
        tabIndex={0}
        aria-label={words("list_label")}
        aria-multiselectable="true"
        aria-rowcount={lines.length + 1}
        aria-activedescendant={active >= first && active < last ? `row-${active}` : undefined}
        onKeyDown={onKeyDown}
      >
        <ListHead sort={sort} onSort={(wanted) => dispatch({ type: "sort", sort: wanted })} onLeave={onEnter} onMenu={setColumnMenu} list={element} />
        <div class="list-body" role="rowgroup" style={{ height: `${lines.length * ROW_HEIGHT}px` }}>
          {lines.slice(first, last).map((line, offset) => (
            <ListRow
              // By its place among the drawn: a jump in a long list then rewrites the elements that are there.
              key={(first + offset) % (last - first)}
              line={line}
              index={first + offset}
              active={first + offset === active}
              marked={markedLines.has(line)}
              span={span}
              onPress={(event) => onPress(line, event)}
              onToggle={() => toggle(line, !line.open)}
              onMenu={({ clientX, clientY }) => openMenu({ left: clientX, top: clientY }, line)}
            />
          ))}
        </div>
      </div>
      <p class="said" role="status">
        {said}
      </p>
      {menu !== null && <CONTEXT_MENU.Component {...menu} {...actions} onCopy={copy} onClose={closeMenu} />}
      {columnMenu !== null && <ColumnMenu {...columnMenu} list={element} onClose={closeColumnMenu} />}
    </>
  );
}

/** Where a key moves the selection, or null. */
function moved(key: string, active: number, page: number, length: number): number | null {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active === -1 ? 0 : active - 1;
    case "PageDown":
      return active + page;
    case "PageUp":
      return active - page;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return null;
  }
}

/** From the first request's beginning to the last one's end. */
function spanOf(rows: readonly Row[]): Span {
  let [start, end] = [Infinity, -Infinity];
  for (const { startedTime, endedTime } of rows) {
    start = Math.min(start, startedTime);
    end = Math.max(end, endedTime ?? startedTime);
  }
  return { start, length: Math.max(1, end - start) };
}

/** Scrolls no further than needed. The head sticks to the top and is as high as a row. */
function reveal(list: HTMLElement | null, index: number): void {
  if (list === null) return;
  const top = index * ROW_HEIGHT;
  const bottom = top + 2 * ROW_HEIGHT - list.clientHeight;
  if (list.scrollTop > top) list.scrollTop = top;
  else if (list.scrollTop < bottom) list.scrollTop = bottom;
}
