import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { saysTheSame } from "../../src/record.ts";

describe("what says the same", () => {
  test.each<[unknown, unknown, boolean]>([
    [null, null, true],
    ["a", "a", true],
    ["1", 1, false],
    [null, {}, false],
    [{}, null, false],
    [[1, { a: 2 }], [1, { a: 2 }], true],
    [[1], [1, 2], false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [[], { length: 0 }, false],
    [{}, [], false],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{ a: undefined }, { b: undefined }, false],
    [{ valueOf: 1 }, { toString: 1 }, false],
    [JSON.parse('{"__proto__":1}'), {}, false],
    [JSON.parse('{"__proto__":{}}'), { a: 1 }, false],
  ])("%j and %j: %s", (one, other, same) => {
    expect(saysTheSame(one, other)).toBe(same);
  });

  test("is what JSON has read of it again", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => saysTheSame(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(value)))));
  });
});
