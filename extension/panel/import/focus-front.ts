import { useEffect, useRef } from "preact/hooks";

/** When something else comes to the front, the keyboard is at its list: what had the focus may be gone. */
export function useFocusInFront(front: object | null): void {
  const before = useRef(front);
  useEffect(() => {
    if (before.current === front) return;
    before.current = front;
    // A panel that does not have the focus must not take it from the rest of DevTools.
    if (document.hasFocus()) document.querySelector<HTMLElement>(".list, .state")?.focus();
  }, [front]);
}
