import { expect, test } from "vitest";
import { cacheSign, mayBeReused, variesByOrigin } from "../../src/caching.ts";
import { headers } from "./lines.ts";

const DATE = "Date: Tue, 24 Nov 2026 12:00:00 GMT";
const MODIFIED = "Last-Modified: Tue, 24 Nov 2026 11:00:00 GMT";

test.each<[string[], boolean]>([
  [[], false],
  [["Cache-Control: max-age=1"], true],
  [["Cache-Control: public, MAX-AGE=600"], true],
  [["Cache-Control: s-maxage=600"], true],
  [["Cache-Control: max-age=0", MODIFIED], false],
  [["Cache-Control: max-age=600", "Cache-Control: no-store"], false],
  [["Cache-Control: no-cache", MODIFIED], false],
  [["Cache-Control: max-age=x"], false],
  [[DATE, "Expires: Tue, 24 Nov 2026 12:00:01 GMT"], true],
  [["Expires: Tue, 24 Nov 2026 12:00:01 GMT"], true],
  [[DATE, "Expires: Tue, 24 Nov 2026 12:00:00 GMT", MODIFIED], false],
  [[DATE, "Expires: 0", MODIFIED], false],
  [[DATE, "Expires: -1"], false],
  [[DATE, MODIFIED], true],
])("%j may be given again: %s", (lines, wanted) => {
  expect(mayBeReused(headers(...lines))).toBe(wanted);
});

test.each<[string[], boolean]>([
  [[], false],
  [["Vary: Accept-Encoding"], false],
  [["Vary: X-Origin, Original"], false],
  [["Vary: Accept, ORIGIN"], true],
  [["Vary: Accept", "Vary: Origin"], true],
  [["Vary: *"], true],
])("%j varies by the origin: %s", (lines, wanted) => {
  expect(variesByOrigin(headers(...lines))).toBe(wanted);
});

test.each<[string[], string | null]>([
  [[], null],
  [["Age: 0"], null],
  [["Age: x"], null],
  [["Age: 1"], "Age: 1"],
  [["X-Cache: Hit from cloudfront"], "X-Cache: Hit from cloudfront"],
  [["X-Cache: Miss from cloudfront"], null],
  [["X-Cache: MISS, HIT"], "X-Cache: MISS, HIT"],
  [["CF-Cache-Status: DYNAMIC"], null],
  [["CF-Cache-Status: REVALIDATED"], "CF-Cache-Status: REVALIDATED"],
  [["X-Cache: whitelist"], null],
])("%j: the cache shows by %s", (lines, wanted) => {
  expect(cacheSign(headers(...lines))).toBe(wanted);
});
