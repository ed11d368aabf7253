import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Row } from "../../src/entry.ts";
import type { Action, Move } from "../../src/view.ts";
import { words } from "../words.ts";
import { ListRow } from "./list-row.tsx";
import { ROW_HEIGHT, useWindow } from "./window.ts";

interface Props {
  readonly rows: readonly Row[];
  readonly selected: string | null;
  readonly dispatch: (action: Action) => void;
  readonly element: RefObject<HTMLDivElement | null>;
}

/** The list of requests: a grid with one tab stop, in which the arrow keys move the selection. */
export function List({ rows, selected, dispatch, element }: Props) {
  const { first, last, page, onScroll } = useWindow(element, rows.length);
  const active = rows.findIndex(({ id }) => id === selected);
  useEffect(() => {
    if (active !== -1) reveal(element.current, active);
    // New rows must not scroll the list back to the selection: only a move does, and a list that gets less room.
  }, [selected, page]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moveOf(event.key, page);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && active !== -1) document.querySelector<HTMLElement>(".detail")?.focus();
    else if (event.key === "Escape") dispatch({ type: "select", id: null });
    else if (move !== null) dispatch({ type: "move", move });
    else return;
    event.preventDefault();
  };

  return (
    <div
      class="list"
      ref={element}
      role="grid"
      tabIndex={0}
      aria-label={words("list_label")}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={active >= first && active < last ? `row-${active}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div class="row list-head" role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} class={`cell cell-${column}`} role="columnheader">
            {words(`column_${column}`)}
          </span>
        ))}
      </div>
      <div class="list-body" role="rowgroup" style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
        {rows.slice(first, last).map((row, offset) => (
          <ListRow
            key={row.id}
            row={row}
            index={first + offset}
            selected={row.id === selected}
            onSelect={() => dispatch({ type: "select", id: row.id })}
          />
        ))}
      </div>
    </div>
  );
}

const COLUMNS = ["method", "url", "type", "reason", "header"] as const;

function moveOf(key: string, page: number): Move | null {
  switch (key) {
    case "ArrowDown":
      return { by: 1 };
    case "ArrowUp":
      return { by: -1 };
    case "PageDown":
      return { by: page };
    case "PageUp":
      return { by: -page };
    case "Home":
      return { to: "first" };
    case "End":
      return { to: "last" };
    default:
      return null;
  }
}

/** Scrolls no further than needed. The head sticks to the top and is as high as a row. */
function reveal(list: HTMLElement | null, index: number): void {
  if (list === null) return;
  const top = index * ROW_HEIGHT;
  const bottom = top + 2 * ROW_HEIGHT - list.clientHeight;
  if (list.scrollTop > top) list.scrollTop = top;
  else if (list.scrollTop < bottom) list.scrollTop = bottom;
}
