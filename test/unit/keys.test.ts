import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ariaChord, type Chord, chordText, isChord, isMenuKey, type Press, type Pressed, pressOf } from "../../src/keys.ts";

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const E: Chord = { key: "E", held: "primary" };
const SHIFT_L: Chord = { key: "L", held: "primary", shift: true };
const CONTROL_L: Chord = { key: "L", held: "control" };
const QUESTION: Chord = { key: "?" };

function pressed(key: string, held: Partial<Pressed> = {}): Pressed {
  return { ...NONE, key, code: "", ...held };
}

describe("keys that are pressed", () => {
  test.each([
    ["Ctrl+E", pressed("e", { ctrlKey: true }), E, false, true],
    ["with Caps Lock", pressed("E", { ctrlKey: true }), E, false, true],
    ["in Hangul, by its place", pressed("ㄷ", { ctrlKey: true, code: "KeyE" }), E, false, true],
    ["on another layout the letter counts, not the place", pressed("e", { ctrlKey: true, code: "KeyD" }), E, false, true],
    ["nor the place of another letter", pressed("d", { ctrlKey: true, code: "KeyE" }), E, false, false],
    ["a sign at its place is no letter", pressed(".", { ctrlKey: true, code: "KeyE" }), E, false, false],
    ["E alone", pressed("e"), E, false, false],
    ["with Shift too", pressed("E", { ctrlKey: true, shiftKey: true }), E, false, false],
    ["with Alt too, as AltGr is told", pressed("e", { ctrlKey: true, altKey: true }), E, false, false],
    ["Command is nothing elsewhere", pressed("e", { metaKey: true }), E, false, false],
    ["Command on a Mac", pressed("e", { metaKey: true }), E, true, true],
    ["Control on a Mac is not Command", pressed("e", { ctrlKey: true }), E, true, false],
    ["Control where Control is meant", pressed("l", { ctrlKey: true }), CONTROL_L, true, true],
    ["both", pressed("l", { ctrlKey: true, metaKey: true }), CONTROL_L, true, false],
    ["Ctrl+Shift+L", pressed("L", { ctrlKey: true, shiftKey: true }), SHIFT_L, false, true],
    ["without its Shift", pressed("l", { ctrlKey: true }), SHIFT_L, false, false],
    ["? with Shift", pressed("?", { shiftKey: true }), QUESTION, false, true],
    ["? without, where the keyboard has it so", pressed("?"), QUESTION, false, true],
    ["Ctrl+?", pressed("?", { ctrlKey: true, shiftKey: true }), QUESTION, false, false],
  ])("%s", (_, keys, chord, mac, expected) => {
    expect(isChord(keys, chord, mac)).toBe(expected);
  });

  test("no two chords are pressed at once, but for what differs only in a name", () => {
    const chord = fc.record({ key: fc.constantFrom("A", "E", "L", "?", "Enter"), held: fc.constantFrom("primary", "control", undefined), shift: fc.boolean() });
    const keys = fc.record({ key: fc.constantFrom("a", "E", "l", "?", "Enter"), code: fc.constant(""), ctrlKey: fc.boolean(), metaKey: fc.boolean(), altKey: fc.boolean(), shiftKey: fc.boolean() });
    fc.assert(
      fc.property(chord, chord, keys, fc.boolean(), (one, other, keysDown, mac) => {
        const plain = ({ held, ...rest }: typeof one): Chord => (held === undefined ? rest : { ...rest, held });
        if (!isChord(keysDown, plain(one), mac) || !isChord(keysDown, plain(other), mac)) return;
        expect(one.key).toBe(other.key);
        if (mac) expect(one.held).toBe(other.held);
        if (/^[A-Z]$/.test(one.key)) expect(one.shift).toBe(other.shift);
      }),
    );
  });
});

describe("a press on a line", () => {
  const press = (held: Partial<Press> = {}): Press => ({ button: 0, ctrlKey: false, metaKey: false, shiftKey: false, ...held });
  test.each([
    ["alone", press(), "select", "select"],
    ["with Shift", press({ shiftKey: true }), "range", "range"],
    ["with Control, which is the other button on a Mac", press({ ctrlKey: true }), "toggle", "menu"],
    ["with Command", press({ metaKey: true }), "select", "toggle"],
    ["with the other button", press({ button: 2 }), "menu", "menu"],
  ])("%s", (_, held, asked, onMac) => {
    expect([pressOf(held, false), pressOf(held, true)]).toEqual([asked, onMac]);
  });
});

test("the menu has a key of its own, and Shift+F10", () => {
  expect([pressed("ContextMenu"), pressed("F10", { shiftKey: true }), pressed("F10"), pressed("M")].map(isMenuKey)).toEqual([true, true, false, false]);
});

test.each([
  [E, "Ctrl+E", "⌘E", "Control+E", "Meta+E"],
  [SHIFT_L, "Ctrl+Shift+L", "⇧⌘L", "Control+Shift+L", "Meta+Shift+L"],
  [CONTROL_L, "Ctrl+L", "⌃L", "Control+L", "Control+L"],
  [QUESTION, "?", "?", "?", "?"],
])("%j is written as the system does", (chord, text, macText, aria, macAria) => {
  expect([chordText(chord, false), chordText(chord, true), ariaChord(chord, false), ariaChord(chord, true)]).toEqual([text, macText, aria, macAria]);
});
