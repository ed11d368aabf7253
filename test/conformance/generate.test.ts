import { describe, expect, test } from "vitest";
import { APIS, leavesOrigin, readCases, type Case } from "./case.ts";
import { generate } from "./generate.ts";
import { ALLOW_CREDENTIALS, BAD_STATUSES, MAX_AGES, METHODS, REDIRECT_STATUSES, REQUEST_HEADERS } from "./values.ts";

const cases = generate("dimensions", 3000);
const replies = cases.flatMap(({ hops }) => hops.flatMap(({ preflight, response }) => [preflight, response]));
const fields = replies.flatMap(({ headers }) => headers);
const valuesOf = (name: string) => new Set(fields.flatMap(([field, value]) => (field.toLowerCase() === name ? [value] : [])));

describe("generate", () => {
  test("the same seed gives the same cases, and more of them the same beginning", () => {
    expect(generate("s1", 50)).toEqual(generate("s1", 50));
    expect(generate("s1", 60).slice(0, 50)).toEqual(generate("s1", 50));
    expect(generate("s2", 50).map(({ init }) => init)).not.toEqual(generate("s1", 50).map(({ init }) => init));
  });

  test("its cases are cases", () => {
    expect(readCases(cases.map((each) => JSON.stringify(each)).join("\n"))).toEqual(cases);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  test.each<[what: string, occurs: (each: Case) => boolean]>([
    ...APIS.map((api): [string, (each: Case) => boolean] => [api, (each) => each.api === api]),
    ...[1, 2, 3, 4].map((count): [string, (each: Case) => boolean] => [`${count} hops`, ({ hops }) => hops.length === count]),
    ...METHODS.map((method): [string, (each: Case) => boolean] => [`method ${method}`, ({ init }) => init.method === method]),
    ...["include", "omit", "same-origin", undefined].map((mode): [string, (each: Case) => boolean] => [`credentials ${mode}`, ({ init }) => init.credentials === mode]),
    ["A to B", ({ hops }) => hops[0]?.at === "A" && hops[1]?.at === "B"],
    ["B to C", ({ hops }) => hops[0]?.at === "B" && hops[1]?.at === "C"],
    ["B to A", ({ hops }) => hops[0]?.at === "B" && hops[1]?.at === "A"],
    ["user info in a redirect", ({ hops }) => hops.some(({ userinfo }) => userinfo)],
    ["a preflight that gets no answer", ({ hops }) => hops.some(({ preflight }) => preflight.close)],
    ["a request that gets no answer", ({ hops }) => hops.some(({ response }) => response.close)],
    ["an upload listener", ({ init }) => init.upload === true],
    ["a body", ({ init }) => init.body !== undefined],
    ["equal requests at once", ({ times = 1, inTurn }) => times > 1 && !inTurn],
    ["equal requests in turn", ({ times = 1, inTurn }) => times > 1 && inTurn === true],
    ["only the page's own origin", (each) => !leavesOrigin(each)],
  ])("%s occurs", (_, occurs) => {
    expect(cases.filter(occurs).length).toBeGreaterThan(0);
  });

  test("every request header occurs", () => {
    const sent = new Set(cases.map(({ init }) => JSON.stringify(init.headers)));
    expect(REQUEST_HEADERS.filter((headers) => !sent.has(JSON.stringify(headers)))).toEqual([]);
  });

  test("every status occurs, 3xx with and without a Location", () => {
    const statuses = new Set(replies.map(({ status }) => status));
    expect([...BAD_STATUSES, ...REDIRECT_STATUSES].filter((status) => !statuses.has(status))).toEqual([]);
    const preflights = cases.flatMap(({ hops }) => hops.map(({ preflight }) => preflight)).filter(({ status }) => REDIRECT_STATUSES.includes(status));
    expect(new Set(preflights.map(({ headers }) => headers.some(([name]) => name === "Location")))).toEqual(new Set([true, false]));
  });

  test("CORS headers are malformed in every way, missing, repeated and in lower case", () => {
    expect(valuesOf("access-control-allow-origin").size).toBeGreaterThan(70);
    expect(valuesOf("access-control-allow-methods").size).toBeGreaterThan(100);
    expect(valuesOf("access-control-allow-headers").size).toBeGreaterThan(100);
    expect(valuesOf("access-control-allow-credentials")).toEqual(new Set(["true", ...ALLOW_CREDENTIALS]));
    expect(valuesOf("access-control-max-age")).toEqual(new Set(MAX_AGES));
    const origins = replies.map(({ headers }) => headers.filter(([name]) => name.toLowerCase() === "access-control-allow-origin").length);
    expect(new Set(origins)).toEqual(new Set([0, 1, 2]));
    expect(fields.some(([name]) => name === "access-control-allow-origin")).toBe(true);
    expect(fields.some(([, value]) => /[\x80-\xff]/.test(value))).toBe(true);
  });
});

describe("readCases", () => {
  const good = { id: "a", api: "fetch", init: {}, hops: [{ at: "B", preflight: { status: 200, headers: [] }, response: { status: 200, headers: [] } }] };

  test("skips empty lines", () => {
    expect(readCases(`\n${JSON.stringify(good)}\n\n`)).toEqual([good]);
  });

  test.each([
    ["{", /^line 2: .*JSON/],
    [JSON.stringify({ ...good, api: "beacon" }), /^line 2: api must be one of fetch, /],
    [JSON.stringify({ ...good, hops: [] }), /^line 2: hops must be a list of at least one$/],
    [JSON.stringify({ ...good, times: 0 }), /^line 2: times must be/],
    [JSON.stringify({ ...good, hops: [{ ...good.hops[0], response: { status: 200, headers: [["A", "b\nc"]] } }] }), /^line 2: hops\[0\]\.response\.headers: "b\\nc" can't be a header value$/],
    [JSON.stringify({ ...good, hops: [{ ...good.hops[0], response: { status: 302, headers: [], redirect: 1 } }] }), /^line 2: hops\[0\]\.response\.redirect must be/],
  ])("%s", (line, complaint) => {
    expect(() => readCases(`${JSON.stringify(good)}\n${line}`)).toThrow(complaint);
  });
});
