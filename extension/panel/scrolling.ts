/** The boxes of the panel that scroll what an exchange consists of. */
const PANES = ".detail, .guide-page";

/**
 * Scrolls the pane that an element is in until the element is at its top, with the margins that the style sheet gives
 * both. `scrollIntoView` would also scroll DevTools around the panel, in Chromium for good.
 */
export function scrollToTop(element: Element): void {
  const pane = element.closest(PANES);
  if (pane === null) return;
  const margin = pixels(getComputedStyle(pane).scrollPaddingTop) + pixels(getComputedStyle(element).scrollMarginTop);
  pane.scrollTop += element.getBoundingClientRect().top - pane.getBoundingClientRect().top - margin;
}

/** Scrolls a box as little as shows the whole of an element in it, and nothing around the box. */
export function scrollIntoSight(box: Element, element: Element): void {
  const [outer, inner] = [box.getBoundingClientRect(), element.getBoundingClientRect()];
  if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
}

/** A length as it is computed; `auto` is none. */
function pixels(length: string): number {
  return Number.parseFloat(length) || 0;
}
