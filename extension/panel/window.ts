import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** In pixels; panel.css has the same as `--row`. */
export const ROW_HEIGHT = 24;

/** Rows beyond both edges, so that a quick scroll shows no gap. */
const MARGIN = 8;

/** The part of a long list of equally high rows that is in sight. */
export function useWindow(element: RefObject<HTMLElement | null>, length: number) {
  const [place, setPlace] = useState({ top: 0, height: 800 });
  const measure = (): void => {
    const { current } = element;
    if (current !== null) setPlace({ top: current.scrollTop, height: current.clientHeight });
  };
  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    if (element.current !== null) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  const page = Math.max(1, Math.floor(place.height / ROW_HEIGHT) - 1);
  // The list may have become shorter than it was scrolled.
  const top = Math.min(Math.floor(place.top / ROW_HEIGHT), Math.max(0, length - page));
  return {
    first: Math.max(0, top - MARGIN),
    last: Math.min(length, top + page + 2 + MARGIN),
    /** How many rows fit. */
    page,
    onScroll: measure,
  };
}
