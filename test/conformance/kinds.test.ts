import { describe, expect, test } from "vitest";
import { readCases } from "./case.ts";
import { casesOf, KINDS } from "./kinds.ts";
import { loadRequests, REQUESTS } from "./load.ts";

describe("kinds", () => {
  test.each(KINDS)("$name: as many cases as asked for, the same for the same seed", (kind) => {
    const cases = casesOf(kind, "s", 50);
    expect(cases).toHaveLength(50);
    expect(readCases(cases.map((each) => JSON.stringify(each)).join("\n"))).toEqual(cases);
    expect(casesOf(kind, "s", 50)).toEqual(cases);
  });
});

describe("load", () => {
  test("the same seed gives the same requests", () => {
    expect(loadRequests("s")).toEqual(loadRequests("s"));
    expect(loadRequests("s")).not.toEqual(loadRequests("t"));
  });

  test("few URLs, about half preflighted, and different treatments at each URL", () => {
    const requests = loadRequests("s");
    expect(requests).toHaveLength(REQUESTS);
    const urls = new Set(requests.map(({ path }) => path));
    expect(urls.size).toBe(20);
    const preflighted = requests.filter((request) => request.preflighted).length;
    expect(Math.abs(preflighted - REQUESTS / 2)).toBeLessThan(REQUESTS / 10);
    for (const url of urls) expect(new Set(requests.flatMap(({ path, treatment }) => (path === url ? [treatment] : []))).size).toBeGreaterThan(3);
  });
});
