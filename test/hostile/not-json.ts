import { gzipSync } from "node:zlib";
import type { Hostile } from "./corpus.ts";
import { SAMPLE, textOf } from "./sample.ts";

const WHOLE = textOf(SAMPLE);
const LINES = JSON.stringify(SAMPLE, null, 2);

/** What a browser makes of the bytes of a file that it is told to be text. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Twenty places, from the first character to the last but one. */
const CUTS = Array.from({ length: 20 }, (_, index) => 1 + Math.floor((index * (WHOLE.length - 2)) / 19));

const START = "line 1, column 1";

export const NOT_JSON: readonly Hostile[] = [
  { name: "empty", text: () => "", place: START },
  { name: "spaces", text: () => " \n\t ", place: "line 2, column 3" },
  { name: "a byte order mark and nothing else", text: () => "\uFEFF", place: START },
  { name: "a byte order mark before it", text: () => `\uFEFF${WHOLE}`, place: null },
  { name: "two byte order marks", text: () => `\uFEFF\uFEFF${WHOLE}`, place: START },
  ...CUTS.map((cut) => ({ name: `cut off after ${cut}`, text: () => WHOLE.slice(0, cut), place: `line 1, column ${cut + 1}` })),
  { name: "cut off in a file of lines", text: () => LINES.slice(0, LINES.indexOf("_priority")), place: "line 38, column 10" },
  { name: "something after it", text: () => `${WHOLE}x`, place: `line 1, column ${WHOLE.length + 1}` },
  { name: "two of them", text: () => `${WHOLE}\n${WHOLE}`, place: "line 2, column 1" },
  { name: "a comma after it", text: () => `${WHOLE},`, place: `line 1, column ${WHOLE.length + 1}` },
  { name: "NUL after it", text: () => `${WHOLE}\0`, place: `line 1, column ${WHOLE.length + 1}` },
  { name: "single quotes", text: () => WHOLE.replaceAll('"', "'"), place: "line 1, column 2" },
  { name: "names without quotes", text: () => "{log: {entries: []}}", place: "line 1, column 2" },
  { name: "a comment", text: () => `/* HAR */ ${WHOLE}`, place: START },
  { name: "a comment within", text: () => '{"log": // HAR\n{}}', place: "line 1, column 9" },
  { name: "a comma too many, in a list", text: () => '{"log":{"entries":[1,]}}', place: "line 1, column 22" },
  { name: "a comma too many, in an object", text: () => '{"log":{"entries":[],}}', place: "line 1, column 22" },
  { name: "no comma", text: () => '{"log":{"entries":[1 2]}}', place: "line 1, column 22" },
  { name: "no colon", text: () => '{"log" {}}', place: "line 1, column 8" },
  { name: "a colon in a list", text: () => '{"log":[1:2]}', place: "line 1, column 10" },
  { name: "the wrong bracket", text: () => '{"log":{"entries":[}}', place: "line 1, column 20" },
  { name: "a value without a name", text: () => '{"log":1,2}', place: "line 1, column 10" },
  { name: "NaN", text: () => WHOLE.replace("12.5", "NaN"), place: "line 1, column" },
  { name: "Infinity", text: () => '{"log":Infinity}', place: "line 1, column 8" },
  { name: "-Infinity", text: () => '{"log":-Infinity}', place: "line 1, column 9" },
  { name: "undefined", text: () => '{"log":undefined}', place: "line 1, column 8" },
  { name: "True", text: () => '{"log":True}', place: "line 1, column 8" },
  { name: "trux", text: () => '{"log":trux}', place: "line 1, column 11" },
  { name: "truely", text: () => '{"log":truely}', place: "line 1, column 12" },
  { name: "a leading zero", text: () => '{"log":012}', place: "line 1, column 9" },
  { name: "a leading plus", text: () => '{"log":+1}', place: "line 1, column 8" },
  { name: "a point and nothing", text: () => '{"log":1.}', place: "line 1, column 10" },
  { name: "a point at the start", text: () => '{"log":.5}', place: "line 1, column 8" },
  { name: "an exponent of nothing", text: () => '{"log":1e}', place: "line 1, column 10" },
  { name: "hexadecimal", text: () => '{"log":0x1F}', place: "line 1, column 9" },
  { name: "a minus and nothing", text: () => '{"log":-}', place: "line 1, column 9" },
  { name: "a line break in a text", text: () => '{"log\n":1}', place: "line 1, column 6" },
  { name: "a control character in a text", text: () => '{"log\u0001":1}', place: "line 1, column 6" },
  { name: "an escape that is none", text: () => '{"l\\x6fg":1}', place: "line 1, column 5" },
  { name: "a Unicode escape that is none", text: () => '{"l\\u00zzg":1}', place: "line 1, column 8" },
  { name: "a backslash at the end", text: () => '{"log\\', place: "line 1, column 7" },
  { name: "another line separator is none of JSON's", text: () => `{\u2028"log":1}`, place: "line 1, column 2" },
  { name: "a space that is none of JSON's", text: () => `{\u00A0"log":1}`, place: "line 1, column 2" },
  { name: "UTF-16, little endian", text: () => decoded(Buffer.from(WHOLE, "utf16le")), place: "line 1, column 2" },
  { name: "UTF-16 with its mark", text: () => decoded(Buffer.from(`\uFEFF${WHOLE}`, "utf16le")), place: START },
  { name: "gzip", text: () => decoded(gzipSync(WHOLE)), place: START },
  { name: "all bytes", text: () => decoded(Uint8Array.from({ length: 256 }, (_, byte) => byte)), place: START },
  { name: "bytes that are no UTF-8 in a text", text: () => decoded(Buffer.concat([Buffer.from(WHOLE.slice(0, 60)), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(WHOLE.slice(60))])) },
  { name: "a page", text: () => "<!DOCTYPE html>\n<title>Sign in</title>", place: START },
  { name: "CSV", text: () => "method,url,status\nGET,https://api.example/,200\n", place: START },
  { name: "XML", text: () => '<?xml version="1.0"?><log/>', place: START },
  { name: "YAML", text: () => "log:\n  entries: []\n", place: START },
  { name: "lines of JSON", text: () => '{"log":{}}\n{"log":{}}\n', place: "line 2, column 1" },
  { name: "JSON with a guard before it", text: () => `)]}'\n${WHOLE}`, place: START },
  { name: "a message that looks like the engine's", text: () => "x is at position 7 (line 99 column 98)", place: START },
  { name: "an open text of 10 MB", text: () => `{"log":"${"\\n".repeat(5_000_000)}`, place: "line 1, column 10000009" },
  { name: "a million open lists", text: () => "[".repeat(1_000_000), place: "line 1, column 1000001" },
  { name: "a million lists that an object ends", text: () => `${"[".repeat(1_000_000)}}`, place: "line 1, column 1000001" },
  { name: "a million lines", text: () => `${"\n".repeat(1_000_000)}x`, place: "line 1000001, column 1" },
  { name: "lines that end as Windows' do", text: () => "{\r\n\r\n  x", place: "line 3, column 3" },
];
