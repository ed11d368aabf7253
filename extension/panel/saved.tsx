import { useEffect } from "preact/hooks";
import { words } from "../words.ts";

/** How long it is told that a file was saved, in milliseconds. */
const TOLD_MILLISECONDS = 6000;

/** Says for a while that a file was saved: the dialog is gone by then. */
export function Saved({ name, onTold }: { readonly name: string | null; readonly onTold: (nothing: null) => void }) {
  useEffect(() => {
    if (name === null) return undefined;
    const timer = setTimeout(() => onTold(null), TOLD_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [name]);
  return (
    <p class="saved" role="status">
      {name !== null && words("export_saved", [name])}
    </p>
  );
}
