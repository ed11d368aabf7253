import fc from "fast-check";
import MarkdownIt, { type Token } from "markdown-it";
import { describe, expect, test } from "vitest";
import { type Block, plain, type ReportDocument, type Span, strong, textOf, value } from "../../src/report/document.ts";
import { toMarkdown } from "../../src/report/markdown.ts";
import { visible } from "../../src/report/visible.ts";
import { writeUp } from "../../src/report/write-up.ts";
import { hostileDocuments, hostileExchanges, RUNS } from "./hostile-documents.ts";
import { shippedWords } from "./shipped-words.ts";

const parser = new MarkdownIt({ html: true, linkify: true });
// Nobody links a name without a scheme.
parser.linkify.set({ fuzzyLink: false });

const words = shippedWords("en");

function documentOf(...blocks: readonly Block[]): ReportDocument {
  return { language: "en", title: [plain("T")], contents: "", blocks, footer: [plain("F")] };
}

/** A block without what is around it: the title, and the footer below a rule. */
function written(block: Block): string {
  return toMarkdown(documentOf(block)).slice("# T\n\n".length, -"\n\n---\n\nF\n".length);
}

const paragraph = (...spans: readonly Span[]): string => written({ kind: "paragraph", spans });

describe("each construct", () => {
  test.each<[string, Block, string]>([
    ["a part", { kind: "heading", level: 2, spans: [plain("One")] }, "## One"],
    ["a part of a part", { kind: "heading", level: 3, spans: [plain("One")] }, "### One"],
    ["a paragraph", { kind: "paragraph", spans: [plain("It is "), value("a"), plain(" and "), strong("b"), plain(".")] }, "It is `a` and **b**."],
    ["a warning", { kind: "warning", spans: [plain("Mind it.")] }, "> ⚠ Mind it."],
    ["a verdict", { kind: "verdict", state: "blocked", spans: [plain("Blocked.")] }, "> Blocked."],
    ["a list", { kind: "list", items: [[plain("a")], [plain("b")]] }, "- a\n- b"],
    ["facts", { kind: "facts", facts: [{ term: "Page", spans: [value("x")], tone: "plain" }] }, "- **Page:** `x`"],
    ["a comparison", { kind: "comparison", caption: [value("Vary")], facts: [{ term: "Sent", spans: [value("x")], tone: "fault" }, { term: "Wanted", spans: [value("y")], tone: "wanted" }] }, "`Vary`\n\n- **Sent:** `x`\n- **Wanted:** `y`"],
    ["code", { kind: "code", lines: [{ text: "A: b", remark: null }, { text: "C: d", remark: "here" }] }, "```http\nA: b\nC: d   ← here\n```"],
    ["a link", { kind: "paragraph", spans: [{ kind: "link", text: "MDN", url: "https://developer.mozilla.org/a" }] }, "[MDN](<https://developer.mozilla.org/a>)"],
    ["two segments", { kind: "paragraph", spans: [{ kind: "value", segments: [{ text: "a", differs: false }, { text: "b", differs: true }] }] }, "`ab`"],
  ])("%s", (_, block, wanted) => expect(written(block)).toBe(wanted));
});

