import { readdirSync, readFileSync } from "node:fs";
import { toHar } from "../../src/report/har.ts";
import { readRecording } from "../lab/recording.ts";
import { changed, type Json } from "./sample.ts";

/** A real file, cut so that a change to it is told quickly. */
export interface Seed {
  readonly name: string;
  readonly har: Json;
}

/** How many exchanges or entries a file may have. */
const LONGEST = 6;

/** Where HARs are that browsers and tools wrote. */
const FOLDER = "test/recorded/hars";

/** Recorded exchanges as we export them, with secrets and without, and what browsers exported themselves. */
export function seeds(): Seed[] {
  const ours = (["chromium", "firefox", "chromium-special"] as const).flatMap((name) => {
    const { engine, exchanges } = readRecording(name);
    return pieces(exchanges.map(({ exchange }) => exchange)).map((piece, index): Seed => ({
      name: `${name} ${index}`,
      har: json(JSON.stringify(toHar(piece, engine, { words: (key) => key, version: "1.0", sensitive: index % 2 === 0 }))),
    }));
  });
  return [...ours, ...native()];
}

function native(): Seed[] {
  return readdirSync(FOLDER).filter((name) => /\.(json|har)$/.test(name)).flatMap((name) => {
    const file = json(readFileSync(`${FOLDER}/${name}`, "utf8"));
    const har = part(part(file, "har"), "log") === null ? file : part(file, "har");
    const log = part(har, "log");
    const entries = part(log, "entries");
    if (!Array.isArray(entries)) return [];
    return pieces(entries as readonly Json[]).map((piece, index): Seed => ({ name: `${name} ${index}`, har: changed(har, ["log", "entries"], piece) }));
  });
}

function part(value: Json, name: string): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? ((value as { readonly [name: string]: Json })[name] ?? null) : null;
}

function pieces<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / LONGEST) }, (_, index) => values.slice(index * LONGEST, (index + 1) * LONGEST));
}

function json(text: string): Json {
  return JSON.parse(text);
}
