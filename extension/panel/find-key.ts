import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { isShortcut } from "./shortcuts.ts";

/** The keys that find go to an input and select what it has. */
export function useFindKey(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!isShortcut(event, "find")) return;
      event.preventDefault();
      // Chrome's DevTools listen in their panels too, and would open a search that finds nothing here.
      event.stopImmediatePropagation();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
}
