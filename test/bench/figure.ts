import type { Spread } from "./numbers.ts";

/** A line of the table, and of out/bench.json. */
export interface Figure {
  readonly where: string;
  readonly row: string;
  readonly unit: string;
  /** By the number of exchanges, or by whatever else the columns are. */
  readonly at: Readonly<Record<string, Spread>>;
  /** Medians, to that of 100 exchanges. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly wanted: number | null;
}

/** A line with one figure. */
export function figure(where: string, row: string, unit: string, spread: Spread, wanted: number | null = null): Figure {
  return { where, row, unit, at: { all: spread }, ratios: {}, wanted };
}
