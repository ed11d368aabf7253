import { describe, expect, test } from "vitest";
import { httpRedirectFetch, isRedirectStatus, isRedirectTainted, originOf, type RedirectedRequest } from "../../src/fetch/redirect.ts";

const A = "https://a.example";
const B = "https://b.example";
const C = "https://c.example";

describe("HTTP-redirect fetch, from https://b.example/dir/file", () => {
  const cors: RedirectedRequest = { origin: A, mode: "cors", tainted: true, redirectCount: 0 };

  test.each<[Partial<RedirectedRequest>, string, number[]]>([
    [{}, `${C}/x`, []],
    [{}, "/x", []],
    [{}, "x?q#f", []],
    [{}, "", []],
    [{}, "//c.example", []],
    [{}, "http://c.example", []],
    // 5. It does not parse.
    [{}, "http://", [5]],
    [{}, "https://a b", [5]],
    [{}, "https://c.example:99999", [5]],
    // 6. Not HTTP(S).
    [{}, "ftp://c.example/x", [6]],
    [{}, "data:,x", [6]],
    [{}, "mailto:x", [6]],
    // 7. The 21st.
    [{ redirectCount: 19 }, C, []],
    [{ redirectCount: 20 }, C, [7]],
    [{ redirectCount: 21 }, C, [7]],
    [{ redirectCount: 20 }, "ftp://u:p@c.example", [6, 7, 9]],
    // 9. Credentials in the URL of another origin, in mode "cors".
    [{}, "https://u:p@c.example", [9]],
    [{}, "https://u@c.example", [9]],
    [{}, "https://:p@c.example", [9]],
    [{}, "https://@c.example", []],
    [{}, "https://c.example/u:p@x", []],
    [{ tainted: false }, "https://u:p@c.example", [9]],
    [{ tainted: false, origin: "null" }, "https://u:p@c.example", [9]],
    [{ tainted: false, mode: "no-cors" }, "https://u:p@c.example", []],
    [{ tainted: false, mode: "same-origin" }, "https://u:p@c.example", []],
    // 10. Credentials in the URL of the same origin, once tainted.
    [{}, "https://u:p@a.example", [10]],
    [{ tainted: false }, "https://u:p@a.example", []],
  ])("%j %s", (change, location, steps) => {
    expect(httpRedirectFetch({ ...cors, ...change }, `${B}/dir/file`, location).map(({ step }) => step)).toEqual(steps);
  });
});

test("redirect statuses", () => {
  const all = Array.from({ length: 600 }, (_, status) => status);
  expect(all.filter(isRedirectStatus)).toEqual([301, 302, 303, 307, 308]);
});

describe("redirect-tainted, for https://a.example", () => {
  test.each<[string[], boolean]>([
    [[], false],
    [[A], false],
    [[B], false],
    [[A, `${A}/2`], false],
    [[A, B], false],
    [[A, B, `${B}/2`], false],
    [[B, `${B}/2`], false],
    [[B, C], true],
    [[B, A], true],
    [[A, B, C], true],
    [[B, C, A], true],
    [[B, C, `${C}/2`], true],
    [["http://b.example", B], true],
    [["http://a.example", A], true],
    [[B, `${B}:8443`], true],
    [[B, `${B}:443/2`], false],
    [[B, "https://www.b.example"], true],
  ])("%j", (urls, wanted) => {
    expect(isRedirectTainted(A, urls)).toBe(wanted);
  });

  test("an opaque origin is same origin with nothing", () => {
    expect(isRedirectTainted("null", [B, `${B}/2`])).toBe(false);
    expect(isRedirectTainted("null", [B, C])).toBe(true);
  });
});

test.each([
  ["https://b.example:443/x?y#z", B],
  ["HTTP://B.example:8080", "http://b.example:8080"],
  ["https://u:p@b.example", B],
  ["data:,x", "null"],
  ["file:///x", "null"],
  ["x", "null"],
])("originOf %s", (url, origin) => {
  expect(originOf(url)).toBe(origin);
});
