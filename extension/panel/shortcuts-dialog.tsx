import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../words.ts";
import { Icon } from "./icons.tsx";
import { keysText, SHORTCUTS } from "./shortcuts.ts";

/** The list of all keys. The browser keeps the focus inside, and gives it back at the end. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = (): void => dialog.current?.close();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" && event.key !== "?") return;
    event.preventDefault();
    // Escape would go on to DevTools.
    event.stopPropagation();
    close();
  };
  return (
    <dialog
      class="shortcuts"
      ref={dialog}
      aria-label={words("shortcuts")}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={({ target }) => target === dialog.current && close()}
    >
      <div class="shortcuts-sheet">
        <h2>{words("shortcuts")}</h2>
        <button type="button" class="tool" aria-label={words("detail_close")} title={words("detail_close")} onClick={close}>
          <Icon name="close" />
        </button>
        <dl>
          {SHORTCUTS.map(({ name, chords }) => (
            <div key={name}>
              <dt>{words(`shortcut_${name}`)}</dt>
              <dd>
                {chords.map((chord) => (
                  <kbd key={keysText(chord)}>{keysText(chord)}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}
