import { readFileSync, statSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { judgeHar } from "../../cli/index.ts";
import { URL as PureUrl } from "../../cli/bare/url.ts";
import { TextDecoder as PureDecoder, TextEncoder as PureEncoder } from "../../cli/bare/utf8.ts";
import { wordsIn } from "../../cli/words.ts";
import { emptyLog, step } from "../../src/correlate.ts";
import { toHar } from "../../src/report/har.ts";
import { RECORDED } from "../unit/tapes.ts";
import { entry, FOUR, UNTOLD } from "./hars.ts";

/** What the language has had since ES2021: an engine that is older lacks it. */
const LATER = `
for (const name of ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with", "group", "groupToMap"]) delete Array.prototype[name];
for (const name of ["at", "replaceAll", "isWellFormed", "toWellFormed"]) delete String.prototype[name];
for (const name of ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "with"]) delete Object.getPrototypeOf(Int8Array.prototype)[name];
delete Object.hasOwn; delete Object.groupBy; delete Map.groupBy; delete Array.fromAsync; delete Promise.withResolvers;
delete globalThis.WeakRef; delete globalThis.FinalizationRegistry; delete globalThis.AggregateError; delete globalThis.console; delete globalThis.WebAssembly; delete globalThis.Intl;
`;

const context = createContext(Object.create(null));

function inside(expression: string, value: unknown): unknown {
  context["given"] = JSON.stringify(value);
  return JSON.parse(String(runInContext(`JSON.stringify((${expression})(JSON.parse(given))) ?? "null"`, context)));
}

beforeAll(() => {
  runInContext(LATER, context);
  runInContext(readFileSync("dist/judge.js", "utf8"), context, { filename: "judge.js" });
});

test("it is small enough to be loaded by BigQuery, and needs nothing newer than ES2020", () => {
  expect(statSync("dist/judge.js").size).toBeLessThan(1_000_000);
  expect(readFileSync("dist/judge.js", "utf8")).not.toMatch(/\?\?=|\|\|=|&&=|\bstatic\s*\{|#\w+ in /);
});

test("nothing but the language is there", () => {
  expect(runInContext("[typeof URL, typeof TextEncoder, typeof console, typeof setTimeout, typeof process, typeof [].toSorted === 'function']", context)).toEqual(["undefined", "undefined", "undefined", "undefined", "undefined", true]);
});

const GIVEN: readonly (readonly [string, unknown])[] = [
  ["made by hand", FOUR],
  ["told by nobody", UNTOLD],
  ...RECORDED.map(({ engine, name, events }) => [`${engine}, ${name}`, toHar(events.reduce(step, emptyLog(engine)).exchanges, engine, { words: wordsIn("en"), version: "1.0", sensitive: true })] as const),
];

test.each(GIVEN)("it judges as the module does: %s", (_, given) => {
  expect(inside("(har) => corsExplainer.judgeHar(har, { all: true })", given)).toEqual(JSON.parse(JSON.stringify(judgeHar(given, { all: true }))));
});

test("one entry, and one that is none", () => {
  expect(inside("(entry) => corsExplainer.judgeEntry(entry)", entry({}))).toMatchObject({ code: "allow-origin-missing" });
  expect(inside("(entry) => { try { corsExplainer.judgeEntry(entry) } catch (error) { return [error instanceof corsExplainer.HarError, error.place, error.problem] } }", {})).toEqual([true, "log.entries[0].request", "missing"]);
});

const PARTS = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"] as const;

function partsOf(Url: typeof PureUrl | typeof URL, url: string, base?: string): Record<string, string> | null {
  try {
    const parsed = new Url(url, base);
    return Object.fromEntries(PARTS.map((part) => [part, parsed[part]]));
  } catch {
    return null;
  }
}

function same(url: string, base?: string): void {
  const nodes = partsOf(URL, url, base);
  expect(partsOf(PureUrl, url, base)).toEqual(nodes);
  // Node's own `canParse` now and then contradicts its parser.
  expect(PureUrl.canParse(url, base)).toBe(nodes !== null);
}

test.each([
  "https://api.example", "https://API.Example:443/a/../b?c=d#e", "http://user:p%40ss@host:8080/", "http://[::1]:3000/", "http://[::FFFF:127.0.0.1]", "http://0x7f.1/", "http://127.1", "http://256.1.1.1/", "http://1.2.3.4.5/",
  "https://münchen.example/ü?ü#ü", "https://xn--mnchen-3ya.example/", "https://한국.example/", "https://ＥＸＡＭＰＬＥ.com", "https://faß.de", "https://a_b.example", "https://-a-.example", "https://xn--/", "https://a..b/", "https://*.example.com", "https://exa%6Dple.com", "https://ex ample.com",
  "https:api.example", "https:///api.example", "\thttps://api.example\n", "https:\\\\api.example\\a", "https://host:99999/", "https://host:/", "https://host:0", "http://host:80", "https://host:80", "https://@host", "https://:@host", "https://a:b:c@host", "https://host/%zz", "https://host/\ud800",
  "chrome-extension://abc/x", "moz-extension://a-b-c/", "myapp://open", "data:text/html,x", "blob:https://app.example/1", "file:///C:/a", "about:blank", "null", "*", "", "//host/a", "/a", "?a", "javascript:alert(1)", "ws://host", "ftp://host:21/",
])("URLs are parsed as Node does: %s", (url) => {
  same(url);
  same(url, "https://user:secret@app.example:8443/a/b?c#d");
  same(url, "data:text/plain,x");
});

test("URLs are parsed as Node does, whatever they are made of", () => {
  // Node 20 knows nothing yet of “^” in paths (whatwg/url, 2024). Of other scripts only what stands here: Node doesn't check all of IDNA's rules on the direction of writing, which browsers and ours do. Other seeds find more of Node's own: the last "." of "//.a/." stays.
  const piece = fc.oneof(fc.constantFrom("http:", "https:", "/", "//", "\\", "@", ":", "?", "#", ".", "..", "%2e", "%", "[::1]", "127.0.0.1", "0x7f", "localhost", "example", "EXAMPLE", "xn--", "ü", "ß", "。", "\u00ad", " ", "\t", "*", "443", "80", "8080", "user", "|", "\ud800"), fc.string({ maxLength: 3, unit: "grapheme-ascii" }).map((text) => text.replaceAll("^", "")), fc.webUrl());
  fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), fc.option(fc.webUrl(), { nil: undefined }), (pieces, base) => same(pieces.join(""), base)), { numRuns: 500, seed: 1 });
  fc.assert(fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true, authoritySettings: { withIPv4: true, withIPv6: true, withIPv4Extended: true, withPort: true, withUserInfo: true } }), (url) => same(url)), { numRuns: 500, seed: 1 });
});

