import type { Random } from "../conformance/random.ts";
import { changed, type Json, type Path, paths, textOf } from "./sample.ts";
import type { Seed } from "./seeds.ts";

/** A file made of a real one by some changes: to its structure, to its text, or to both. */
export function mutated(seeds: readonly Seed[], from: Random): { readonly name: string; readonly text: string } {
  const { name, har } = from.pick(seeds);
  const text = textOf(from.chance(0.8) ? restructured(har, seeds, from) : har);
  return { name, text: from.chance(0.3) ? respelt(text, from) : text };
}

type Change = "delete" | "retype" | "splice" | "number" | "swap" | "repeat" | "rename" | "borrow";

const CHANGES: Readonly<Record<Change, number>> = { delete: 3, retype: 3, splice: 6, number: 2, swap: 3, repeat: 1, rename: 1, borrow: 3 };

const TYPES: readonly Json[] = [null, true, 0, -1, "", "text", [], {}, [null], { name: "x" }, "«1e400»", "«-0»", 1e308, 8.64e15, -8.64e15, 9e15, "2026-01-02T03:04:05Z", "null", "*", "https://app.example", "https://[", "//", "\uD800", "__proto__", "OPTIONS", "preflight", "main"];

/** What is put into texts: what parsers and patterns stop at. */
const PIECES = ["", " ", ",", ", ", ":", ";", "=", "&", "?", "#", "/", "//", "\\", "@", "%", "%40", "%00", "*", "null", "true", "Origin", "\"", "'", "\0", "\t", "\n", "\r\n", "\uD800", "\uDC00", "\u202E", "é", "💩", "eyJhbGciOiJub25lIn0.e30.", "a@b.example", "http://", "https://user:pw@", "javascript:", "0", "9".repeat(30), "a".repeat(300), "x-a,".repeat(100)] as const;

const SHORTEST_NUMBERS: readonly number[] = [0, -0, 1, -1, 0.1, 200, 204, 301, 302, 304, 307, 308, 401, 404, 500, 999, 1e3, 5e3, 1e9, 2 ** 31, 2 ** 53, 1e21, 8.64e15, -8.64e15, 8.65e15, 1e308, -1e308, 5e-324];

function restructured(har: Json, seeds: readonly Seed[], from: Random): Json {
  let value = har;
  do value = changedOnce(value, seeds, from);
  while (from.chance(0.7));
  return value;
}

function changedOnce(value: Json, seeds: readonly Seed[], from: Random): Json {
  const all = paths(value);
  if (all.length === 0) return from.pick(seeds).har;
  const path = from.pick(all);
  const found = at(value, path);
  switch (from.weighted(CHANGES)) {
    case "delete":
      return changed(value, path, undefined);
    case "retype":
      return changed(value, path, from.pick(TYPES));
    case "splice": {
      const texts = all.filter((each) => typeof at(value, each) === "string");
      if (texts.length === 0) return value;
      const place = from.pick(texts);
      return changed(value, place, spliced(String(at(value, place)), from));
    }
    case "number": {
      const numbers = all.filter((each) => typeof at(value, each) === "number");
      return numbers.length === 0 ? value : changed(value, from.pick(numbers), from.pick(SHORTEST_NUMBERS));
    }
    case "swap": {
      const other = from.pick(all);
      return changed(changed(value, path, at(value, other)), other, found);
    }
    case "repeat": {
      const list = at(value, path.slice(0, -1));
      if (!Array.isArray(list)) return value;
      const times = from.pick([1, 1, 1, 2, 5, 30]);
      return changed(value, path.slice(0, -1), [...(list as readonly Json[]), ...Array.from({ length: times }, () => found)]);
    }
    case "rename": {
      const name = from.pick(["__proto__", "constructor", "toString", "length", "log", "entries", "_cors", "request", "url", "x"]);
      return changed(changed(value, path, undefined), [...path.slice(0, -1), name], found);
    }
    case "borrow": {
      const other = from.pick(seeds).har;
      // The same kind of part, of another file or another entry.
      const same = paths(other).filter((each) => each.length === path.length && each.at(-1) === path.at(-1));
      return changed(value, path, at(other, from.pick(same.length > 0 ? same : paths(other))));
    }
  }
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((part, name) => (typeof part === "object" && part !== null && Object.hasOwn(part, name) ? ((part as { readonly [name: string | number]: Json })[name] ?? null) : null), value);
}

function spliced(text: string, from: Random): string {
  const places = Array.from({ length: text.length + 1 }, (_, index) => index);
  const [start, end] = [from.pick(places), from.pick(places)].sort((a, b) => a - b);
  return text.slice(0, start) + from.pick(PIECES) + text.slice(from.chance(0.5) ? start : end);
}

/** Some bytes are others, some are gone, and some come twice. */
function respelt(text: string, from: Random): string {
  let units = text;
  do {
    const start = placeIn(units, from);
    const end = from.chance(0.8) ? start + 1 : placeIn(units, from);
    const put = from.chance(0.3) ? units.slice(start, end) + units.slice(start, end) : from.chance(0.3) ? "" : from.chance(0.5) ? from.pick(PIECES) : from.pick([..."{}[]\",:0-e.\\ntu \uFFFD\u0001"]);
    units = units.slice(0, start) + put + units.slice(end);
  } while (from.chance(0.5));
  return units;
}

/** As a number of so many digits: lists of all places would be long. */
function placeIn(text: string, from: Random): number {
  const digits = Array.from({ length: String(text.length).length }, () => from.pick([..."0123456789"])).join("");
  return Number(digits) % (text.length + 1);
}
