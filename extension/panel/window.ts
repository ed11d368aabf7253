import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

/** In pixels; panel.css has the same as `--row`. */
export const ROW_HEIGHT = 24;

/** Rows beyond both edges, so that a quick scroll shows no gap. */
const MARGIN = 8;

/** The part of a long list of equally high rows, below a head that is as high, that is in sight. */
export function useWindow(element: RefObject<HTMLElement | null>, length: number) {
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  const options = {
    count: length,
    getScrollElement: () => element.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: MARGIN,
    scrollMargin: ROW_HEIGHT,
    // Until it is measured, and where nothing is laid out.
    initialRect: { width: 0, height: 800 },
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => render(),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  const items = virtualizer.getVirtualItems();
  return {
    first: items[0]?.index ?? 0,
    last: (items.at(-1)?.index ?? -1) + 1,
    /** How many rows fit. */
    page: Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 800) / ROW_HEIGHT) - 1),
  };
}
