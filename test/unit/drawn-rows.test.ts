import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawnRows, ROW_HEIGHT, rowsIn } from "../../extension/panel/drawn-rows.ts";

describe("the part of a list that is drawn", () => {
  test.each([
    // why, length, top, fitting, first, last, page
    ["nothing", 0, 0, 10, 0, 0, 9],
    ["fewer than fit", 3, 0, 10, 0, 3, 9],
    ["at the top", 1000, 0, 10, 0, 26, 9],
    ["eight rows beyond the upper edge", 1000, 100, 10, 92, 118, 9],
    ["near the top, as many as elsewhere", 1000, 3, 10, 0, 26, 9],
    ["at the end, as many as elsewhere", 1000, 990, 10, 974, 1000, 9],
    ["became shorter than where it stands", 20, 990, 10, 0, 20, 9],
    ["room for the head only", 1000, 0, 1, 0, 17, 1],
    ["no room", 1000, 0, 0, 0, 16, 1],
  ])("%s", (_why, length, top, fitting, first, last, page) => {
    expect(drawnRows(length, top, fitting)).toEqual({ first, last, page });
  });

  test("holds all that is in sight, to the pixel, and as many rows wherever it is", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (length, height, place) => {
        // The head takes the room of a row, and covers what is scrolled away.
        const scrollTop = place * Math.max(0, (length + 1) * ROW_HEIGHT - height);
        const { first, last } = drawnRows(length, rowsIn(scrollTop), rowsIn(height));
        expect(first * ROW_HEIGHT).toBeLessThanOrEqual(scrollTop);
        expect(last).toBeGreaterThanOrEqual(Math.min(length, Math.ceil((scrollTop + height) / ROW_HEIGHT) - 1));
        expect(last - first).toBe(drawnRows(length, 0, rowsIn(height)).last);
      }),
    );
  });
});
