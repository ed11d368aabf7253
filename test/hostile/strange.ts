import type { Hostile } from "./corpus.ts";
import { at, changed, entry, har, header, type Json, type Path, PREFLIGHT, SAMPLE, textOf } from "./sample.ts";

function sampleWith(name: string, path: Path, value: Json, place?: string | null): Hostile {
  return { name, text: () => textOf(changed(SAMPLE, path, value)), ...(place === undefined ? {} : { place }) };
}

const FIRST = ["log", "entries", 0] as const;
const SECOND = ["log", "entries", 1] as const;

const URLS: readonly string[] = [
  "", " ", "https://", "https:", "https:///", "http://", "https://[", "https://[::1", "https://a b/", "https://\u0000/", "https://api.example:99999/", "https://%zz/", "https://\uD800/", "https://api.example/\uDC00?\uD800",
  "//api.example/", "/", "?", "#", "https://u:p@", "https://@/", "javascript:alert(1)", "data:text/html,<b>", "blob:https://app.example/1", "file:///etc/passwd", "ftp://api.example/", "HTTPS://API.EXAMPLE/", "https://api.example:443/", "https:api.example",
  "https://xn--/", "https://bücher.example/", "https://127.1/", "https://0x7f.0.0.1/", "https://[::ffff:1.2.3.4]/", "https://api.example/\u202E\u0000", "https://api.example/%", "https://api.example/?%=%&&&===;", "chrome-extension://abc/x", "about:blank", "null", "*",
];

const STARTS: readonly (readonly [value: Json, place?: null])[] = [
  ["+275760-09-13T00:00:00.000Z"], ["-271821-04-20T00:00:00.000Z"], ["+275760-09-13T00:00:00.001Z"], ["0000-01-01T00:00:00Z"], ["2026-02-30T00:00:00Z"], ["2026-13-01T00:00:00Z"], ["yesterday"], [""], ["0"], ["1e400"], ["\uD800"],
  ["2026-01-02T03:04:05.1234567+01:00", null], ["2026-01-02T03:04:05.678+0000", null], ["Fri, 02 Jan 2026 03:04:05 GMT", null], ["1970-01-01T00:00:00Z", null],
];

const NUMBERS: readonly Json[] = ["«1e308»", "«-1e308»", "«-0»", "«1e-400»", "«5e-324»", "«9007199254740993»", -1, 0.5, "12", "", " ", "1e400", "0x10", "NaN", "-5", "«1e400»", "«-1e400»"];

const TEXTS: readonly (readonly [name: string, value: string])[] = [
  ["nothing", ""], ["a lone surrogate", "\uD800"], ["a lone trailing surrogate", "x\uDC00x"], ["NUL", "\0"], ["lines", "a\r\nX-Injected: 1"], ["marks that reorder", "\u202Eabc\u2066"], ["markup", "<img src=x onerror=alert(1)>"], ["placeholders", "$1 $& $` $$ %s {0} [redacted]"], ["all planes", "\u{10FFFF}\u{1F4A9}"],
];

const HEADERS: readonly (readonly [name: string, headers: readonly Json[]])[] = [
  ["named nothing", [header("", "")]],
  ["with nothing but a name", [{ name: "Origin" }]],
  ["of null", [header("Origin", null)]],
  ["repeated origins", Array.from({ length: 5 }, () => header("Access-Control-Allow-Origin", "https://app.example"))],
  ["lists of nothing", [header("Access-Control-Allow-Origin", ",,,"), header("Access-Control-Allow-Methods", ",,,"), header("Access-Control-Allow-Headers", ", ,")]],
  ["lists of no tokens", [header("Access-Control-Allow-Origin", "*"), header("Access-Control-Allow-Methods", "(PUT) \uD800"), header("Access-Control-Allow-Headers", "\"x\"")]],
  ["ages", [header("Access-Control-Allow-Origin", "*"), header("Access-Control-Max-Age", "9".repeat(400)), header("Age", "1e999"), header("Expires", "\uD800 GMT"), header("Date", "never")]],
  ["a location of nothing", [header("Location", "")]],
  ["a location that is none", [header("Location", "https://[")]],
  ["two locations", [header("Location", "/a"), header("Location", "/b")]],
  ["a preflight's own questions", [header("Access-Control-Request-Method", ""), header("Access-Control-Request-Headers", ",,,")]],
];

