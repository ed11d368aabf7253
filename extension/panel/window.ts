import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** In pixels; panel.css has the same as `--row`. */
export const ROW_HEIGHT = 24;

/** Rows beyond both edges, so that a quick scroll shows no gap. */
const MARGIN = 8;

/** Until the list is measured, and where nothing is laid out. In pixels. */
const UNMEASURED_HEIGHT = 800;

/** The part of a long list that is to be drawn. */
export interface Window {
  /** The index of its first row. */
  readonly first: number;
  /** The index after its last one. */
  readonly last: number;
  /** How many rows a page key moves. */
  readonly page: number;
}

/** The part of a long list of equally high rows, below a head that is as high and stays in sight, that is in sight. */
export function useWindow(element: RefObject<HTMLElement | null>, length: number): Window {
  const [top, setTop] = useState(0);
  const [fitting, setFitting] = useState(rowsIn(UNMEASURED_HEIGHT));
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const onScroll = (): void => setTop(Math.floor(current.scrollTop / ROW_HEIGHT));
    const observer = new ResizeObserver(() => setFitting(rowsIn(current.clientHeight || UNMEASURED_HEIGHT)));
    observer.observe(current);
    current.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener("scroll", onScroll);
    };
  }, []);
  return windowOf(length, top, fitting);
}

/**
 * @param top the index of the first row in sight; that of a list that became shorter may be too high for a moment
 * @param fitting how many rows fit, with the head
 */
export function windowOf(length: number, top: number, fitting: number): Window {
  // As many at both ends as in the middle: a row is named by its place in the window, so none is made anew by scrolling.
  const size = fitting + 2 * MARGIN;
  const first = Math.max(0, Math.min(top - MARGIN, length - size));
  return { first, last: Math.min(length, first + size), page: Math.max(1, fitting - 1) };
}

function rowsIn(height: number): number {
  return Math.floor(height / ROW_HEIGHT);
}
