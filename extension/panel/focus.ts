import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/**
 * Keeps the focus in the panes when what had it goes away, as a row's explanation does when the log is cleared: else the
 * keyboard would start again from the top of the page.
 */
export function useKeptFocus(panes: RefObject<HTMLElement | null>): void {
  // Weakly: a row that is gone still holds the log of its time.
  const last = useRef<WeakRef<Element> | null>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent): void => {
      last.current = target instanceof Element ? new WeakRef(target) : null;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  useLayoutEffect(() => {
    const lost = last.current !== null && last.current.deref()?.isConnected !== true && document.activeElement === document.body;
    // A panel that does not have the focus must not take it from the rest of DevTools.
    if (lost && document.hasFocus()) panes.current?.querySelector<HTMLElement>(".list, .state")?.focus();
  });
}
