import { useEffect, useRef } from "preact/hooks";
import { IS_FIREFOX } from "../is-firefox.ts";
import { ariaChord, type Chord, chordText, isChord, type Press, pressOf } from "../../src/keys.ts";

/** What the panel does by a key wherever the focus is, but for where one types. */
export type Command = "record" | "clear" | "open" | "shortcuts";

/** Keys and what they do; without a command they are heeded by the part of the panel that has the focus. */
export interface Shortcut {
  /** Its words are `shortcut_<name>`. */
  readonly name: string;
  readonly command: Command | null;
  /** Any of them. */
  readonly chords: readonly Chord[];
}

const IS_MAC = navigator.platform.startsWith("Mac");

/** Chrome's Network panel has ⌘K on a Mac; Firefox's has none, so there it is the Console's. */
const CLEAR: readonly Chord[] = [
  ...(IS_FIREFOX ? [IS_MAC ? ({ key: "L", held: "control" } as const) : ({ key: "L", held: "primary", shift: true } as const)] : []),
  ...(IS_MAC && !IS_FIREFOX ? [{ key: "K", held: "primary" } as const] : []),
  { key: "L", held: "primary" },
];

/**
 * The keys of the panel, as they are listed. Those that work wherever the focus is, and letters, are heeded by this table;
 * arrows and the like are chosen where they are heeded.
 */
export const SHORTCUTS: readonly Shortcut[] = [
  { name: "record", command: "record", chords: [{ key: "E", held: "primary" }] },
  { name: "clear", command: "clear", chords: CLEAR },
  { name: "open", command: "open", chords: [{ key: "O", held: "primary" }] },
  { name: "find", command: null, chords: [{ key: "F", held: "primary" }] },
  { name: "close", command: null, chords: [{ key: "Esc" }] },
  { name: "list", command: "shortcuts", chords: [{ key: "?" }] },
  { name: "move", command: null, chords: [{ key: "↑" }, { key: "↓" }] },
  { name: "explain", command: null, chords: [{ key: "Enter" }] },
  { name: "group", command: null, chords: [{ key: "→" }, { key: "←" }] },
  { name: "mark", command: null, chords: [{ key: "A", held: "primary" }] },
  { name: "menu", command: null, chords: [{ key: "F10", shift: true }] },
];

/** Whether the keys of a shortcut are pressed. */
export function isShortcut(event: KeyboardEvent, name: string): boolean {
  return SHORTCUTS.some((shortcut) => shortcut.name === name && shortcut.chords.some((chord) => isChord(event, chord, IS_MAC)));
}

/** What a press on a line of the list asks for. */
export function pressIn(event: Press): ReturnType<typeof pressOf> {
  return pressOf(event, IS_MAC);
}

/** The keys as the user's system writes them. */
export function keysText(chord: Chord): string {
  return chordText(chord, IS_MAC);
}

/** What a command's button says of its keys, beside its name. */
export function keysOf(command: Command): { readonly text: string; readonly aria: string } {
  const chords = SHORTCUTS.find((shortcut) => shortcut.command === command)?.chords ?? [];
  return { text: chords.slice(0, 1).map(keysText).join(""), aria: chords.map((chord) => ariaChord(chord, IS_MAC)).join(" ") };
}

/**
 * Heeds the keys of commands and the Escape key, as long as the panel is there.
 * @param closeTop closes what lies on top, and says whether there was anything
 */
export function useShortcuts(commands: Readonly<Record<Command, () => void>>, closeTop: () => boolean): void {
  const latest = useRef({ commands, closeTop });
  latest.current = { commands, closeTop };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || document.querySelector("dialog[open]") !== null) return;
      const command = SHORTCUTS.find(({ name }) => isShortcut(event, name))?.command ?? null;
      if (command === null) return;
      swallow(event);
      if (!event.repeat) latest.current.commands[command]();
    };
    // Menus and dialogs come first: what they close is used up.
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.target)) return;
      if (latest.current.closeTop()) swallow(event);
    };
    window.addEventListener("keydown", onKeyDown, true);
    document.body.addEventListener("keydown", onEscape);
    return () => {
      window.removeEventListener("keydown", onKeyDown, true);
      document.body.removeEventListener("keydown", onEscape);
    };
  }, []);
}

/** Chrome's DevTools listen in their panels too: Escape would open their drawer. */
function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}
