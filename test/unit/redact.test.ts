import { describe, expect, test } from "vitest";
import { redacted, withoutUserInfo } from "../../src/report/redact.ts";

const secret = `Cookie cookie Set-Cookie Authorization authorization Proxy-Authorization X-Api-Key X-Apikey api-key apikey X-Auth-Token
  X-Auth X-CSRF-Token X-CSRFToken X-XSRF-TOKEN X-Amz-Security-Token Private-Token X-Vault-Token X-Client-Secret X-Session-Id Session`;
test.each(secret.split(/\s+/))("redacted: %s", (name) => {
  expect(redacted([{ name, value: "s3cret" }])).toEqual([{ name, value: "[redacted]" }]);
});

const needed = `Origin Access-Control-Request-Method Access-Control-Request-Headers Access-Control-Allow-Origin
  Access-Control-Allow-Credentials Access-Control-Allow-Methods Access-Control-Allow-Headers Access-Control-Expose-Headers
  Access-Control-Max-Age Vary Location Content-Type Sec-Fetch-Mode Age Via Server X-Cache X-Requested-With`;
test.each(needed.split(/\s+/))("kept: %s", (name) => {
  expect(redacted([{ name, value: "v" }])).toEqual([{ name, value: "v" }]);
});

describe("without user info", () => {
  test.each([
    ["https://u:p@b.example/x", "https://b.example/x"],
    ["https://u@b.example", "https://b.example"],
    ["HTTPS://u:p@b.example", "HTTPS://b.example"],
    ["custom+scheme://u:p@host", "custom+scheme://host"],
    // The last @ of the authority ends it.
    ["https://u:p@ss@b.example/x", "https://b.example/x"],
    // What a browser reads as an authority, too.
    ["//u:p@b.example/x", "//b.example/x"],
    ["https:u:p@b.example/x", "https:b.example/x"],
    ["\\\\u:p@b.example\\x", "\\\\b.example\\x"],
    // An @ elsewhere is none.
    ["https://b.example/@x", "https://b.example/@x"],
    ["https://b.example?a=u:p@x", "https://b.example?a=u:p@x"],
    ["https://b.example#@x", "https://b.example#@x"],
    ["/a@b", "/a@b"],
    ["a@b", "a@b"],
    ["", ""],
  ])("%s", (url, wanted) => {
    expect(withoutUserInfo(url)).toBe(wanted);
  });
});
