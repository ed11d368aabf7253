import type { Expected } from "./site.ts";

/** What the log said of one request, when it was asked. */
export type Row = readonly [number: number, pair: string, outcome: string, error: string | null];

/** What became of all requests, kept for longer than the log keeps them. */
export class Tally {
  /** The latest word on each, by its number. */
  readonly #rows = new Map<number, Row>();
  /** Those that had two rows when they were last seen: what they were, and whether they are more than two that are in flight. */
  readonly #twofold = new Map<number, { readonly settled: boolean; readonly rows: string }>();

  /** @param expected by the remainder of a request's number */
  constructor(readonly expected: readonly Expected[]) {}

  /** Takes in what the log holds now. */
  take(rows: readonly Row[]): void {
    const seen = new Map<number, Row>();
    const before = new Map(this.#twofold);
    for (const row of rows) {
      const [number, pair, outcome] = row;
      const other = seen.get(number);
      if (other === undefined) this.#twofold.delete(number);
      else if (other[1] !== pair)
        this.#twofold.set(number, {
          settled: before.has(number) || outcome !== "unknown" || other[2] !== "unknown" || this.#twofold.get(number)?.settled === true,
          rows: `${other.join(" ")}, ${row.join(" ")}`,
        });
      seen.set(number, row);
      // What is told while it is still in flight isn't the last word.
      if (row[2] !== "unknown" || !this.#rows.has(number)) this.#rows.set(number, row);
    }
  }

  /** How many were ever seen. */
  get seen(): number {
    return this.#rows.size;
  }

  /** The blocked ones that no log ever showed. Those that pass make room for them, so they may have gone before anyone asked. */
  missed(sent: number): number[] {
    return Array.from({ length: sent }, (_, number) => number).filter((number) => this.#of(number).outcome === "blocked" && !this.#rows.has(number));
  }

  /** Another outcome than the browser's, or another reason. */
  get wrong(): Row[] {
    return [...this.#rows.values()].filter(([number, , outcome, error]) => {
      const expected = this.#of(number);
      return outcome !== "unknown" && (outcome !== expected.outcome || error !== expected.error);
    });
  }

  /** What was told as “Not fully seen”, as it is where the worker died in the middle. Those that pass may have been forgotten while nobody asked. */
  get open(): Row[] {
    return [...this.#rows.values()].filter(([number, , outcome]) => outcome === "unknown" && this.#of(number).outcome === "blocked");
  }

  /**
   * In one log under two ids, also when it was last asked for: as the log had both. A preflight in flight stands beside
   * its request until it shows what it is, so two that are in flight count when they are still two at the next look.
   */
  get twice(): string[] {
    return this.#rowsOfTwofold(true);
  }

  /** Two in flight at the only look at them: the log forgot them before the next one, which would have told. */
  get untold(): string[] {
    return this.#rowsOfTwofold(false);
  }

  #rowsOfTwofold(wanted: boolean): string[] {
    return [...this.#twofold.values()].flatMap(({ settled, rows }) => (settled === wanted ? [rows] : []));
  }

  #of(number: number): Expected {
    const expected = this.expected[number % this.expected.length];
    if (expected === undefined) throw new RangeError("Nothing is expected");
    return expected;
  }
}
