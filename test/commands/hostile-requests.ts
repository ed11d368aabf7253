import fc from "fast-check";
import type { CommandRequest } from "../../src/commands/command-request.ts";

/** A request but for where it is sent: what follows the origin may be anything. */
export interface HostileRequest extends CommandRequest {
  readonly url: `/${string}`;
}

/** What some shell, console, C library or option of curl makes something of. */
const PRINTABLE = [
  "'", '"', "`", "$", "$(canary)", "`canary`", "$PATH", "${PATH}", ";", "; canary;", "|canary", "&", "&&canary&", ">", "> out", "<", "!", "!!", "!PATH!", "\\", "\\\\", '\\"',
  "%", "%%", "%PATH%", "%PATH:a=b%", "%CD%", "%1", "%*", "^", "^^", "*", "?", "[a-z]", "[1-3]", "{a,b}", "~", "#", "-", "--", "-o out", "@", "@secret", "(", ")", "=", ",", ":",
  " ", "  ", "a", "Z", "0", "/", "../", "/../", "./", "//", "%2e%2e/", "%00", "%", "+", "''", '""', "'\\''", "--%", "@(", "$(", "\\u0041", "</script>", "${1}", "%s", "\\n", "\\0",
];
const OTHER = [
  "é", "한", "😀", "\u00ff", "\u00c3(", "\u0080", "\u0085", "\u00a0", "\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\uff02", "\u2028", "\u2029", "\u202e", "\u{e0041}", "\ufeff",
  "\ufffd", "\ud800", "\t", "\u0001", "\u0003", "\u0008", "\u000b", "\u000c", "\u000f", "\u001a", "\u001b[201~", "\u001b", "\u007f",
];
const BREAKS = ["\n", "\r", "\r\n", "\n\n", "\ncanary\n", "\n'@\n"];

function text(...alphabets: readonly (readonly string[])[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...alphabets.flat()), { maxLength: 12 }).map((pieces) => pieces.join(""));
}

const TOKEN = fc.string({ unit: fc.constantFrom(..."!#$%&'*+-.^_`|~xY0"), minLength: 1, maxLength: 8 });
const NAME = fc.oneof({ weight: 3, arbitrary: TOKEN.map((token) => `X${token}`) }, TOKEN, fc.constantFrom("User-Agent", "accept", "Cookie", "Authorization", "Referer", "Origin", "X-Empty", "__proto__"));

/** Requests with the worst in each place, from a seed: the same each time. */
export function hostileRequests(count: number, seed: number, characters: "printable" | "all" = "all"): HostileRequest[] {
  const anything = characters === "all" ? [PRINTABLE, OTHER] : [PRINTABLE];
  const request = fc.record({
    method: fc.oneof(fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS", "patch"), TOKEN),
    url: text(...anything).map((rest): `/${string}` => `/${rest}`),
    headers: fc.array(fc.record({ name: NAME, value: text(...anything) }), { maxLength: 4 }),
    contentType: fc.option(text(...anything)),
    body: fc.option(text(...anything, ...(characters === "all" ? [BREAKS] : []))),
    mode: fc.constantFrom("cors" as const, "no-cors" as const, "same-origin" as const),
    credentials: fc.constantFrom("omit" as const, "same-origin" as const, "include" as const),
  });
  return fc.sample(request, { numRuns: count, seed }).map(({ contentType, headers, ...others }) => ({
    ...others,
    headers: contentType === null ? headers : [...headers, { name: "Content-Type", value: contentType }],
    unsafeHeaderNames: [],
  }));
}
