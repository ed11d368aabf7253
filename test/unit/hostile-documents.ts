import fc from "fast-check";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Exchange } from "../../src/model.ts";
import type { Block, Fact, ReportDocument, Span } from "../../src/report/document.ts";
import { A, B, Tape } from "./tapes.ts";

/** What would be a mark, an element, a link, a call or unseen, if it were let. */
export const FRAGMENTS: readonly string[] = [
  "a", " ", "  ", "x y", "0", "`", "``", "```", "~~~", "*", "**", "_", "[", "]", "](javascript:alert(1))", "![x](https://evil.example/x.png)", "!", "[x](https://evil.example)", "[x]: https://evil.example",
  "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</style>", "</title>", "</textarea>", "</svg>", "<!--", "-->", "]]>", "<![CDATA[", "<https://evil.example>", "&lt;", "&#60;", "&", "<", ">", "\"", "'", "=", "===", "---", "+ ", "- ",
  "- [ ] ", "1. ", "12) ", "> ", "# ", " ##", "|", "| a |", "    ", "\t", "\n", "\r\n", "\n\n", "\u2028", "\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad", "\u00a0", "\u3164", "\u0000", "\u001b[31m", "\ud800", "\ue000", "\\", "@octocat", "#1", "GH-1",
  "https://evil.example", "//evil.example", "www.evil.example", "mailto:a@b.example", "a@b.example", "javascript:alert(1)", ":smile:", "$x$", "~~x~~", "^", "{", "}", "한국어", "😀", "ﷺ", "⟨U+0000⟩",
];

const hostile = fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
const span: fc.Arbitrary<Span[]> = fc.oneof(
  hostile.map((text): Span[] => [{ kind: "words", text }]),
  // A word that is strong stands between spaces, as ours do.
  hostile.filter((text) => text.trim() !== "").map((text): Span[] => [{ kind: "words", text: " " }, { kind: "strong", text: text.trim() }, { kind: "words", text: " " }]),
  fc.tuple(hostile, hostile).map(([a, b]): Span[] => [{ kind: "value", segments: [{ text: a, differs: false }, { text: b, differs: true }] }]),
  fc.tuple(hostile, fc.oneof(hostile, hostile.map((text) => `https://docs.example/${text}`))).map(([text, url]): Span[] => [{ kind: "link", text: `see ${text} there`, url }]),
);
const spans = fc.array(span, { minLength: 1, maxLength: 4 }).map((all) => all.flat());
const fact: fc.Arbitrary<Fact> = fc.record({ term: hostile.map((text) => `a${text}`), spans, tone: fc.constantFrom("plain", "fault", "wanted") });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), level: fc.constantFrom(2 as const, 3 as const), spans }),
  fc.record({ kind: fc.constantFrom("paragraph" as const, "warning" as const), spans }),
  fc.record({ kind: fc.constant("verdict" as const), state: fc.constantFrom("blocked", "unknown", "allowed", "pending"), spans }),
  fc.record({ kind: fc.constant("list" as const), items: fc.array(spans, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant("facts" as const), facts: fc.array(fact, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant("comparison" as const), caption: spans, facts: fc.array(fact, { minLength: 2, maxLength: 2 }) }),
  fc.record({ kind: fc.constant("code" as const), lines: fc.array(fc.record({ text: hostile, remark: fc.option(hostile) }), { minLength: 1, maxLength: 3 }) }),
);

/** Reports of which every text is as bad as it can be. */
export const hostileDocuments: fc.Arbitrary<ReportDocument> = fc.record({ language: fc.constant("en"), title: spans, contents: hostile, blocks: fc.array(block, { maxLength: 6 }), footer: spans });

/** What a server and a page could have put into an exchange. */
export const hostileExchanges: fc.Arbitrary<readonly Exchange[]> = fc.array(fc.record({ path: hostile, method: hostile, value: hostile, status: fc.constantFrom(200, 302, 500), preflight: fc.boolean() }), { minLength: 1, maxLength: 3 }).map((all) =>
  all.flatMap(({ path, method, value, status, preflight }, index) => {
    const [id, url] = [`${index}`, `${B}/${path}`];
    const headers = { "Access-Control-Allow-Origin": value, Location: value, Server: value, "X-Other": value };
    const asked = new Tape({ initiator: A }).begin(id, method, url);
    const tape = preflight
      ? asked.begin(`p${id}`, "OPTIONS", url).send(`p${id}`, "OPTIONS", url, { "Access-Control-Request-Method": method, "Access-Control-Request-Headers": value }).head(`p${id}`, "OPTIONS", url, status, headers).done(`p${id}`, "OPTIONS", url).fail(id, method, url, "net::ERR_FAILED")
      : asked.send(id, method, url, { Cookie: value }).head(id, method, url, status, headers).fail(id, method, url, `net::ERR_${value}`);
    return tape.events.reduce(step, emptyLog("chromium")).exchanges;
  }),
);

/** How often each property is tried. */
export const RUNS = 400;
