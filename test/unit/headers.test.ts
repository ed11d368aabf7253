import { assert, array, constantFrom, property, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { extractTokens, fieldLines, get, isToken, listItems, normalize } from "../../src/fetch/headers.ts";
import { ALPHANUMERIC, bytes, headers } from "./lines.ts";

describe("get", () => {
  test("many spaces within a value take no time to speak of", () => {
  const value = `x${" ".repeat(200_000)}x`;
  expect(normalize(value)).toBe(value);
  expect(extractTokens("Access-Control-Allow-Methods", [{ name: "Access-Control-Allow-Methods", value: `GET${" ".repeat(200_000)}x` }])).toHaveProperty("failure");
  expect(listItems(`a${" \t".repeat(100_000)},b`)).toEqual(["a", "b"]);
});

test.each<[string[], string | null]>([
    [[], null],
    [["Other: 1"], null],
    [["X-List-2: 1"], null],
    [["X-List: 1"], "1"],
    [["X-List: "], ""],
    [["x-list: 1"], "1"],
    [["X-LIST: 1"], "1"],
    [["X-List: 1", "X-List: 2"], "1, 2"],
    [["X-List: 1", "Other: 0", "x-list: 2"], "1, 2"],
    [["X-List: ", "X-List: "], ", "],
    [["X-List:  \t1\t "], "1"],
    [["X-List: 1 , 2"], "1 , 2"],
  ])("%j", (lines, wanted) => {
    expect(get("X-List", headers(...lines))).toBe(wanted);
  });

  test("any list: the same as the platform's own Headers", () => {
    const value = string({ unit: constantFrom("a", "B", ",", " ", "\t", "é") });
    assert(
      property(array(tuple(constantFrom("X-List", "x-list", "Other"), value)), (list) => {
        expect(get("X-List", list.map(([name, value]) => ({ name, value })))).toBe(new Headers(list).get("X-List"));
      }),
    );
  });
});

test("fieldLines: in order, each by itself", () => {
  expect(fieldLines("x-list", headers("X-List: 2", "Other: 0", "x-list:  1 "))).toEqual(["2", "1"]);
});

test("normalize: the bytes that it strips, at both ends only", () => {
  expect(bytes((byte) => normalize(`${byte}${byte}v${byte}`) === "v")).toEqual(["\t", "\n", "\r", " "]);
  expect(bytes((byte) => normalize(`v${byte}v`) !== `v${byte}v`)).toEqual([]);
});

test("isToken: the bytes that it may have", () => {
  const tchar = [..."!#$%&'*+-.^_`|~", ...ALPHANUMERIC].sort();
  expect(bytes(isToken)).toEqual(tchar);
  expect(bytes((byte) => isToken(`a${byte}a`))).toEqual(tchar);
  expect(isToken("")).toBe(false);
});

describe("extractTokens", () => {
  test.each<[string[], ReturnType<typeof extractTokens>]>([
    [[], null],
    [["Access-Control-Allow-Headers: PUT"], null],
    [["Access-Control-Allow-Methods: "], []],
    [["Access-Control-Allow-Methods: ,"], []],
    [["Access-Control-Allow-Methods: PUT"], ["PUT"]],
    [["Access-Control-Allow-Methods: *"], ["*"]],
    [["Access-Control-Allow-Methods: PUT,patch ,\tPUT"], ["PUT", "patch", "PUT"]],
    [["Access-Control-Allow-Methods: ,PUT,,  ,PATCH,"], ["PUT", "PATCH"]],
    [["Access-Control-Allow-Methods: PUT", "access-control-allow-methods: PATCH"], ["PUT", "PATCH"]],
    [["Access-Control-Allow-Methods: PUT PATCH"], { failure: "PUT PATCH" }],
    [["Access-Control-Allow-Methods: PUT;PATCH"], { failure: "PUT;PATCH" }],
    [['Access-Control-Allow-Methods: "PUT"'], { failure: '"PUT"' }],
    [["Access-Control-Allow-Methods: [PUT, PATCH]"], { failure: "[PUT" }],
    [["Access-Control-Allow-Methods: PUT, (a), [b]"], { failure: "(a)" }],
    [["Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Methods: a b"], { failure: "a b" }],
    [["Access-Control-Allow-Methods: PUT\u00A0"], { failure: "PUT\u00A0" }],
  ])("%j", (lines, wanted) => {
    expect(extractTokens("Access-Control-Allow-Methods", headers(...lines))).toEqual(wanted);
  });
});
