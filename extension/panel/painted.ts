/** Longer than any frame: a page that isn't shown paints nothing. In milliseconds. */
const LONGEST_MILLISECONDS = 200;

/** Calls back once the browser has painted what has changed until now. */
export function afterPaint(then: () => void): void {
  let done = false;
  const once = (): void => {
    if (!done) then();
    done = true;
  };
  // A task that begins in a frame runs after it.
  if (!document.hidden) requestAnimationFrame(() => setTimeout(once, 0));
  setTimeout(once, document.hidden ? 0 : LONGEST_MILLISECONDS);
}
