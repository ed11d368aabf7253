import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { httpRedirectFetch, isRedirectStatus, isRedirectTainted, originOf, redirectMethod, type RedirectedRequest } from "../../src/fetch/redirect.ts";

const A = "https://a.example";
const B = "https://b.example";
const C = "https://c.example";

test.each([
  [301, "POST", "GET"],
  [302, "POST", "GET"],
  [301, "PUT", "PUT"],
  [303, "PUT", "GET"],
  [303, "HEAD", "HEAD"],
  [303, "GET", "GET"],
  [307, "POST", "POST"],
  [308, "POST", "POST"],
])("HTTP-redirect fetch: %i turns %s into %s", (status, method, wanted) => {
  expect(redirectMethod(status, method)).toBe(wanted);
});

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

test("originOf says what the parser says, of whatever URL", () => {
  const label = fc.oneof(fc.constantFrom("api", "xn--nxasmq6b", "xn--a", "xn--zn7c", "a--b", "-a", "127", "0", "0x7f", "0x", "com", "EXAMPLE", "é", "a_b", "a%62", ""), fc.stringMatching(/^[a-z0-9-]{1,6}$/));
  const host = fc.oneof(fc.constantFrom("127.0.0.1", "localhost", "[::1]"), fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join(".")));
  // Names that the parser refuses, though they are in lower case and no numbers.
  for (const name of ["xn--a.com", "xn--zn7c.com"]) expect(originOf(`https://${name}/`)).toBe("null");
  const port = fc.constantFrom("", ":80", ":443", ":8080", ":0080", ":9999", ":65535", ":65536", ":", ":x");
  const rest = fc.oneof(fc.constantFrom("", "/", "?q", "#f", "@api.example/", "\\", "\n.example/", "/\n", "/@b", ":pw@c.example/"), fc.string());
  const url = fc.tuple(fc.constantFrom("https://", "http://", "HTTP://", "ws://", "https:/", "http:///", " https://", "user@"), host, port, rest).map((parts) => parts.join(""));
  fc.assert(
    fc.property(url, (text) => {
      expect(originOf(text)).toBe(parsedOrigin(text));
    }),
    { numRuns: 5000 },
  );
});

/** Not by `URL.canParse`: that of Node 20 refuses some names that its parser takes, such as `é`. */
function parsedOrigin(text: string): string {
  try {
    return new URL(text).origin;
  } catch {
    return "null";
  }
}