export const STRANGE: readonly Hostile[] = [
  ...URLS.flatMap((url) => [sampleWith(`the URL is ${JSON.stringify(url)}`, [...FIRST, "request", "url"], url, null), sampleWith(`the redirect's target is ${JSON.stringify(url)}`, ["log", "entries", 3, "response", "redirectURL"], url, null),
    sampleWith(`the origin is ${JSON.stringify(url)}`, [...FIRST, "request", "headers", 0, "value"], url, null), sampleWith(`the origin allowed is ${JSON.stringify(url)}`, [...FIRST, "response", "headers", 0, "value"], url, null)]),
  ...STARTS.map(([value, place]) => sampleWith(`it begins at ${JSON.stringify(value)}`, [...FIRST, "startedDateTime"], value, place)),
  ...NUMBERS.flatMap((value) => [sampleWith(`it takes ${JSON.stringify(value)}`, [...FIRST, "time"], value), sampleWith(`status ${JSON.stringify(value)}`, [...FIRST, "response", "status"], value), sampleWith(`line ${JSON.stringify(value)}`, [...FIRST, "_initiator", "stack", "callFrames", 0, "lineNumber"], value)]),
  ...TEXTS.flatMap(([name, value]) => [
    sampleWith(`the method is ${name}`, [...FIRST, "request", "method"], value, null), sampleWith(`the status text is ${name}`, [...FIRST, "response", "statusText"], value, null), sampleWith(`a header's name is ${name}`, [...FIRST, "request", "headers", 0, "name"], value, null),
    sampleWith(`a header's value is ${name}`, [...FIRST, "response", "headers", 0, "value"], value, null), sampleWith(`the error is ${name}`, ["log", "entries", 2, "response", "_error"], value, null), sampleWith(`the resource type is ${name}`, [...FIRST, "_resourceType"], value, null),
    sampleWith(`the tool is ${name}`, ["log", "creator", "name"], value, null), sampleWith(`the stack's URL is ${name}`, [...FIRST, "_initiator", "stack", "callFrames", 0, "url"], value, null),
    sampleWith(`headers asked for: ${name}`, [...SECOND, "request", "headers", 2, "value"], value, null), sampleWith(`methods allowed: ${name}`, [...SECOND, "response", "headers", 0], header("Access-Control-Allow-Methods", value), null),
  ]),
  ...HEADERS.flatMap(([name, headers]) => [
    sampleWith(`response headers: ${name}`, [...FIRST, "response", "headers"], headers, null), sampleWith(`request headers: ${name}`, [...FIRST, "request", "headers"], headers, null), sampleWith(`a preflight's answer: ${name}`, [...SECOND, "response", "headers"], headers, null), sampleWith(`a redirect's: ${name}`, ["log", "entries", 3, "response", "headers"], headers, null),
  ]),
  { name: "no entries", text: () => textOf(har([])), place: null },
  { name: "an entry of nothing", text: () => textOf(har([{}])), place: "log.entries[0].request" },
  { name: "keys twice", text: () => `{"log":7,"log":{"entries":1,"entries":[${textOf(entry())}]}}`, place: null },
  { name: "keys twice, the wrong one last", text: () => `{"log":{"entries":[]},"log":7}`, place: "log" },
  { name: "keys spelt with escapes", text: () => textOf(SAMPLE).replaceAll('"log"', '"\\u006cog"').replaceAll('"url"', '"\\u0075rl"'), place: null },
  { name: "all entries at the same time", text: () => textOf(har(Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? PREFLIGHT : entry({ method: "PUT" })))))  , place: null },
  { name: "a redirect to itself", text: () => textOf(har(Array.from({ length: 300 }, (_, index) => entry({ url: "https://api.example/a" }, { status: 302, redirectURL: "https://api.example/a" }, at(index))))), place: null },
  { name: "entries that go backwards in time", text: () => textOf(har(Array.from({ length: 300 }, (_, index) => entry({ url: `https://api.example/${index}` }, { status: 307, redirectURL: `/${index + 1}` }, at(1000 - index))))), place: null },
];
