import { expect, test } from "vitest";
import { isPotentiallyTrustworthy } from "../../src/secure-origin.ts";

test.each<[string, boolean]>([
  ["https://app.example", true],
  ["http://app.example", false],
  ["http://127.0.0.1:8080", true],
  ["http://127.0.0.1.example", false],
  ["http://[::1]:8080", true],
  ["http://localhost", true],
  ["http://app.localhost", true],
  ["http://notlocalhost", false],
  ["http://192.168.0.1", false],
  ["null", false],
])("%s: %s", (origin, wanted) => {
  expect(isPotentiallyTrustworthy(origin)).toBe(wanted);
});
