import { expect, test } from "vitest";
import { corsCheck, type CorsCheckFailure } from "../../src/fetch/cors-check.ts";
import type { CredentialsMode } from "../../src/model.ts";
import { headers } from "./lines.ts";

const A = "https://a.example";

test.each<[CredentialsMode, string, string[], CorsCheckFailure[]]>([
  // 2. There is none.
  ["omit", A, [], [{ step: 2, origin: null }]],
  ["omit", A, ["Allow-Origin: *"], [{ step: 2, origin: null }]],
  ["include", A, [], [{ step: 2, origin: null }, { step: 8, credentials: null }]],
  // 3. A wildcard, without credentials.
  ["omit", A, ["Access-Control-Allow-Origin: *"], []],
  ["same-origin", A, ["access-control-allow-origin:  * "], []],
  ["omit", "null", ["Access-Control-Allow-Origin: *"], []],
  // 4. Another origin, byte by byte.
  ["include", A, ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true"], [{ step: 4, origin: "*" }]],
  ["omit", A, ["Access-Control-Allow-Origin: "], [{ step: 4, origin: "" }]],
  ["omit", A, [`Access-Control-Allow-Origin: ${A}/`], [{ step: 4, origin: `${A}/` }]],
  ["omit", A, ["Access-Control-Allow-Origin: HTTPS://a.example"], [{ step: 4, origin: "HTTPS://a.example" }]],
  ["omit", A, [`Access-Control-Allow-Origin: ${A}:443`], [{ step: 4, origin: `${A}:443` }]],
  ["omit", A, [`Access-Control-Allow-Origin: ${A}, ${A}`], [{ step: 4, origin: `${A}, ${A}` }]],
  ["omit", A, [`Access-Control-Allow-Origin: ${A}`, `Access-Control-Allow-Origin: ${A}`], [{ step: 4, origin: `${A}, ${A}` }]],
  ["omit", A, ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Origin: *"], [{ step: 4, origin: "*, *" }]],
  ["omit", A, ["Access-Control-Allow-Origin: null"], [{ step: 4, origin: "null" }]],
  ["omit", "null", [`Access-Control-Allow-Origin: ${A}`], [{ step: 4, origin: A }]],
  // 5. The same origin, without credentials.
  ["omit", A, [`Access-Control-Allow-Origin: ${A}`], []],
  ["same-origin", A, [`Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: false"], []],
  ["omit", "null", ["Access-Control-Allow-Origin: null"], []],
  // 7. With credentials, and they are allowed.
  ["include", A, [`Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: true"], []],
  ["include", A, [`Access-Control-Allow-Origin: ${A}`, "access-control-allow-credentials: true "], []],
  // 8. With credentials, and they aren't.
  ["include", A, [`Access-Control-Allow-Origin: ${A}`], [{ step: 8, credentials: null }]],
  ["include", A, [`Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: True"], [{ step: 8, credentials: "True" }]],
  ["include", A, [`Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: "], [{ step: 8, credentials: "" }]],
  ["include", A, [`Access-Control-Allow-Origin: ${A}`, "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Credentials: true"], [{ step: 8, credentials: "true, true" }]],
  // All that would fail, not the first.
  ["include", A, ["Access-Control-Allow-Origin: *"], [{ step: 4, origin: "*" }, { step: 8, credentials: null }]],
])("%s %s %j", (credentials, origin, lines, wanted) => {
  expect(corsCheck({ origin, credentials }, headers(...lines))).toEqual(wanted);
});
