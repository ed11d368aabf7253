import { createHash } from "node:crypto";

/** A seeded source of choices. */
export type Random = {
  /** @returns true with a probability from 0 to 1 */
  chance(probability: number): boolean;
  /** @returns one of the values, each equally likely */
  pick<T>(values: readonly T[]): T;
  /** @returns one of the keys, as likely as its weight says */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
};

/**
 * Makes a source that gives the same choices for the same seed on any machine.
 * @param seed any text
 */
export function random(seed: string): Random {
  // Mulberry32 (Tommy Ettinger, public domain): short, and good enough to spread cases.
  let state = createHash("sha256").update(seed).digest().readUInt32LE();
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (probability) => next() < probability,
    pick: (values) => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error("Nothing to pick from");
      return value;
    },
    weighted: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const keys = Object.keys(weights) as K[];
      let left = next() * keys.reduce((sum, key) => sum + weights[key], 0);
      const chosen = keys.find((key) => (left -= weights[key]) < 0) ?? keys.at(-1);
      if (chosen === undefined) throw new Error("Nothing to choose from");
      return chosen;
    },
  };
}
