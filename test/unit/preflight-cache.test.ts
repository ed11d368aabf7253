import { describe, expect, test } from "vitest";
import { type CacheEntry, type CacheRequest, headerNameCacheEntryMatch, maxAge, methodCacheEntryMatch } from "../../src/fetch/preflight-cache.ts";
import { headers } from "./lines.ts";

describe("max-age, with a limit of 7,200 seconds", () => {
  test.each<[string[], number]>([
    [[], 5],
    [["Access-Control-Max-Age: "], 5],
    [["Access-Control-Max-Age: 0"], 0],
    [["Access-Control-Max-Age: 600"], 600],
    [["access-control-max-age:  600 "], 600],
    [["Access-Control-Max-Age: 7200"], 7200],
    [["Access-Control-Max-Age: 7201"], 7200],
    [["Access-Control-Max-Age: 99999999999999999999"], 7200],
    [["Access-Control-Max-Age: -1"], 5],
    [["Access-Control-Max-Age: 1.5"], 5],
    [["Access-Control-Max-Age: 1e3"], 5],
    [["Access-Control-Max-Age: 600s"], 5],
    [["Access-Control-Max-Age: 600, 600"], 5],
    [["Access-Control-Max-Age: 600", "Access-Control-Max-Age: 600"], 5],
  ])("%j", (lines, seconds) => {
    expect(maxAge(headers(...lines), 7200)).toBe(seconds);
  });
});

const entry: CacheEntry = { origin: "https://a.example", url: "https://b.example/x", credentials: false, maxAge: 5, method: null, headerName: null };
const request: CacheRequest = { origin: "https://a.example", url: "https://b.example/x", credentials: "omit" };

describe("an entry for PUT matches", () => {
  test.each<[Partial<CacheEntry>, Partial<CacheRequest>, boolean]>([
    [{}, {}, true],
    [{ origin: "null" }, {}, false],
    [{ origin: "null" }, { origin: "null" }, true],
    [{ url: "https://b.example/x?" }, {}, false],
    [{}, { credentials: "same-origin" }, true],
    [{}, { credentials: "include" }, false],
    [{ credentials: true }, { credentials: "include" }, true],
    [{ credentials: true }, { credentials: "omit" }, true],
  ])("%j %j", (change, asked, wanted) => {
    expect(methodCacheEntryMatch([{ ...entry, method: "PUT", ...change }], "PUT", { ...request, ...asked })).toBe(wanted);
    expect(headerNameCacheEntryMatch([{ ...entry, headerName: "x-a", ...change }], "x-a", { ...request, ...asked })).toBe(wanted);
  });
});

test.each<[string | null, string, boolean]>([
  ["PUT", "PUT", true],
  ["put", "PUT", false],
  ["*", "PUT", true],
  ["PUT", "*", false],
  [null, "PUT", false],
])("an entry for the method %s matches %s: %s", (method, asked, wanted) => {
  expect(methodCacheEntryMatch([{ ...entry, headerName: "PUT", method }], asked, request)).toBe(wanted);
});

test.each<[string | null, string, boolean]>([
  ["X-A", "x-a", true],
  ["x-b", "x-a", false],
  ["*", "x-a", true],
  ["*", "authorization", false],
  ["Authorization", "authorization", true],
  [null, "x-a", false],
])("an entry for the header %s matches %s: %s", (headerName, asked, wanted) => {
  expect(headerNameCacheEntryMatch([{ ...entry, method: "x-a", headerName }], asked, request)).toBe(wanted);
});

test("any entry of the cache will do, none of an empty one", () => {
  const cache = [{ ...entry, method: "PATCH" }, { ...entry, method: "PUT" }];
  expect(methodCacheEntryMatch(cache, "PUT", request)).toBe(true);
  expect(methodCacheEntryMatch([], "PUT", request)).toBe(false);
  expect(headerNameCacheEntryMatch([], "x-a", request)).toBe(false);
});