test.each(["https://user:p@host/a", "https://host/", "https://:p@host"])("user and password are taken out as Node does: %s", (url) => {
  const [ours, nodes] = [new PureUrl(url), new URL(url)];
  for (const each of [ours, nodes]) {
    each.username = "";
    each.password = "";
  }
  expect(ours.href).toBe(nodes.href);
  expect(new PureUrl(url).href).toBe(new URL(url).href);
});

test("UTF-8", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    expect([...new PureEncoder().encode(text)]).toEqual([...new TextEncoder().encode(text)]);
    expect(new PureDecoder().decode(new TextEncoder().encode(text))).toBe(text);
  }));
  expect(new PureDecoder().decode(Uint8Array.of(0xff))).toBe("\ufffd");
});

test("the README's function for BigQuery, on a row of httparchive.crawl.requests", () => {
  const [, body = ""] = /AS r"""\n([^]*?)\n"""/.exec(readFileSync("README.md", "utf8")) ?? [];
  const row = {
    page: "https://www.example.com/",
    // As in har.fyi/reference/structs/request-payload, shortened.
    payload: { pageref: "page_1_0_1", startedDateTime: "2024-07-12T12:44:30.448119", time: 1080, request: { method: "GET", url: "https://fonts.example/a.woff2" }, response: { status: 200, statusText: "" }, _request_type: "Font", _documentURL: "https://www.example.com/", _initiator: "", _initiator_type: "script" },
    requestHeaders: [{ name: "origin", value: "https://www.example.com" }, { name: "sec-fetch-mode", value: "cors" }],
    responseHeaders: [{ name: "access-control-allow-origin", value: "https://example.com" }],
  };
  const judged = (change: object): unknown => inside(`(row) => ((page, payload, requestHeaders, responseHeaders) => {${body}})(row.page, row.payload, row.requestHeaders, row.responseHeaders)`, { ...row, ...change });
  expect(judged({})).toEqual({ outcome: "blocked", code: "allow-origin-mismatch", header: "https://example.com" });
  expect(judged({ responseHeaders: [{ name: "access-control-allow-origin", value: "*" }] })).toBeNull();
  expect(judged({ payload: { ...row.payload, _request_type: "Document" } })).toBeNull();
});
