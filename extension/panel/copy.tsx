import { useEffect, useState } from "preact/hooks";
import { words } from "../words.ts";

/** How long it is said that something was copied, in milliseconds. */
const SAID_MILLISECONDS = 1500;

/** Copies a text, and says so for a moment. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  const { said, copy } = useCopying();
  return (
    <>
      <button type="button" class="copy" aria-label={label} onClick={() => copy(text)}>
        {said ?? words("copy")}
      </button>
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}

/** Copies texts, and has words for a moment on how that went. */
export function useCopying(): { readonly said: string | null; readonly copy: (text: string) => void } {
  const [copied, setCopied] = useState<{ readonly done: boolean } | null>(null);
  useEffect(() => {
    if (copied === null) return undefined;
    const timer = setTimeout(() => setCopied(null), SAID_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [copied]);
  return { said: copied && words(copied.done ? "copied" : "copy_failed"), copy: (text) => setCopied({ done: copyText(text) }) };
}

/** A panel in DevTools may not use `navigator.clipboard`: both browsers refuse it to the frame that it runs in. */
function copyText(text: string): boolean {
  const { activeElement } = document;
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "off-screen" });
  // What is outside of an open dialog can't be selected.
  (activeElement?.closest("dialog") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return done;
}
