import { useEffect, useRef, useState } from "preact/hooks";

/**
 * How long after the last word of it a drag is over, in milliseconds: `dragover` comes at least twice a second, and a
 * frame of another process isn't always told that it was left. https://html.spec.whatwg.org/#drag-and-drop-processing-model
 */
const OVER_MILLISECONDS = 1000;

/**
 * Takes files that are dropped anywhere on the panel; what isn't a file goes where the browser would put it.
 * @returns whether files are over the panel now
 */
export function useDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = (now: boolean): void => {
      clearTimeout(timer ?? undefined);
      timer = now ? setTimeout(() => setOver(false), OVER_MILLISECONDS) : null;
      setOver(now);
    };
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      // Without this the browser would show the file in the panel's place.
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
      show(true);
    };
    // From one element of the panel to another it is still there.
    const onLeave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) show(false);
    };
    const onDrop = (event: DragEvent): void => {
      show(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener("dragover", onOver);
    document.addEventListener("dragleave", onLeave);
    document.addEventListener("drop", onDrop);
    return () => {
      clearTimeout(timer ?? undefined);
      document.removeEventListener("dragover", onOver);
      document.removeEventListener("dragleave", onLeave);
      document.removeEventListener("drop", onDrop);
    };
  }, []);
  return over;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") === true;
}
