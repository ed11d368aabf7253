import { describe, expect, test } from "vitest";
import {
  corsUnsafeRequestHeaderNames,
  isCorsNonWildcardRequestHeaderName,
  isCorsSafelistedMethod,
  isCorsSafelistedRequestHeader,
  isForbiddenRequestHeaderName,
} from "../../src/fetch/safelist.ts";
import { ALPHANUMERIC, bytes, headers } from "./lines.ts";

const UNSAFE = bytes((byte) => (byte < " " && byte !== "\t") || `"():<>?@[\\]{}\x7F`.includes(byte));
const NOT_OF_A_LANGUAGE = bytes((byte) => !`${ALPHANUMERIC} *,-.;=`.includes(byte));

describe("the bytes that make a value unsafe", () => {
  test.each([
    ["accept", "text/html;q=", UNSAFE],
    ["accept-language", "en;q=", NOT_OF_A_LANGUAGE],
    ["content-language", "en", NOT_OF_A_LANGUAGE],
    ["content-type", "text/plain;a=", UNSAFE],
  ])("%s: %s", (name, before, unsafe) => {
    expect(bytes((byte) => !isCorsSafelistedRequestHeader({ name, value: `${before}${byte}1` }))).toEqual(unsafe);
  });
});

describe("a header", () => {
  test.each<[string, boolean]>([
    ["Accept: ", true],
    ["ACCEPT: */*", true],
    ["accept-language: ko-KR, ko;q=0.9", true],
    ["accept-language: en_US", false],
    ["content-language: ", true],
    ["content-language: en/US", false],
    ["Content-Type: text/plain", true],
    ["content-type: Text/Plain;charset=UTF-8", true],
    ["content-type:  text/plain ; charset=utf-8", true],
    ["content-type: application/x-www-form-urlencoded", true],
    ["content-type: multipart/form-data; boundary=x", true],
    ['content-type: multipart/form-data; boundary="x"', false],
    ["content-type: multipart/form-data; boundary=a:b", false],
    ["content-type: application/json", false],
    ["content-type: text/plain, application/json", false],
    ["content-type: text/plain2", false],
    ["content-type: text /plain", false],
    ["content-type: text/ plain", false],
    ["content-type: text", false],
    ["content-type: ", false],
    ["Range: bytes=0-", true],
    ["range: bytes=0-0", true],
    ["range: bytes=9-10", true],
    ["range: bytes=00009-9", true],
    ["range: bytes=10-9", false],
    ["range: bytes=9007199254740993-9007199254740992", false],
    ["range: bytes=-500", false],
    ["range: bytes=-", false],
    ["range: bytes=", false],
    ["range: bytes=0", false],
    ["range: bytes=0-1,2-3", false],
    ["range: bytes=0-1 ", false],
    ["range: bytes =0-1", false],
    ["range: bytes= 0-1", false],
    ["range: Bytes=0-1", false],
    ["range: items=0-1", false],
    ["range: bytes=+0-1", false],
    ["Authorization: x", false],
    ["X-Requested-With: x", false],
    ["Origin: x", false],
  ])("%s", (line, safe) => {
    expect(isCorsSafelistedRequestHeader(headers(line)[0]!)).toBe(safe);
  });
});

describe("a value's length", () => {
  test.each([
    ["accept", 128, true],
    ["accept", 129, false],
    ["accept-language", 128, true],
    ["accept-language", 129, false],
    ["content-language", 128, true],
    ["content-language", 129, false],
    ["content-type", 128, true],
    ["content-type", 129, false],
    ["range", 128, true],
    ["range", 129, false],
  ])("%s %i", (name, length, safe) => {
    const start = { "content-type": "text/plain;", range: "bytes=0-" }[name] ?? "";
    expect(isCorsSafelistedRequestHeader({ name, value: start.padEnd(length, "1") })).toBe(safe);
  });
});

describe("corsUnsafeRequestHeaderNames", () => {
  const safe = (count: number, length: number): string[] => Array.from({ length: count }, () => `Accept: ${"a".repeat(length)}`);

  test.each<[string[], string[]]>([
    [[], []],
    [["Accept: */*", "Content-Type: text/plain"], []],
    [["X-B: 1", "x-a: 1", "X-b: 2"], ["x-a", "x-b"]],
    [["Accept: (", "Content-Type: application/json"], ["accept", "content-type"]],
    [["Content-Type: text/plain", "Content-Type: application/json"], ["content-type"]],
  ])("%j", (lines, wanted) => {
    expect(corsUnsafeRequestHeaderNames(headers(...lines))).toEqual(wanted);
  });

  test.each<[string, string[], string[]]>([
    ["8 values of 128: 1,024", safe(8, 128), []],
    ["8 values of 128 and 1: 1,025", [...safe(8, 128), "Accept-Language: a"], ["accept", "accept-language"]],
    ["8 values of 128 and an empty one: 1,024", [...safe(8, 128), "Accept-Language: "], []],
    ["an unsafe value does not count", [...safe(8, 128), "X-A: a"], ["x-a"]],
    ["an unsafe name comes with the others", [...safe(8, 128), "Range: bytes=0-", "X-A: a"], ["accept", "range", "x-a"]],
  ])("%s", (_name, lines, wanted) => {
    expect(corsUnsafeRequestHeaderNames(headers(...lines))).toEqual(wanted);
  });
});

test.each([["GET", true], ["HEAD", true], ["POST", true], ["get", false], ["PUT", false], ["OPTIONS", false], ["", false]])(
  "safelisted method: %s",
  (method, safe) => {
    expect(isCorsSafelistedMethod(method)).toBe(safe);
  },
);

test.each([["authorization", true], ["Authorization", true], ["proxy-authorization", false], ["*", false]])(
  "not covered by a wildcard: %s",
  (name, wanted) => {
    expect(isCorsNonWildcardRequestHeaderName(name)).toBe(wanted);
  },
);

describe("forbidden request-header names", () => {
  const forbidden = `Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method Connection
    Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive Origin Referer Set-Cookie TE Trailer Transfer-Encoding
    Upgrade Via Proxy-Authorization Proxy- Sec-Fetch-Mode sec- ORIGIN`;
  test.each(forbidden.split(/\s+/))("%s", (name) => {
    expect(isForbiddenRequestHeaderName(name)).toBe(true);
  });
  test.each(["Accept", "Authorization", "Content-Type", "User-Agent", "Range", "Origins", "Proxy", "Secret", "X-Cookie", ""])("not %s", (name) => {
    expect(isForbiddenRequestHeaderName(name)).toBe(false);
  });
});
