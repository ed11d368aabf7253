import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { type Entry, entryOf } from "../../src/entry.ts";
import { parseFilter } from "../../src/filter.ts";
import { CauseCache, causesIn } from "../../src/filter/causes.ts";
import { completions } from "../../src/filter/completions.ts";
import { expressionOf, LONGEST_TRIED } from "../../src/filter/expression.ts";
import { FILTER_KEYS } from "../../src/filter/keys.ts";
import { linearTest } from "../../src/filter/linear.ts";
import { termsOf } from "../../src/filter/terms.ts";
import type { Exchange } from "../../src/model.ts";
import { CAUSE_TAPES } from "./cause-tapes.ts";
import { A, B, C, Tape } from "./tapes.ts";

const ASK = { "Access-Control-Request-Method": "PUT" };
const STAR = { "Access-Control-Allow-Origin": "*" };

const ENTRIES: Readonly<Record<string, Entry>> = {
  missing: entry(new Tape().begin("1", "GET", `${B}/users`).send("1", "GET", `${B}/users`).head("1", "GET", `${B}/users`, 500).fail("1", "GET", `${B}/users`, "net::ERR_FAILED")),
  slash: entry(new Tape().begin("2", "GET", `${C}/a?q=b c`).send("2", "GET", `${C}/a?q=b c`).head("2", "GET", `${C}/a?q=b c`, 200, { "Access-Control-Allow-Origin": `${A}/` }).fail("2", "GET", `${C}/a?q=b c`, "net::ERR_FAILED")),
  preflight: entry(new Tape().begin("3", "PUT", `${B}/put`).begin("4", "OPTIONS", `${B}/put`).send("4", "OPTIONS", `${B}/put`, ASK).head("4", "OPTIONS", `${B}/put`, 404)
    .start("4", "OPTIONS", `${B}/put`).done("4", "OPTIONS", `${B}/put`).fail("3", "PUT", `${B}/put`, "net::ERR_FAILED")),
  redirected: entry(new Tape().begin("5", "GET", `${B}/old`).send("5", "GET", `${B}/old`).head("5", "GET", `${B}/old`, 302, { ...STAR, Location: "http://other.example:8080/new" })
    .redirect("5", "GET", `${B}/old`, "http://other.example:8080/new", STAR).begin("5", "GET", "http://other.example:8080/new").send("5", "GET", "http://other.example:8080/new", { Origin: "null" })
    .head("5", "GET", "http://other.example:8080/new", 200).fail("5", "GET", "http://other.example:8080/new", "net::ERR_FAILED")),
  allowed: entry(new Tape().begin("6", "GET", `${B}/ok`).send("6", "GET", `${B}/ok`, { Cookie: "a=1" }).head("6", "GET", `${B}/ok`, 200, { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Credentials": "true" })
    .start("6", "GET", `${B}/ok`).done("6", "GET", `${B}/ok`), { callSite: `${A}/app.js:12:3` }),
  pending: entry(new Tape().begin("7", "POST", `${B}/slow`).send("7", "POST", `${B}/slow`)),
  unexplained: entry(new Tape().begin("8", "GET", `${B}/why`).send("8", "GET", `${B}/why`, { Cookie: "a=1" })
    .head("8", "GET", `${B}/why`, 200, { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Credentials": "true" }).fail("8", "GET", `${B}/why`, "net::ERR_FAILED")),
  font: entry(new Tape({ type: "font" }).begin("9", "GET", `${B}/f.woff2`).send("9", "GET", `${B}/f.woff2`).fail("9", "GET", `${B}/f.woff2`, "net::ERR_CONNECTION_REFUSED"), { serviceWorker: true }),
  tried: entry(new Tape().begin("0", "GET", `${B}/try`).send("0", "GET", `${B}/try`).head("0", "GET", `${B}/try`, 200, STAR).start("0", "GET", `${B}/try`).done("0", "GET", `${B}/try`), { trials: ["1"] }),
};
const NAMES = Object.keys(ENTRIES);
const LIST = Object.values(ENTRIES);
const CAUSES = causesIn(LIST, new CauseCache());
const OTHERS = (...names: string[]): string[] => NAMES.filter((name) => !names.includes(name));

describe("terms", () => {
  test.each([
    ["", []],
    ["  ", []],
    ["a  b", [[null, "a", false], [null, "b", false]]],
    ["-a", [[null, "a", true]]],
    ["--a", [[null, "-a", true]]],
    ["-", [[null, "", true]]],
    ["is:blocked", [["is", "blocked", false]]],
    ["-IS:Blocked", [["is", "Blocked", true]]],
    ["is:", [["is", "", false]]],
    ['"a b"', [[null, "a b", false]]],
    ['-"a b" c', [[null, "a b", true], [null, "c", false]]],
    ['url:"a b"', [["url", "a b", false]]],
    ['"a b', [[null, "a b", false]]],
    ['"a"b', [[null, "a", false], [null, "b", false]]],
    ['"a\\"b\\\\"', [[null, 'a"b\\', false]]],
    ['"is:blocked"', [[null, "is:blocked", false]]],
    ['a"b c"', [[null, 'a"b', false], [null, 'c"', false]]],
    ["https://b.example:80/", [["https", "//b.example:80/", false]]],
    ["/a:b/", [[null, "/a:b/", false]]],
  ])("%j", (text, expected) => {
    expect(termsOf(text).map(({ key, value, negated }) => [key, value, negated])).toEqual(expected);
  });
});

describe("a filter by", () => {
  test.each<[string, string[]]>([
    ["", NAMES],
    [" - ", NAMES],
    // Words
    ["USERS", ["missing"]],
    ["404", ["preflight"]],
    ["put preflight", ["preflight"]],
    ["put -preflight", []],
    ["b c", ["slash"]],
    ['"b c"', ["slash"]],
    ['"c b"', []],
    ['-"b c"', OTHERS("slash")],
    ["net::err_connection", ["font"]],
    ["https://api.example/o", ["redirected", "allowed"]],
    ["constructor:x", []],
    ["unknown:", []],
    // Expressions
    ["/\\/(ok|old)$/", ["redirected", "allowed"]],
    ["-/\\/(OK|old)$/", OTHERS("redirected", "allowed")],
    ["/:8080/", ["redirected"]],
    ["/users", ["missing"]],
    ['"/users$/"', []],
    // Chrome's keys
    ["domain:other.example", ["slash", "redirected"]],
    ["domain:OTHER.example:8080", ["redirected"]],
    ["domain:other.example:*", ["redirected"]],
    ["domain:example", []],
    ["domain:*.example", NAMES],
    ["domain:api.*", OTHERS("slash")],
    ["domain:*t*r.*", ["slash", "redirected"]],
    ["domain:*.api.example", []],
    ["domain:api.example*api.example", []],
    ["domain:*other*other*", []],
    ["method:put", ["preflight"]],
    ["method:options", []],
    ["status-code:404", ["preflight"]],
    ["status-code:40", []],
    ["status-code:300-404", ["preflight", "redirected"]],
    ["status-code:500-400", []],
    ["url:api.example/p", ["preflight"]],
    ['url:"b c"', ["slash"]],
    ["scheme:http", ["redirected"]],
    ["resource-type:font", ["font"]],
    ["resource-type:xhr", OTHERS("font")],
    ["resource-type:fetch/XHR", OTHERS("font")],
    ["is:blocked", ["missing", "slash", "preflight", "redirected", "font"]],
    ["IS:Allowed", ["allowed", "tried"]],
    ["is:unknown", ["unexplained"]],
    ["is:pending", ["pending"]],
    ["is:on-trial", ["tried"]],
    ["is:preflighted", ["preflight"]],
    ["is:redirected", ["redirected"]],
    ["is:with-credentials", ["allowed", "unexplained"]],
    ["is:from-cache", []],
    ["is:service-worker-initiated", ["font"]],
    ["is:", NAMES],
    ["-is:", NAMES],
    // Ours
    ["cause:origin", ["slash"]],
    ["cause:error-page", ["missing"]],
    ["header:allow-origin", ["missing", "slash", "preflight", "redirected"]],
    ["phase:preflight", ["preflight"]],
    ["phase:response", ["missing", "slash", "redirected", "font"]],
    ["error:preflight", ["preflight"]],
    ["error:connection_refused", ["font"]],
    ["initiator:app.js:12", ["allowed"]],
    ["-initiator:app.js", OTHERS("allowed")],
    ["method:get is:blocked -domain:other.example", ["missing", "font"]],
  ])("%s", (text, expected) => {
    expect(parseFilter(text).wrong).toEqual([]);
    expect(shown(text)).toEqual(expected);
  });

  test("every key and every state has a row that finds something, but for what no tape shows", () => {
    for (const key of FILTER_KEYS.keys()) expect(completions(`${key}:`, key.length + 1, LIST, CAUSES).options.length, key).toBeGreaterThan(0);
    expect(completions("is:", 3, LIST, CAUSES).options.filter(({ count }) => count === 0).map(({ label }) => label)).toEqual(["from-cache"]);
  });
});

describe("what is wrong", () => {
  test.each([
    ["/(/", "/(/", "invalid"],
    ["-/[/ users", "/[/", "invalid"],
    ["is:closed", "is:closed", "value"],
    ["phase:late", "phase:late", "value"],
    ["status-code:4xx", "status-code:4xx", "value"],
    ["status-code:1e2", "status-code:1e2", "value"],
    ["/(a+)\\1/", "/(a+)\\1/", "slow"],
    ["/(?<n>a)\\k<n>/", "/(?<n>a)\\k<n>/", "slow"],
    ["/(?<=a+)b+/", "/(?<=a+)b+/", "slow"],
    ["/(a{99}){99}/", "/(a{99}){99}/", "slow"],
  ])("%s", (text, term, reason) => {
    expect(parseFilter(text).wrong).toEqual([{ term, reason }]);
  });

  test("is left out of account, and the rest holds", () => {
    expect(shown("/(/ users is:closed")).toEqual(["missing"]);
  });

  test.each<[string, string[]]>([
    ["/api(?!.*\\/o)/", OTHERS("slash", "redirected", "allowed")],
    ["/^((?!users).)*$/", OTHERS("missing")],
    ["/(?<=\\/)old$/", ["redirected"]],
    ["/(?<=:.*?)8080/", ["redirected"]],
  ])("%s looks around, but can be tried", (text, expected) => {
    expect(parseFilter(text).wrong).toEqual([]);
    expect(shown(text)).toEqual(expected);
  });
});

describe("an expression", () => {
  const EXPRESSION = fc.letrec<{ choice: string; sequence: string; term: string; atom: string }>((tie) => ({
    choice: fc.oneof({ weight: 3, arbitrary: tie("sequence") }, fc.tuple(tie("sequence"), tie("sequence")).map(([a, b]) => `${a}|${b}`)),
    sequence: fc.array(tie("term"), { maxLength: 4 }).map((terms) => terms.join("")),
    term: fc.oneof({ weight: 2, arbitrary: tie("atom") }, fc.tuple(tie("atom"), fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{1,}", "{0,2}", "{1,3}?")).map(([atom, times]) => atom + times), fc.constantFrom("^", "$", "\\b", "\\B")),
    atom: fc.oneof({ weight: 4, arbitrary: fc.constantFrom("a", "b", "B", ".", "/", "{", "}", "]", "\\d", "\\W", "[ab]", "[^a]", "[^]", "[]", "[|)*\\]]", "\\x61", "\\u0062", "\\.", "\\/", "\\|", "\\(", "\u0130", "1,2}") }, tie("choice").map((choice) => `(${choice})`), tie("choice").map((choice) => `(?:${choice})`)),
  })).choice;

  test("finds what JavaScript's own finds", () => {
    fc.assert(
      fc.property(EXPRESSION, fc.array(fc.constantFrom("a", "b", "A", ".", "/", "1", "{", "}", "|", "]", "\n", "i", "\u0130", "\u0131"), { maxLength: 8 }).map((parts) => parts.join("")), (source, text) => {
        fc.pre(isExpression(source));
        const linear = linearTest(source);
        expect(linear).not.toBeNull();
        expect(linear?.(text)).toBe(new RegExp(source, "i").test(text));
        const expression = expressionOf(source);
        expect(typeof expression === "string" ? expression : expression.matches(text)).toBe(new RegExp(source, "i").test(text));
      }),
      { numRuns: 5000 },
    );
  });

  test.each(["(a+)+$", "^(a|a)*$", "(a?){60}a{60}$", "^a*a*a*a*$", ".*a.*a.*a.*z", "(?:a{2,}){2,}$", "(a|b|ab)*c", "^(([a-z])+.)+[A-Z]([a-z])+$", `^${"a?".repeat(40)}b`])("%s takes no longer than it may, on the worst of URLs", (source) => {
    const expression = expressionOf(source);
    for (const length of [1900, 10_000]) expect(typeof expression === "string" ? expression : expression.matches(`${"a".repeat(length)}!`)).toBe(false);
  }, 5000);

  test.each([".*!", "\\S+!", "[^?]*!", "[a-z/]{2,}!", "(?:a|b)*!", "h.*?!"])("%s isn't tried by JavaScript's own, which takes the square of a URL's length", (source) => {
    const url = `${B}/${"a/".repeat(900)}`;
    const tried = vi.spyOn(RegExp.prototype, "test");
    const expression = expressionOf(source);
    expect(typeof expression === "string" ? expression : expression.matches(url)).toBe(false);
    expect(tried.mock.calls.filter(([text]) => text === url)).toEqual([]);
    tried.mockRestore();
  });

  test.each(["a{999999999}", "(?:){999999999}", "(?:(?:){99999}){99999}", "((a{9}){9}){9}", "(".repeat(9000) + ")".repeat(9000), "a?".repeat(5000), "a|".repeat(9000)])("of any size is read and tried without ado: %.30s", (source) => {
    const expression = expressionOf(source);
    if (typeof expression !== "string") expression.matches(`${B}/a`);
  }, 2000);

  test("is tried on all of a long URL, unless it looks around", () => {
    const far = entry(new Tape().begin("1", "GET", `${B}/${"a".repeat(LONGEST_TRIED)}z`));
    expect(["/aaa/", "/z$/", "/a+z/", "/a+z+$/", "/(?!a)z$/", "z"].map((text) => parseFilter(text).fits(far, CAUSES))).toEqual([true, true, true, true, false, true]);
  });
});

const WORDS = fc.constantFrom("users", "put", "-", "is:blocked", "is:pending", "status-code:200-404", "domain:*.example", "domain:*a*", "cause:origin", "cause:page", "header:allow", "phase:preflight", "error:missing", "method:get", "scheme:https",
  "initiator:app", "resource-type:xhr", "url:api", "/o/", "/a.*e/", '"b c"', "nobody:knows");
const HOSTILE = fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.constantFrom("/", "(", "[", "*", "+", "\\", '"', "-", ":", " ", "is:", "domain:", "a", "{1", "}", "?", "\n", "\u0130")).map((parts) => parts.join("")));

describe("whatever is written", () => {
  test("it never throws, nor do completions, and these are in place", () => {
    fc.assert(
      fc.property(HOSTILE, fc.nat(40), (text, caret) => {
        const { fits } = parseFilter(text);
        for (const each of LIST) fits(each, CAUSES);
        const { from, to } = completions(text, caret, LIST, CAUSES);
        expect(from).toBeLessThanOrEqual(Math.max(caret, from));
        expect(to).toBeGreaterThanOrEqual(from);
      }),
      { numRuns: 2000 },
    );
  });

  test("a negated term is the term's complement", () => {
    fc.assert(
      fc.property(WORDS.filter((word) => word !== "-"), (word) => {
        expect([...shown(word), ...shown(`-${word}`)].sort()).toEqual([...NAMES].sort());
      }),
    );
  });

  test("all terms have to hold, in whichever order", () => {
    fc.assert(
      fc.property(fc.array(WORDS), (words) => {
        const each = words.map((word) => shown(word));
        expect(shown(words.join(" "))).toEqual(NAMES.filter((name) => each.every((names) => names.includes(name))));
      }),
    );
  });

  test("causes are only looked for where they are asked for", () => {
    const { fits } = parseFilter("users is:blocked header:allow error:x");
    const unasked = (): never => {
      throw new Error("asked");
    };
    expect(() => LIST.map((each) => fits(each, unasked))).not.toThrow();
  });
});

describe("causes", () => {
  const [, engine, tape, codes] = CAUSE_TAPES.find(([, , , wanted]) => wanted.includes("cached-no-cors-copy")) ?? CAUSE_TAPES[0] ?? [];
  const entries = (tape?.events ?? []).reduce(step, emptyLog(engine ?? "chromium")).exchanges.map((exchange) => entryOf(exchange, engine ?? "chromium"));
  const last = entries.at(-1) as Entry;

  test("go by what came before", () => {
    expect(codes).toContain("cached-no-cors-copy");
    expect(causesIn(entries, new CauseCache())(last)).toEqual(codes);
    expect(causesIn([last], new CauseCache())(last)).not.toEqual(codes);
  });
  test("are found once for each entry", () => {
    const known = new CauseCache();
    expect(causesIn(entries, known)(last)).toBe(causesIn(entries.slice(), known)(last));
  });
  test("are found anew where something before it is known better, or gone", () => {
    const known = new CauseCache();
    const lost = entries.map((entry) => (entry === last ? entry : entryOf({ ...entry.exchange, hops: [{ ...entry.exchange.hops[0], request: { ...entry.exchange.hops[0].request, response: null } }] }, engine ?? "chromium")));
    for (const list of [lost, entries, [last]]) expect(causesIn(list, known)(last)).toEqual(causesIn(list, new CauseCache())(last));
    expect(causesIn(lost, known)(last)).not.toEqual(causesIn(entries, known)(last));
  });
});

describe("completion", () => {
  test.each<[string, string[]]>([
    ["", [...FILTER_KEYS.keys()].map((key) => `${key}:`)],
    ["users ", [...FILTER_KEYS.keys()].map((key) => `${key}:`)],
    ["s", ["status-code:", "scheme:"]],
    ["-me", ["method:"]],
    ["x", []],
    ["nobody:", []],
    ['"is:', []],
    ["method:", ["method:GET", "method:POST", "method:PUT"]],
    ["METHOD:p", ["method:POST", "method:PUT"]],
    ["method:t", ["method:GET", "method:POST", "method:PUT"]],
    ["method:put", []],
    ["domain:o", ["domain:other.example", "domain:other.example:8080"]],
    ["domain:example:", ["domain:other.example:8080"]],
    ["users -status-code:", ["status-code:200", "status-code:302", "status-code:404", "status-code:500"]],
    ["phase:re", ["phase:response", "phase:redirect", "phase:request", "phase:preflight"]],
    ["is:pre", ["is:preflighted"]],
    ["cause:trailing", ["cause:origin-trailing-slash"]],
    ["url:q=", ['url:"https://other.example/a?q=b c"']],
    ['url:"https://other', ['url:"https://other.example/a?q=b c"']],
    ["initiator:", ["initiator:https://app.example/app.js:12:3"]],
    ["resource-type:", ["resource-type:fetch/xhr", "resource-type:font"]],
  ])("of %j", (text, expected) => {
    expect(completions(text, text.length, LIST, CAUSES).options.map((option) => option.text)).toEqual(expected);
  });

  test("counts, and takes the place of the whole term that the caret is in", () => {
    expect(completions("users -method:Gx is:blocked", 15, LIST, CAUSES)).toEqual({ from: 7, to: 16, options: [{ text: "method:GET", label: "GET", count: 7 }] });
  });
  test("has no end of values, but shows fifty", () => {
    const many = Array.from({ length: 60 }, (_, index) => entry(new Tape().begin("1", "GET", `https://h${index}.example/`)));
    expect(completions("domain:", 7, many, CAUSES).options.length).toBe(50);
  });
  test("what it writes finds as many as it says", () => {
    for (const key of FILTER_KEYS.keys()) {
      for (const { text, count } of completions(`${key}:`, key.length + 1, LIST, CAUSES).options) {
        // What has a part of it has it too, and a host may have a port.
        expect(shown(text).length, text).toBeGreaterThanOrEqual(count ?? 0);
      }
    }
  });
});

function isExpression(source: string): boolean {
  try {
    return new RegExp(source, "i") instanceof RegExp;
  } catch {
    return false;
  }
}

function shown(text: string): string[] {
  const { fits } = parseFilter(text);
  return NAMES.filter((_, index) => fits(LIST[index] as Entry, CAUSES));
}

function entry({ events }: Tape, change: Partial<Exchange> = {}): Entry {
  const [exchange] = events.reduce(step, emptyLog("chromium")).exchanges;
  if (exchange === undefined) throw new Error("no exchange");
  return entryOf({ ...exchange, ...change }, "chromium");
}
