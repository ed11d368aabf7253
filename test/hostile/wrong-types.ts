import type { Hostile } from "./corpus.ts";
import { changed, type Json, type Path, paths, placeOf, SAMPLE, textOf } from "./sample.ts";

const WRONG: readonly (readonly [name: string, value: Json | undefined])[] = [
  ["nothing", undefined],
  ["null", null],
  ["true", true],
  ["a number", 7],
  ["a text", "text"],
  ["a list", []],
  ["a list of lists", [[[]]]],
  ["an object", {}],
  ["too large a number", "«1e400»"],
];

/** The parts that are read, and for which not every type will do. */
const READ = /^log(\.creator(\.name)?|\.browser|\.pages(\[\d\](\.(id|title))?)?|\.entries(\[\d\](\.(pageref|startedDateTime|time|_resourceType|_initiator\.type|(request|response)(\.(method|url|status|statusText|redirectURL|_error|headers(\[\d\](\.(name|value))?)?))?))?)?)?$/;

/** Each place of a file, with each type. */
export const WRONG_TYPES: readonly Hostile[] = [
  ...WRONG.map(([name, value]): Hostile => ({ name: `the file is ${name}`, text: () => (value === undefined ? "" : textOf(value)), place: value === undefined ? "line 1" : name === "an object" ? "log" : "the file" })),
  // The first of each list is enough, and the error of the third entry.
  ...paths(SAMPLE).filter((path) => path.every((part) => typeof part === "string" || part === 0) || placeOf(path) === "log.entries[2].response._error").flatMap((path) => WRONG.map(([name, value]) => wrong(path, name, value))),
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length", "toJSON", "then"].flatMap((name) =>
    [[], ["log"], ["log", "creator"], ["log", "pages", 0], ["log", "entries", 0], ["log", "entries", 0, "request"], ["log", "entries", 0, "response"], ["log", "entries", 0, "request", "headers", 0], ["log", "entries", 0, "_initiator"], ["log", "entries", 0, "cache"]].map(
      (path): Hostile => ({ name: `${name} in ${placeOf(path) || "the file"}`, text: () => textOf(changed(SAMPLE, [...path, name], POISON)), place: null }),
    ),
  ),
  ...["__proto__", "constructor", "toString", "hasOwnProperty"].flatMap((name) =>
    [["log", "creator", "name"], ["log", "pages", 0, "id"], ["log", "entries", 0, "pageref"], ["log", "entries", 0, "_resourceType"], ["log", "entries", 0, "request", "method"], ["log", "entries", 0, "request", "url"], ["log", "entries", 0, "request", "headers", 0, "name"], ["log", "entries", 0, "request", "headers", 0, "value"], ["log", "entries", 2, "response", "_error"], ["log", "entries", 0, "_initiator", "type"]].map(
      (path): Hostile => ({ name: `${placeOf(path)} is ${name}`, text: () => textOf(changed(SAMPLE, path, name)), place: null }),
    ),
  ),
];

/** What would be seen everywhere, were it ever taken for a prototype. */
const POISON: Json = { log: { entries: [] }, request: {}, polluted: true, name: "polluted", url: "https://evil.example/", version: 1 };

function wrong(path: Path, name: string, value: Json | undefined): Hostile {
  const place = placeOf(path);
  const hostile = { name: `${place} is ${name}`, text: () => textOf(changed(SAMPLE, path, value)) };
  // What is optional may be missing, and numbers may be written as text.
  const isRight = value == null || !READ.test(place) || isFitting(place, value);
  return isRight ? hostile : { ...hostile, place };
}

function isFitting(place: string, value: Json): boolean {
  if (/(time|status)$/.test(place)) return value === 7;
  if (/(pages|entries|headers)$/.test(place)) return Array.isArray(value) && value.length === 0;
  if (/(log|creator|browser|request|response|\])$/.test(place)) return typeof value === "object" && !Array.isArray(value);
  return typeof value === "string" && !/startedDateTime$/.test(place) && value !== "«1e400»";
}
