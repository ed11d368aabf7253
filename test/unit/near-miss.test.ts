import { describe, expect, test } from "vitest";
import { type AllowOriginShape, allowOriginShape, nearMiss, type NearMiss } from "../../src/near-miss.ts";

test.each<[string, AllowOriginShape]>([
  ["https://a.example, https://b.example", "multiple"],
  ["https://a.example,https://b.example", "multiple"],
  ["https://a.example https://b.example", "multiple"],
  ["*, *", "multiple"],
  ["null, null", "multiple"],
  [",", "multiple"],
  ["null", "null"],
  ["", "invalid"],
  ["NULL", "invalid"],
  ["true", "invalid"],
  ["a.example", "invalid"],
  ["//a.example", "invalid"],
  ["https://", "invalid"],
  ['"https://a.example"', "invalid"],
  ['"*"', "invalid"],
  ["**", "invalid"],
  ["https://a.example", "url"],
  ["https://a.example/", "url"],
  ["https://*.example", "url"],
  // A host with a port reads as a scheme with a path.
  ["localhost:3000", "url"],
])("shape of %j: %s", (value, shape) => {
  expect(allowOriginShape(value)).toBe(shape);
});

describe.each<[string, [string, NearMiss | null][]]>([
  ["https://app.example", [
    ['"https://app.example"', "quotes"],
    ["'*'", "quotes"],
    ["https://*.example", "wildcard-pattern"],
    ["*.example", "wildcard-pattern"],
    ["*://app.example", "wildcard-pattern"],
    ["*", null],
    ["app.example", "scheme-missing"],
    ["https://app.example/", "trailing-slash"],
    ["https://app.example//", "path"],
    ["https://app.example/login", "path"],
    ["HTTPS://app.example", "letter-case"],
    ["https://App.Example", "letter-case"],
    ["https://app.example:443", "default-port"],
    ["http://app.example", "scheme"],
    ["http://app.example/", "scheme"],
    ["https://app.example:8443", "port"],
    ["http://app.example:8080", "port"],
    ["https://www.app.example", "www"],
    ["https://example", "subdomain"],
    ["https://eu.app.example", "subdomain"],
    ["https://myapp.example", null],
    ["https://other.example", null],
    ["https://app.example.evil.example", null],
    ["null", null],
    ["", null],
    ["true", null],
  ]],
  ["https://www.app.example", [["https://app.example", "www"]]],
  ["http://localhost:3000", [
    ["localhost:3000", "scheme-missing"],
    ["localhost", "scheme-missing"],
    ["http://localhost:3000/", "trailing-slash"],
    ["https://localhost:3000", "scheme"],
    ["http://localhost:5173", "port"],
    ["http://localhost", "port"],
    ["http://127.0.0.1:3000", "loopback-name"],
    ["http://127.1.2.3:3000", "loopback-name"],
    ["http://[::1]:3000", "loopback-name"],
    ["http://127.0.0.1.example:3000", null],
  ]],
  ["null", [
    ['"null"', "quotes"],
    ["https://*.example", "wildcard-pattern"],
    ["https://app.example", null],
  ]],
])("from %s", (origin, rows) => {
  test.each(rows)("%s", (value, miss) => {
    expect(nearMiss(value, origin)).toBe(miss);
  });
});
