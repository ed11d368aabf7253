import type { Expected } from "./site.ts";

/** What the log said of one request, when it was asked. */
export type Row = readonly [number: number, pair: string, outcome: string, error: string | null];

/** What became of all requests, kept for longer than the log keeps them. */
export class Tally {
  /** The latest word on each, by its number. */
  readonly #rows = new Map<number, Row>();
  readonly #twice = new Map<number, string>();

  /** @param expected by the remainder of a request's number */
  constructor(readonly expected: readonly Expected[]) {}

  /** Takes in what the log holds now. */
  take(rows: readonly Row[]): void {
    const seen = new Map<number, Row>();
    for (const row of rows) {
      const [number, pair] = row;
      const other = seen.get(number);
      // In flight a preflight stands beside its request until it shows what it is: what stays so counts.
      if (other === undefined) this.#twice.delete(number);
      else if (other[1] !== pair) this.#twice.set(number, `${other.join(" ")}, ${row.join(" ")}`);
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

  /** In one log under two ids, also when it was last asked for: as the log had both. */
  get twice(): string[] {
    return [...this.#twice.values()];
  }

  #of(number: number): Expected {
    const expected = this.expected[number % this.expected.length];
    if (expected === undefined) throw new RangeError("Nothing is expected");
    return expected;
  }
}
