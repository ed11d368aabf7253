import { describe, expect, test } from "vitest";
import { redacted, redactedUrl } from "../../src/report/redact.ts";

const secret = `Cookie cookie Set-Cookie Authorization authorization Proxy-Authorization X-Api-Key X-Apikey api-key apikey X-Auth-Token
  X-Auth X-CSRF-Token X-CSRFToken X-XSRF-TOKEN X-Amz-Security-Token Private-Token X-Vault-Token X-Client-Secret X-Session-Id Session Ocp-Apim-Subscription-Key
  X-Functions-Key X-Access-Key X-Signature X-Credential Authentication Cookie2`;
test.each(secret.split(/\s+/))("redacted: %s", (name) => {
  expect(redacted([{ name, value: "s3cret" }])).toEqual([{ name, value: "[redacted]" }]);
});

const needed = `Origin Access-Control-Request-Method Access-Control-Request-Headers Access-Control-Allow-Origin
  Access-Control-Allow-Credentials Access-Control-Allow-Methods Access-Control-Allow-Headers Access-Control-Expose-Headers
  Access-Control-Max-Age Vary Location Content-Type Sec-Fetch-Mode Age Via Server X-Cache X-Requested-With`;
test.each(needed.split(/\s+/))("kept: %s", (name) => {
  expect(redacted([{ name, value: "v" }])).toEqual([{ name, value: "v" }]);
});

describe("a URL", () => {
  test.each([
    ["https://u:p@b.example/x", "https://redacted@b.example/x"],
    ["https://u@b.example", "https://redacted@b.example"],
    ["HTTPS://u:p@b.example", "HTTPS://redacted@b.example"],
    ["custom+scheme://u:p@host", "custom+scheme://redacted@host"],
    // The last @ of the authority ends it.
    ["https://u:p@ss@b.example/x", "https://redacted@b.example/x"],
    // What a browser reads as an authority, too.
    ["//u:p@b.example/x", "//redacted@b.example/x"],
    ["https:u:p@b.example/x", "https:redacted@b.example/x"],
    ["\\\\u:p@b.example\\x", "\\\\redacted@b.example\\x"],
    ["https:/\t/u:s3cret@b.example/", "https://redacted@b.example/"],
    // An @ elsewhere is none.
    ["https://b.example/@x", "https://b.example/@x"],
    ["https://b.example?a=u:p@x", "https://b.example?a=u:p@x"],
    ["https://b.example#@x", "https://b.example#@x"],
    ["/a@b", "/a@b"],
    ["a@b", "a@b"],
    ["", ""],
    // Parameters named like secrets.
    ["https://b.example/?access_token=s3cret&page=2", "https://b.example/?access_token=redacted&page=2"],
    ["https://b.example/?page=2;api_key=s3cret#x", "https://b.example/?page=2;api_key=redacted#x"],
    ["https://b.example/#id_token=s3cret&state=1", "https://b.example/#id_token=redacted&state=redacted"],
    ["/cb?code=s3cret", "/cb?code=redacted"],
    ["https://b.example/?X-Amz-Signature=s3cret&X-Amz-Credential=s3cret", "https://b.example/?X-Amz-Signature=redacted&X-Amz-Credential=redacted"],
    ["https://b.example/?%61ccess_token=s3cret&%ff=1", "https://b.example/?%61ccess_token=redacted&%ff=1"],
    ["https://b.example/?variables=%7B%22password%22%3A%22hunter2%22%2C%22page%22%3A1%7D", "https://b.example/?variables=%7B%22password%22%3A%22redacted%22%2C%22page%22%3A1%7D"],
    ["https://b.example/?filter=%7B%22a%22%3A%22b%22%7D", "https://b.example/?filter=%7B%22a%22%3A%22b%22%7D"],
    ["https://b.example/?country_code=DE&zip=1", "https://b.example/?country_code=DE&zip=1"],
  ])("%j", (url, wanted) => {
    expect(redactedUrl(url)).toBe(wanted);
  });
});

test("a field whose value is a URL", () => {
  const both = [{ name: "Location", value: "https://u:p@b.example/?token=x" }, { name: "referer", value: "https://a.example/?token=x" }];
  expect(redacted(both).map(({ value }) => value)).toEqual(["https://redacted@b.example/?token=redacted", "https://a.example/?token=redacted"]);
});
