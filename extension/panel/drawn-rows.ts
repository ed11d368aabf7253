import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** In pixels; panel.css has the same as `--row`. */
export const ROW_HEIGHT = 24;

/** Rows beyond both edges, so that a quick scroll shows no gap. */
const MARGIN = 8;

/** Until the list is measured. In pixels. */
const UNMEASURED_HEIGHT = 800;

/** The part of a long list that is drawn. */
export interface DrawnRows {
  /** The index of its first row. */
  readonly first: number;
  /** The index after its last one. */
  readonly last: number;
  /** How many rows a page key moves. */
  readonly page: number;
}

/** What is drawn of equally high rows below a head that is as high and stays in sight: those in sight, and some beyond. */
export function useDrawnRows(element: RefObject<HTMLElement | null>, length: number): DrawnRows {
  const [top, setTop] = useState(0);
  const [fitting, setFitting] = useState(rowsIn(UNMEASURED_HEIGHT));
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const onScroll = (): void => setTop(rowsIn(current.scrollTop));
    const observer = new ResizeObserver(() => {
      // One that has no room for now comes back as it was.
      if (current.clientHeight > 0) setFitting(rowsIn(current.clientHeight));
    });
    observer.observe(current);
    current.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener("scroll", onScroll);
    };
  }, []);
  return drawnRows(length, top, fitting);
}

/**
 * @param top how many rows are scrolled away; for a list that became shorter this may be too many for a moment
 * @param fitting how many rows fit, with the head
 */
export function drawnRows(length: number, top: number, fitting: number): DrawnRows {
  // As many at both ends as in the middle: a row is named by its place among the drawn, so none is made anew by scrolling.
  const size = fitting + 2 * MARGIN;
  const first = Math.max(0, Math.min(top - MARGIN, length - size));
  return { first, last: Math.min(length, first + size), page: Math.max(1, fitting - 1) };
}

/** How many rows a height has, in pixels. */
export function rowsIn(height: number): number {
  return Math.floor(height / ROW_HEIGHT);
}
