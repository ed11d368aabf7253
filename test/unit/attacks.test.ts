import fc from "fast-check";
import { expect, test } from "vitest";
import { toText } from "../../src/report/text.ts";
import { writeUp } from "../../src/report/write-up.ts";
import { endure } from "../hostile/endure.ts";
import { SAMPLE } from "../hostile/sample.ts";
import { hostileExchanges, RUNS } from "./hostile-documents.ts";
import { shippedWords } from "./shipped-words.ts";

const FORMULAS = ["=1+1", "=cmd|'/c calc'!A0", "+1", "-1+1", "@SUM(1)", "\t=1+1", "\n=1+1", "\r=1+1", "=HYPERLINK(\"https://evil.example\")"];

test("no line of a text report, and no cell of it, is a formula to a spreadsheet", () => {
  const words = shippedWords("en");
  fc.assert(fc.property(hostileExchanges, fc.constantFrom(...FORMULAS), fc.boolean(), (exchanges, formula, sensitive) => {
    const worse = exchanges.map((exchange): typeof exchange => JSON.parse(JSON.stringify(exchange), (key, value: unknown) => (["value", "method", "statusText", "error"].includes(key) && typeof value === "string" ? formula + value : value)));
    for (const reported of [exchanges, worse]) {
      const text = toText(writeUp(reported, reported, "chromium", { words, version: "1.0", sensitive }));
      // Lines of our own: what underlines a heading, and what begins a signature.
      const cells = text.split(/[\n\r\t\v\f\u0085\u2028\u2029]/).filter((line) => !/^(=+|-+|-- )$/.test(line));
      expect(cells.filter((cell) => /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);
    }
  }), { numRuns: RUNS / 4 });
});

const POISON = { _resourceType: "font", _error: "net::ERR_POISONED", _fromCache: "disk", _initiator: { type: "preflight" }, pageref: "poisoned", redirectURL: "https://evil.example/", name: "poisoned" };

test.each(["__proto__", "constructor", "prototype"])("prototype keys in a HAR change neither a prototype nor what is read: %s", (key) => {
  // Without what is optional, so that it would be looked for in a prototype.
  const bare = JSON.stringify(SAMPLE, (field, value: unknown) => (field in POISON && field !== "name" && field !== "redirectURL" ? undefined : value));
  const poisoned = bare.replace(/\{(?=")/g, `{"${key}":${JSON.stringify(POISON)},`);
  expect(poisoned.split("ERR_POISONED").length).toBeGreaterThan(10);
  const plain = endure(bare);
  expect(plain.problem).toBe(null);
  expect(endure(poisoned).exchanges).toEqual(plain.exchanges);
});
