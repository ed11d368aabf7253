import { describe, expect, test } from "vitest";
import { corsPreflightFetch, type PreflightedRequest, type PreflightFailure } from "../../src/fetch/preflight.ts";
import { headers } from "./lines.ts";

const A = "https://a.example";
const request: PreflightedRequest = { origin: A, credentials: "omit", method: "GET", unsafeHeaderNames: [] };

/** What becomes of an answer that allows the origin and credentials, and has these lines besides. */
function outcome(change: Partial<PreflightedRequest>, ...lines: string[]): PreflightFailure[] {
  const allowed = [`Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: true"];
  return corsPreflightFetch({ ...request, ...change }, { status: 204, headers: headers(...allowed, ...lines) });
}

describe("7. the CORS check, with the request's own credentials mode", () => {
  test.each<[PreflightedRequest["credentials"], string[], PreflightFailure[]]>([
    ["omit", [], [{ step: "7 CORS check", check: { step: 2, origin: null } }]],
    ["omit", ["Access-Control-Allow-Origin: *"], []],
    ["include", ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true"], [{ step: "7 CORS check", check: { step: 4, origin: "*" } }]],
    ["include", [`Access-Control-Allow-Origin: ${A}`], [{ step: "7 CORS check", check: { step: 8, credentials: null } }]],
  ])("%s %j", (credentials, lines, wanted) => {
    expect(corsPreflightFetch({ ...request, credentials }, { status: 200, headers: headers(...lines) })).toEqual(wanted);
  });
});

describe("7. an ok status", () => {
  test.each<[number, boolean]>([
    [101, false], [199, false], [200, true], [204, true], [299, true], [300, false], [302, false], [304, false], [401, false], [405, false], [503, false],
  ])("%i", (status, ok) => {
    const failures = corsPreflightFetch(request, { status, headers: headers(`Access-Control-Allow-Origin: ${A}`) });
    expect(failures).toEqual(ok ? [] : [{ step: "7 ok status", status }]);
  });
});

describe("7.1-7.3. lists that don't parse", () => {
  test.each<[string, PreflightFailure]>([
    ["Access-Control-Allow-Methods: GET PUT", { step: "7.3 methods", token: "GET PUT" }],
    ["Access-Control-Allow-Headers: x-a; x-b", { step: "7.3 headers", token: "x-a; x-b" }],
  ])("%s", (line, wanted) => {
    expect(outcome({}, line)).toEqual([wanted]);
  });
});

describe("7.5. the method", () => {
  test.each<[string, PreflightedRequest["credentials"], string[], boolean]>([
    // Listed, byte by byte.
    ["PUT", "include", ["Access-Control-Allow-Methods: GET, PUT"], true],
    ["PUT", "omit", ["Access-Control-Allow-Methods: put"], false],
    ["patch", "omit", ["Access-Control-Allow-Methods: PATCH"], false],
    ["PUT", "omit", [], false],
    ["PUT", "omit", ["Access-Control-Allow-Methods: "], false],
    ["PUT", "omit", ["Access-Control-Allow-Methods: POST"], false],
    // Safelisted.
    ["GET", "include", [], true],
    ["HEAD", "include", ["Access-Control-Allow-Methods: PUT"], true],
    ["POST", "include", ["Access-Control-Allow-Methods: PUT"], true],
    ["post", "omit", [], false],
    // Covered by a wildcard, without credentials.
    ["PUT", "omit", ["Access-Control-Allow-Methods: *"], true],
    ["PUT", "same-origin", ["Access-Control-Allow-Methods: GET, *"], true],
    ["PUT", "include", ["Access-Control-Allow-Methods: *"], false],
    ["*", "include", ["Access-Control-Allow-Methods: *"], true],
  ])("%s %s %j", (method, credentials, lines, allowed) => {
    expect(outcome({ method, credentials }, ...lines)).toEqual(allowed ? [] : [{ step: "7.5", method }]);
  });
});

describe("7.6 and 7.7. the header names", () => {
  test.each<[string[], PreflightedRequest["credentials"], string[], [step: string, headerName: string][]]>([
    // 7.7. Listed, in any case.
    [["x-a"], "include", ["Access-Control-Allow-Headers: X-A"], []],
    [["x-a"], "include", ["Access-Control-Allow-Headers: x-b, x-a"], []],
    [["x-a"], "omit", [], [["7.7", "x-a"]]],
    [["x-a"], "omit", ["Access-Control-Allow-Headers: "], [["7.7", "x-a"]]],
    [["x-a", "x-b", "x-c"], "omit", ["Access-Control-Allow-Headers: x-b"], [["7.7", "x-a"], ["7.7", "x-c"]]],
    // 7.7. Covered by a wildcard, without credentials.
    [["x-a"], "omit", ["Access-Control-Allow-Headers: *"], []],
    [["x-a"], "include", ["Access-Control-Allow-Headers: *"], [["7.7", "x-a"]]],
    [["*"], "include", ["Access-Control-Allow-Headers: *"], []],
    // 7.6. Authorization has to be named.
    [["authorization"], "omit", ["Access-Control-Allow-Headers: Authorization"], []],
    [["authorization"], "omit", ["Access-Control-Allow-Headers: *, authorization"], []],
    [["authorization", "x-a"], "omit", ["Access-Control-Allow-Headers: *"], [["7.6", "authorization"]]],
    [["authorization"], "omit", [], [["7.6", "authorization"], ["7.7", "authorization"]]],
    [["authorization"], "include", ["Access-Control-Allow-Headers: *"], [["7.6", "authorization"], ["7.7", "authorization"]]],
  ])("%j %s %j", (unsafeHeaderNames, credentials, lines, wanted) => {
    expect(outcome({ unsafeHeaderNames, credentials }, ...lines)).toEqual(wanted.map(([step, headerName]) => ({ step, headerName })));
  });
});

test("all that would fail, in the standard's order", () => {
  const failing = { ...request, credentials: "include", method: "PUT", unsafeHeaderNames: ["authorization"] } as const;
  const answer = { status: 404, headers: headers("Access-Control-Allow-Methods: a b", "Access-Control-Allow-Headers: c d") };
  expect(corsPreflightFetch(failing, answer).map(({ step }) => step)).toEqual([
    "7 CORS check", "7 CORS check", "7 ok status", "7.3 methods", "7.3 headers", "7.5", "7.6", "7.7",
  ]);
});
