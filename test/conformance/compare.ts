import type { Remedy } from "../../src/model.ts";
import type { Engine } from "../browsers/browser.ts";

/** What the browser itself said. `error` is null if it named none. */
export type Told = { blocked: boolean; error: string | null };

/** The parts of the exported `_cors` that the comparison rests on. */
export type Ours = { outcome: string; browserError?: string | null; alternatives?: readonly string[]; evidence?: readonly string[]; call?: object | null; pair?: string; remedy?: Remedy | null };

export const CLASSES = ["exact", "joined", "open", "wrong", "missed", "false"] as const;
/** `passed`: allowed, and nothing else reported. */
export type Class = (typeof CLASSES)[number] | "passed";

const TWO_LINES = "CORSMultipleAllowOriginNotAllowed";
const ONE_LINE = "CORSAllowOriginNotMatchingOrigin";
const FROM_BAD_TO_GOOD: readonly Class[] = ["false", "missed", "wrong", "open", "joined", "exact", "passed"];

/**
 * Compares one report with the browser's own verdict.
 * @param engine whose verdict it is
 * @param ours the exported `_cors`, or null if the request was not reported at all
 */
export function compare(engine: Engine, told: Told, ours: Ours | null): Class {
  const saysWhy = (ours?.evidence ?? []).length > 0;
  if (!told.blocked) {
    if (ours === null || ours.outcome === "allowed") return "passed";
    return ours.outcome === "unknown" ? (saysWhy ? "open" : "wrong") : "false";
  }
  if (ours === null || ours.outcome === "allowed") return "missed";
  if (ours.outcome === "unknown") return saysWhy ? "open" : "wrong";
  const main = ours.browserError ?? null;
  const others = (ours.alternatives ?? []).map(errorName);
  if (agrees(engine, told.error, main)) return "exact";
  const names = new Set([main, ...others]);
  if (engine === "gecko" && names.size === 2 && names.has(TWO_LINES) && names.has(ONE_LINE)) return told.error === TWO_LINES || told.error === ONE_LINE ? "joined" : "wrong";
  return others.some((name) => agrees(engine, told.error, name)) ? "open" : "wrong";
}

/**
 * Compares the reports on equal requests, all of which the browser judged alike.
 * @param count how many requests there were: each must be reported
 * @returns the worst class, and the report that earned it
 */
export function compareAll(engine: Engine, told: Told, ours: readonly Ours[], count: number): { class: Class; ours: Ours | null } {
  const reports = [...ours, ...Array<null>(Math.max(0, count - ours.length)).fill(null)];
  const classed = reports.map((report) => ({ class: compare(engine, told, report), ours: report }));
  const rank = (each: { class: Class }) => FROM_BAD_TO_GOOD.indexOf(each.class);
  return classed.reduce((worst, each) => (rank(each) < rank(worst) ? each : worst));
}

/** @returns the error that a sentence of `alternatives` begins with */
function errorName(alternative: string): string {
  return /^(?:net::)?\w*/.exec(alternative)?.[0] ?? "";
}

function agrees(engine: Engine, told: string | null, ours: string | null): boolean {
  if (told === ours) return true;
  // Firefox has one name for every failure that isn't CORS, or none.
  const unnamed = told === "CORSDidNotSucceed" || told === null;
  return engine === "gecko" && unnamed && ours !== null && (isNetError(ours) || ours === "CORSDidNotSucceed");
}

/** Firefox's net errors are `NS_…` names or, for a certificate, NSS' sentences; its console categories begin with `CORS`. */
function isNetError(error: string): boolean {
  return !error.startsWith("CORS");
}
