import { emptyLog, step } from "../../src/correlate.ts";
import { CREATOR, toHar } from "../../src/report/har.ts";
import { RECORDED } from "../unit/tapes.ts";
import type { Hostile } from "./corpus.ts";
import { changed, type Json, type Path, paths, placeOf, textOf } from "./sample.ts";

/** What we write of the recorded orders of events. */
function written(name: string): Json {
  const { engine, events } = RECORDED.find((each) => each.name === name) ?? RECORDED[0]!;
  return JSON.parse(JSON.stringify(toHar(events.reduce(step, emptyLog(engine)).exchanges, engine, { words: (key) => key, version: "1.0", sensitive: false })));
}

const PREFLIGHTED = written("preflight, allowed");
const REDIRECTED = written("redirect, then blocked as null");
const MAIN = ["log", "entries", 0, "_cors"] as const;

const WRONG: readonly (readonly [name: string, value: Json | undefined])[] = [["nothing", undefined], ["null", null], ["true", true], ["a number", 7], ["a text", "text"], ["a list", [0]], ["an object", {}], ["too large a number", "«1e400»"], ["a time that is none", 8.64e15 + 1]];

/** Each field of our record that is read back. */
const FIELDS = paths(PREFLIGHTED).filter((path) => path[3] === "_cors" && (path[4] === "message" || path[4] === "exchange" || (path.length === 5 && ["version", "pair", "role", "engine"].includes(String(path[4])))));

function entriesOf(value: Json): readonly Json[] {
  return paths(value).filter((path) => path.length === 3 && path[1] === "entries").map((path) => at(value, path));
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((part, name) => Object(part)[name] ?? null, value);
}

const REDIRECT = entriesOf(REDIRECTED).find((each) => at(each, ["_cors", "role"]) === "redirect") ?? null;
const END = entriesOf(REDIRECTED).find((each) => at(each, ["_cors", "role"]) === "main") ?? null;
const PREFLIGHT = entriesOf(PREFLIGHTED).find((each) => at(each, ["_cors", "role"]) === "preflight") ?? null;

function file(name: string, entries: () => readonly Json[], place?: string | null): Hostile {
  return { name, text: () => textOf({ log: { version: "1.2", creator: { name: CREATOR, version: "1.0" }, entries: entries() } }), ...(place === undefined ? {} : { place }) };
}

export const OURS: readonly Hostile[] = [
  { name: "as we wrote it", text: () => textOf(PREFLIGHTED), place: null },
  { name: "with a redirect, as we wrote it", text: () => textOf(REDIRECTED), place: null },
  ...FIELDS.flatMap((path) => WRONG.map(([name, value]): Hostile => ({ name: `${placeOf(path)} is ${name}`, text: () => textOf(changed(PREFLIGHTED, path, value)) }))),
  ...["__proto__", "constructor", "toString"].flatMap((name) => [[], ["message"], ["exchange"], ["message", "response"]].map((path): Hostile => ({ name: `${name} in ${[...MAIN, ...path].join(".")}`, text: () => textOf(changed(PREFLIGHTED, [...MAIN, ...path, name], { version: 1, pair: "7" })), place: null }))),
  ...["message", "exchange", "engine", "pair", "role"].map((name): Hostile => ({ name: `${name} is 100000 lists`, text: () => textOf(changed(PREFLIGHTED, [...MAIN, name], "«@»")).replace("@", `${"[".repeat(100_000)}${"]".repeat(100_000)}`) })),
  ...["requestId", "startedTime", "redirectUrl", "end"].map((name): Hostile => ({ name: `message.${name} is 100000 objects`, text: () => textOf(changed(PREFLIGHTED, [...MAIN, "message", name], "«@»")).replace("@", `${'{"a":'.repeat(100_000)}0${"}".repeat(100_000)}`) })),
  { name: "a time in the year 300000", text: () => textOf(changed(PREFLIGHTED, [...MAIN, "message", "startedTime"], 9e15)), place: "log.entries[0]._cors.message.startedTime" },
  { name: "a time before all dates", text: () => textOf(changed(PREFLIGHTED, [...MAIN, "message", "startedTime"], -9e15)), place: "log.entries[0]._cors.message.startedTime" },
  { name: "a role missing", text: () => textOf(changed(PREFLIGHTED, [...MAIN, "role"], undefined)), place: "log.entries[0]._cors.role" },
  { name: "a role that is none", text: () => textOf(changed(PREFLIGHTED, [...MAIN, "role"], "toString")), place: "log.entries[0]._cors.role" },
  { name: "the preflight's role missing", text: () => textOf(changed(PREFLIGHTED, ["log", "entries", 1, "_cors", "role"], undefined)), place: "log.entries[1]._cors.role" },
  file("nothing but a preflight", () => [PREFLIGHT], "log.entries[0]._cors.role"),
  file("nothing but a redirect", () => [REDIRECT], "log.entries[0]._cors.role"),
  file("a pair used twice", () => [END, END], "log.entries[1]._cors.role"),
  file("two preflights for one request", () => [...entriesOf(PREFLIGHTED), PREFLIGHT], "log.entries[2]._cors.role"),
  file("a preflight for another address", () => [...entriesOf(PREFLIGHTED).slice(0, 1), changed(PREFLIGHT, ["request", "url"], "https://else.example/")], "log.entries[1]._cors.role"),
  file("40 redirects in one pair", () => [END, ...Array.from({ length: 40 }, () => REDIRECT)], null),
  file("ours beside another tool's", () => [changed(END, ["_cors", "pair"], "1"), changed(END, ["_cors"], undefined)], null),
  file("a version of tomorrow", () => [changed(END, ["_cors", "version"], 2)], "log.entries[0]._cors.version"),
];

/** So many of them that it takes time. */
export const OURS_ENORMOUS: readonly Hostile[] = [
  file("10000 preflights for one request", () => [...entriesOf(PREFLIGHTED), ...Array.from({ length: 10_000 }, () => PREFLIGHT)], "log.entries[42]._cors.role"),
  file("100000 redirects in one pair", () => [END, ...Array.from({ length: 100_000 }, () => REDIRECT)], "log.entries["),
  file("3000 pairs", () => Array.from({ length: 3000 }, (_, index) => changed(END, ["_cors", "pair"], String(index))), null),
];
