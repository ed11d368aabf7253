import type { Hostile } from "./corpus.ts";
import { OURS_ENORMOUS } from "./ours.ts";
import { at, changed, entry, har, header, type Json, type Path, placeOf, PREFLIGHT, PUT, SAMPLE, textOf } from "./sample.ts";

const FIRST = ["log", "entries", 0] as const;
const MEGABYTES_5 = 5_000_000;
/** As long as a header can be. */
const LONGEST = 260_000;
const MEGABYTES_10 = 10_000_000;

/** Lists or objects of so many levels, in place of a value. */
function bombs(path: Path): Hostile[] {
  const place = path.join(".");
  return [100_000, 1_000_000].flatMap((levels) => [
    { name: `${levels} lists at ${place}`, text: () => withText(path, `${"[".repeat(levels)}${"]".repeat(levels)}`) },
    { name: `${levels} objects at ${place}`, text: () => withText(path, `${'{"a":'.repeat(levels)}0${"}".repeat(levels)}`) },
  ]);
}

function withText(path: Path, text: string): string {
  return JSON.stringify(changed(SAMPLE, path, "«»")).replace('"«»"', () => text);
}

function sampleWith(name: string, path: Path, value: () => Json): Hostile {
  return { name, text: () => textOf(changed(SAMPLE, path, value())), place: null };
}

function entries(name: string, count: number, made: (index: number) => Json, place: string | null = null): Hostile {
  return { name, text: () => textOf(har(Array.from({ length: count }, (_, index) => made(index)))), place };
}

/** What patterns are slow on: much of what may begin something, and never the end of it. */
const RUNS: readonly (readonly [name: string, value: (length: number) => string])[] = [
  ["letters", (length) => "a".repeat(length)],
  ["spaces", (length) => `x${" ".repeat(length)}x`],
  ["commas", (length) => ",".repeat(length)],
  ["names", (length) => "x-a,".repeat(length / 4)],
  ["different names", (length) => Array.from({ length: length / 10 }, (_, index) => `x-${index}`).join(",")],
  ["beginnings of tokens", (length) => "-eyJabcd".repeat(length / 8)],
  ["beginnings of tokens with points", (length) => "eyJabcd.".repeat(length / 8)],
  ["ats", (length) => "a@".repeat(length / 2)],
  ["hosts of a mail address", (length) => `a@${"b-".repeat(length / 2)}`],
  ["points of a mail address", (length) => `a@${"b.".repeat(length / 2)}`],
  ["local parts", (length) => `${"a.".repeat(length / 2)}@`],
  ["percents", (length) => "%40".repeat(length / 3)],
  ["words before a token", (length) => "bearer ".repeat(length / 7)],
  ["spaces before a token", (length) => `bearer${" ".repeat(length)}x`],
  ["hexadecimal digits", (length) => `${"0".repeat(length)}g`],
  ["dashes", (length) => "-----BEGIN".repeat(length / 10)],
  ["quotes", (length) => '"'.repeat(length)],
  ["labels", (length) => `https://${"a.".repeat(length / 2)}!`],
  ["labels with an end", (length) => `https://${"a.".repeat(length / 2)}example`],
  ["slashes", (length) => "/".repeat(length)],
  ["parameters", (length) => `https://api.example/?${"a=b&".repeat(length / 4)}`],
  ["question marks", (length) => `https://api.example/${"?".repeat(length)}`],
  ["parts of a name that a secret has", (length) => `https://api.example/?${"token".repeat(length / 5)}`],
];

