import type { Findings, Found } from "../src/findings.ts";
import type { Words } from "../src/explain.ts";

/** What became of one file. */
export type FileReport = { readonly name: string } & ({ readonly findings: Findings } | { readonly problem: string });

/** How reports are written. */
export interface FormatOptions {
  readonly words: Words;
  /** What makes the command fail. */
  readonly failOn: FailOn;
  readonly colour: boolean;
  /** Ours. */
  readonly version: string;
}

/** What makes the command fail: what was blocked, also what may have been, or nothing. */
export type FailOn = "blocked" | "maybe" | "never";

/** Writes what became of all files as one text. */
export type Format = (reports: readonly FileReport[], options: FormatOptions) => string;

/** Whether a finding makes the command fail. */
export function fails({ standing }: Pick<Found, "standing">, failOn: FailOn): boolean {
  return failOn !== "never" && (standing === "blocked" || (standing === "maybe" && failOn === "maybe"));
}

/** Where a message stands in its file, as logical locations are written. */
export function placeOf(entry: number): string {
  return `log.entries[${entry}]`;
}