describe("what could be a mark isn't", () => {
  test.each<[string, Span, string]>([
    ["backticks in a value", value("a `b`"), "`` a `b` ``"],
    ["a run of them", value("```js"), "```` ```js ````"],
    ["spaces around a value", value(" a "), "`  a  `"],
    ["nothing", value(""), "` `"],
    ["stars and brackets", plain("*a* [b](c) ![d](e)"), "\\*a\\* \\[b\\](c) \\!\\[d\\](e)"],
    ["HTML", plain("<b>&amp;"), "\\<b\\>\\&amp;"],
    ["a list", plain("- a"), "\\- a"],
    ["a number", plain("1. a"), "1\\. a"],
    ["somebody's name", plain("ask @octocat now"), "ask `@octocat` now"],
    ["an address", plain("see https://evil.example/_x_."), "see `https://evil.example/_x_.`"],
    ["an issue", plain("(#1)"), "`(#1)`"],
    ["what runs", { kind: "link", text: "MDN", url: "javascript:alert(1)" }, "MDN"],
    ["an address with marks", { kind: "link", text: "a", url: "https://a.example/(b)<c>?d=1&copy=2" }, "[a](<https://a.example/%28b%29%3Cc%3E?d=1&amp;copy=2>)"],
    ["a line break", value("a\r\nb"), "`a⟨U+000D⟩⟨U+000A⟩b`"],
    ["turned text", value("a\u202eb\u200b"), "`a⟨U+202E⟩b⟨U+200B⟩`"],
  ])("%s", (_, span, wanted) => expect(paragraph(span)).toBe(wanted));

  test("more backticks than a call can have arguments", () => {
    expect(written({ kind: "code", lines: [{ text: "` ".repeat(400_000), remark: null }] })).toMatch(/^```http\n/);
  });

  test("a fence of code", () => {
    expect(written({ kind: "code", lines: [{ text: "````", remark: null }, { text: "<b>", remark: null }] })).toBe("`````http\n````\n<b>\n`````");
  });
});

/** What a parser makes of Markdown, block by block. */
function parsed(markdown: string): string[] {
  const tokens = parser.parse(markdown, {});
  const around: string[] = [];
  return tokens.flatMap((token): string[] => {
    if (token.nesting === 1) around.push(token.tag);
    if (token.nesting === -1) around.pop();
    if (token.type === "inline") return [`${around.join(" ")}: ${inlineText(token.children ?? []).trim()}`];
    if (token.type === "fence") return [`fence ${token.info}: ${token.content}`];
    return token.nesting === 0 ? [token.type] : [];
  });
}

/** The text of a line, and what else than texts, code, strong words and links there is. */
function inlineText(tokens: readonly Token[]): string {
  const KNOWN = new Set(["text", "text_special", "code_inline", "strong_open", "strong_close", "link_open", "link_close"]);
  return tokens.map((token) => (KNOWN.has(token.type) ? token.content : `[[${token.type}]]`)).join("");
}

function expected({ title, blocks, footer }: ReportDocument): string[] {
  const line = (around: string, spans: readonly Span[]): string => `${around}: ${visible(textOf(spans)).trim()}`;
  const facts = (all: readonly { readonly term: string; readonly spans: readonly Span[] }[]): string[] => all.map(({ term, spans }) => line("ul li p", [plain(`${term}: `), ...spans]));
  return [
    line("h1", title),
    ...blocks.flatMap((block): string[] => {
      switch (block.kind) {
        case "heading": return [line(`h${block.level}`, block.spans)];
        case "paragraph": return [line("p", block.spans)];
        case "warning": return [line("blockquote p", [plain("⚠ "), ...block.spans])];
        case "verdict": return [line("blockquote p", block.spans)];
        case "list": return block.items.map((spans) => line("ul li p", spans));
        case "facts": return facts(block.facts);
        case "comparison": return [line("p", block.caption), ...facts(block.facts)];
        case "code": return [`fence http: ${block.lines.map(({ text, remark }) => `${visible(remark === null ? text : `${text}   ← ${remark}`)}\n`).join("")}`];
        case "picture": return [];
      }
    }),
    "hr",
    line("p", footer),
  ];
}

/** Blanks at the ends of a line are nothing in Markdown, and neither are they to who reads it. */
function squeezed(lines: readonly string[]): string[] {
  return lines.map((line) => (line.startsWith("fence") ? line : line.replace(/ +/g, " ").replace(/&nbsp;|\u00a0/g, "").trim()));
}

function links(markdown: string): string[] {
  const all = parser.parse(markdown, {}).flatMap(({ children }) => children ?? []);
  return all.filter(({ type }) => type === "link_open").map((token) => String(token.attrGet("href")));
}

function spansIn({ title, blocks, footer }: ReportDocument): Span[] {
  return [...title, ...footer, ...blocks.flatMap((block) => {
    if ("spans" in block) return block.spans;
    if ("items" in block) return block.items.flat();
    if ("facts" in block) return [...("caption" in block ? block.caption : []), ...block.facts.flatMap(({ spans }) => spans)];
    return [];
  })];
}

describe("a parser reads what was written, and nothing else", () => {
  test("of documents of hostile texts", () => {
    fc.assert(fc.property(hostileDocuments, (report) => {
      const markdown = toMarkdown(report);
      expect(squeezed(parsed(markdown))).toEqual(squeezed(expected(report)));
      const ours = spansIn(report).filter((span) => span.kind === "link" && /^https?:$/.test(URL.canParse(span.url) ? new URL(span.url).protocol : ""));
      expect(links(markdown)).toHaveLength(ours.length);
      expect(links(markdown).filter((url) => !/^https?:\/\//.test(url))).toEqual([]);
    }), { numRuns: RUNS });
  });

  test("of exchanges with hostile values", () => {
    fc.assert(fc.property(hostileExchanges, fc.boolean(), (exchanges, sensitive) => {
      const report = writeUp(exchanges, exchanges, "chromium", { words, version: "1.0", sensitive });
      const markdown = toMarkdown(report);
      expect(squeezed(parsed(markdown))).toEqual(squeezed(expected(report)));
      expect(links(markdown).filter((url) => !/^https:\/\/(fetch\.spec\.whatwg\.org|html\.spec\.whatwg\.org|developer\.mozilla\.org|wicg\.github\.io|github\.com\/annevk)\//.test(url))).toEqual([]);
    }), { numRuns: RUNS / 4 });
  });
});
