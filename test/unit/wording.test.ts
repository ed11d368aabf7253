import { expect, test } from "vitest";
import { wordsOf } from "../../src/wording.ts";

const words = wordsOf({ plain: { message: "A text." }, two: { message: "$2, then $1: $1", description: "of no matter" }, price: { message: "$$5" } });

test.each<[string, readonly string[], string]>([
  ["plain", [], "A text."],
  ["two", ["a", "b"], "b, then a: a"],
  ["two", ["$2", "$$"], "$$, then $2: $2"],
  ["two", ["a"], ", then a: a"],
  ["price", [], "$5"],
  ["unknown", ["a"], ""],
])("%s with %j", (key, params, wanted) => expect(words(key, params)).toBe(wanted));

test.each([[null], ["text"], [{ a: "text" }], [{ a: { message: 1 } }], [{ a: null }]])("%j is no file of messages", (messages) => {
  expect(() => wordsOf(messages)).toThrow(TypeError);
});
