/** A key, with what is held beside it. */
export interface Chord {
  /** As `KeyboardEvent.key` has it; letters in upper case. */
  readonly key: string;
  /** `primary`: Ctrl, or Command on a Mac. */
  readonly held?: "primary" | "control";
  readonly shift?: boolean;
}

/** What a `KeyboardEvent` says of the keys. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether these keys are pressed, and no others. On which side of Shift a sign like `?` is, is the keyboard's affair. */
export function isChord(pressed: Pressed, { key, held, shift = false }: Chord, mac: boolean): boolean {
  const meta = held === "primary" && mac;
  const control = held !== undefined && !meta;
  if (pressed.metaKey !== meta || pressed.ctrlKey !== control || pressed.altKey) return false;
  if (!/^[A-Z]$/.test(key)) return pressed.key === key;
  return pressed.shiftKey === shift && letterOf(pressed) === key;
}

/** What a `MouseEvent` says of a press. */
export type Press = Pick<Pressed, "ctrlKey" | "metaKey" | "shiftKey"> & { readonly button: number };

/** What a press on a line of a list asks for: that line alone, all as far as it, it as well as others, or its menu. */
export function pressOf({ button, ctrlKey, metaKey, shiftKey }: Press, mac: boolean): "select" | "range" | "toggle" | "menu" {
  // With Control, a Mac takes the main button for the other one.
  if (button === 2 || (mac && ctrlKey)) return "menu";
  return shiftKey ? "range" : (mac ? metaKey : ctrlKey) ? "toggle" : "select";
}

/** Whether a key, too, asks for the menu of what has the focus. */
export function isMenuKey({ key, shiftKey }: Pick<Pressed, "key" | "shiftKey">): boolean {
  return key === "ContextMenu" || (key === "F10" && shiftKey);
}

/** As both browsers write it in their menus: `Ctrl+Shift+L`, `⇧⌘L`. */
export function chordText({ key, held, shift = false }: Chord, mac: boolean): string {
  if (mac) return `${held === "control" ? "⌃" : ""}${shift ? "⇧" : ""}${held === "primary" ? "⌘" : ""}${key}`;
  return [...(held === undefined ? [] : ["Ctrl"]), ...(shift ? ["Shift"] : []), key].join("+");
}

/** For assistive technology. https://www.w3.org/TR/wai-aria-1.2/#aria-keyshortcuts */
export function ariaChord({ key, held, shift = false }: Chord, mac: boolean): string {
  return [...(held === undefined ? [] : [held === "primary" && mac ? "Meta" : "Control"]), ...(shift ? ["Shift"] : []), key].join("+");
}

/** Where a key writes in another script, as `ㄷ` for E, its place on the keyboard tells. */
function letterOf({ key, code }: Pressed): string {
  return /^[\x20-\x7e]$/.test(key) ? key.toUpperCase() : (/^Key([A-Z])$/.exec(code)?.[1] ?? "");
}
