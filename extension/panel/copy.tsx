import { useEffect, useState } from "preact/hooks";
import { words } from "../words.ts";

/** How long a button says that it has copied, in milliseconds. */
const SAID_MILLISECONDS = 1500;

/** Copies a text, and says so for a moment. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SAID_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button type="button" class="copy" aria-label={label} onClick={(event) => setCopied(copyText(text, event.currentTarget))}>
      {words(copied ? "copied" : "copy")}
    </button>
  );
}

/** A panel in DevTools may not use `navigator.clipboard`: both browsers refuse it to the frame that it runs in. */
function copyText(text: string, from: HTMLElement): boolean {
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "off-screen" });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  from.focus();
  return done;
}
