import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChapterId } from "../../../src/learn/chapter-ids.ts";

/** Which chapter is open (null: none), and how to open and close the guide: the focus goes back to what opened it. */
export function useGuide() {
  const [chapter, setChapter] = useState<ChapterId | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const open = (at: ChapterId): void => {
    if (chapter === null) opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setChapter(at);
  };
  const close = (): void => setChapter(null);
  // What lies under an open guide can't have the focus before it is gone.
  useLayoutEffect(() => {
    if (chapter !== null) return;
    opener.current?.focus();
    opener.current = null;
  }, [chapter === null]);
  return { chapter, open, close };
}