export const ENORMOUS: readonly Hostile[] = [
  ...OURS_ENORMOUS,
  { name: "100000 lists", text: () => `${"[".repeat(100_000)}${"]".repeat(100_000)}`, place: "the file" },
  { name: "1000000 objects", text: () => `${'{"log":'.repeat(1_000_000)}0${"}".repeat(1_000_000)}`, place: "log.entries" },
  ...[["log"], ["log", "entries"], [...FIRST], [...FIRST, "request"], [...FIRST, "request", "headers", 0, "value"], [...FIRST, "_initiator"], [...FIRST, "timings"], [...FIRST, "_cors"], ["log", "_before"]].flatMap(bombs),
  { name: "a call stack of 1000000 parents", text: () => withText([...FIRST, "_initiator"], `{"stack":${'{"parent":'.repeat(1_000_000)}{}${"}".repeat(1_000_000)}}`), place: null },
  sampleWith("a URL of 10 MB", [...FIRST, "request", "url"], () => `https://api.example/${"a".repeat(MEGABYTES_10)}`),
  sampleWith("a host of 10 MB", [...FIRST, "request", "url"], () => `https://${"a".repeat(MEGABYTES_10)}.example/`),
  sampleWith("a parameter of 10 MB", [...FIRST, "request", "url"], () => `https://api.example/?a=${"a".repeat(MEGABYTES_10)}`),
  sampleWith("a fragment of 10 MB", [...FIRST, "request", "url"], () => `https://api.example/#${"A0a".repeat(MEGABYTES_10 / 3)}`),
  sampleWith("user info of 10 MB", [...FIRST, "request", "url"], () => `https://${"a".repeat(MEGABYTES_10)}@api.example/`),
  sampleWith("a redirect to 10 MB", ["log", "entries", 3, "response", "redirectURL"], () => `/${"a".repeat(MEGABYTES_10)}`),
  sampleWith("a method of 5 MB", [...FIRST, "request", "method"], () => "A".repeat(MEGABYTES_5)),
  sampleWith("a status text of 5 MB", [...FIRST, "response", "statusText"], () => "a".repeat(MEGABYTES_5)),
  sampleWith("a date of 5 MB", [...FIRST, "pageref"], () => "2026-".repeat(MEGABYTES_5 / 5)),
  { name: "a date of 5 MB", text: () => textOf(changed(SAMPLE, [...FIRST, "startedDateTime"], "2026-01-02 ".repeat(MEGABYTES_5 / 11))), place: "log.entries[0].startedDateTime" },
  ...RUNS.flatMap(([name, value]) => [
    sampleWith(`a URL of 5 MB: ${name}`, [...FIRST, "request", "url"], () => `https://api.example/${value(MEGABYTES_5)}`),
    sampleWith(`a host of 5 MB: ${name}`, [...FIRST, "request", "url"], () => (value(9).startsWith("https:") ? value(MEGABYTES_5) : `https://${value(MEGABYTES_5)}/`)),
    sampleWith(`a long header: ${name}`, [...FIRST, "response", "headers", 1], () => header("X-Long", value(LONGEST))),
    sampleWith(`a long Vary: ${name}`, [...FIRST, "response", "headers", 1], () => header("Vary", value(LONGEST))),
    sampleWith(`a long allowed origin: ${name}`, [...FIRST, "response", "headers", 0, "value"], () => value(LONGEST)),
    sampleWith(`a long origin: ${name}`, [...FIRST, "request", "headers", 0, "value"], () => value(LONGEST)),
    sampleWith(`a long Location: ${name}`, ["log", "entries", 3, "response", "headers", 0, "value"], () => value(LONGEST)),
    sampleWith(`long methods: ${name}`, ["log", "entries", 1, "response", "headers"], () => [header("Access-Control-Allow-Origin", "https://app.example"), header("Access-Control-Allow-Methods", value(LONGEST))]),
    sampleWith(`long names: ${name}`, ["log", "entries", 1, "response", "headers"], () => [header("Access-Control-Allow-Origin", "https://app.example"), header("Access-Control-Allow-Methods", "PUT"), header("Access-Control-Allow-Headers", value(LONGEST))]),
    sampleWith(`long names asked for: ${name}`, ["log", "entries", 1, "request", "headers", 2, "value"], () => value(LONGEST)),
    sampleWith(`long names exposed: ${name}`, [...FIRST, "response", "headers"], () => [header("Access-Control-Allow-Origin", "https://app.example"), header("Access-Control-Expose-Headers", value(LONGEST)), header("X-A", "1")]),
    sampleWith(`a header's long name: ${name}`, [...FIRST, "response", "headers", 0, "name"], () => `Access-Control-${value(LONGEST - 20)}`),
  ]),
  ...[["log", "entries", 0, "response", "headers", 1, "value"], ["log", "entries", 0, "request", "headers", 0, "value"], ["log", "entries", 0, "request", "headers", 0, "name"]].map(
    (path): Hostile => ({ name: `${placeOf(path)} of 5 MB`, text: () => textOf(changed(SAMPLE, path, "a".repeat(MEGABYTES_5))), place: placeOf(path) }),
  ),
  sampleWith("as many names asked for as are allowed", ["log", "entries", 1], () => changed(changed(PREFLIGHT, ["request", "headers", 2, "value"], names("x")), ["response", "headers", 1], header("Access-Control-Allow-Headers", names("y")))),
  { name: "as many names as an earlier preflight allowed", text: () => textOf(har([KEPT_PREFLIGHT, { ...PUT_OF_MANY, ...at(10) }, { ...PUT_OF_MANY, ...at(20_000) }])), place: null },
  sampleWith("100000 response headers", [...FIRST, "response", "headers"], () => Array.from({ length: 100_000 }, (_, index) => header(`X-${index}`, "1"))),
  sampleWith("100000 request headers", [...FIRST, "request", "headers"], () => Array.from({ length: 100_000 }, (_, index) => header(`X-${index}`, "1"))),
  sampleWith("200000 safe request headers", [...FIRST, "request", "headers"], () => Array.from({ length: 200_000 }, () => header("Accept", "*/*"))),
  sampleWith("100000 times the allowed origin", [...FIRST, "response", "headers"], () => Array.from({ length: 100_000 }, () => header("Access-Control-Allow-Origin", "https://app.example"))),
  sampleWith("100000 headers of CORS that there aren't", [...FIRST, "response", "headers"], () => Array.from({ length: 100_000 }, (_, index) => header(`Access-Control-Allow-${index}`, "1"))),
  sampleWith("100000 pages", ["log", "pages"], () => Array.from({ length: 100_000 }, (_, index) => ({ id: String(index), title: "https://app.example/" }))),
  entries("1000000 entries of 0", 1_000_000, () => 0, "log.entries[0]"),
  { name: "a wrong entry after 100000", text: () => textOf(har([...Array.from({ length: 100_000 }, () => MINIMAL), 0])), place: "log.entries[100000]" },
  entries("10000 redirects between two servers", 10_000, (index) => entry({ url: `https://${index % 2 === 0 ? "a" : "b"}.example/` }, { status: 302, redirectURL: `https://${index % 2 === 0 ? "b" : "a"}.example/`, headers: [] }, at(index))),
  entries("10000 redirects to one server", 10_000, (index) => entry({ url: `https://api.example/${index}` }, { status: 302, redirectURL: "https://api.example/end", headers: [] }, at(index))),
  entries("10000 redirects to one server, at the same time", 10_000, (index) => entry({ url: `https://api.example/${index}` }, { status: 302, redirectURL: "https://api.example/end", headers: [] })),
  entries("10000 preflights for one request", 10_000, (index) => (index === 0 ? PUT : PREFLIGHT)),
  entries("5000 preflights, and their requests long after", 10_000, (index) => (index < 5000 ? { ...PREFLIGHT, ...at(0) } : { ...PUT, ...at(60_000) })),
  entries("10000 equal requests at the same time", 10_000, () => entry()),
];

