import { expect, test } from "vitest";
import type { Hostile } from "./corpus.ts";
import { endure, PATIENCE_MILLISECONDS } from "./endure.ts";

/** Each file is read or turned away, in time, and nothing else comes of it. */
export function endures(files: readonly Hostile[]): void {
  test.each(files)("$name", ({ text, place }) => {
    const { problem, place: found, milliseconds } = endure(text());
    if (place === null) expect(problem, found).toBe(null);
    if (typeof place === "string") expect(found.startsWith(place), `${found || "read"}, but it is ${place}`).toBe(true);
    expect(milliseconds).toBeLessThan(PATIENCE_MILLISECONDS);
  });
}