const MINIMAL: Json = { startedDateTime: "2026-01-02T03:04:05.678Z", request: { method: "GET", url: "about:blank" } };

const NAMES = Array.from({ length: 20_000 }, (_, index) => `x-${index}`);

/** It lets all of the names pass, for a day. */
const KEPT_PREFLIGHT = {
  ...entry(
    { method: "OPTIONS", headers: [header("Origin", "https://app.example"), header("Access-Control-Request-Method", "PUT"), header("Access-Control-Request-Headers", NAMES.join(",")), header("Host", "api.example")] },
    { status: 204, headers: [header("Access-Control-Allow-Origin", "https://app.example"), header("Access-Control-Allow-Methods", "PUT"), header("Access-Control-Allow-Headers", NAMES.join(",")), header("Access-Control-Max-Age", "86400")] },
    { _resourceType: "preflight" },
  ),
  ...at(0),
};

const PUT_OF_MANY = entry({ method: "PUT", headers: [header("Origin", "https://app.example"), header("Host", "api.example"), ...NAMES.map((name) => header(name, "1"))] }, { headers: [header("Access-Control-Allow-Origin", "https://app.example")] });

function names(prefix: string): string {
  return Array.from({ length: 30_000 }, (_, index) => `${prefix}-${index}`).join(",");
}
