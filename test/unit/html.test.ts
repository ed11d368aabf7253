import fc from "fast-check";
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from "parse5";
import { describe, expect, test } from "vitest";
import { type Block, plain, type ReportDocument, strong, textOf, value } from "../../src/report/document.ts";
import { STYLE } from "../../src/report/html-style.ts";
import { toHtml } from "../../src/report/html.ts";
import { visible } from "../../src/report/visible.ts";
import { writeUp } from "../../src/report/write-up.ts";
import { hostileDocuments, hostileExchanges, RUNS } from "./hostile-documents.ts";
import { shippedWords } from "./shipped-words.ts";

const words = shippedWords("en");

type Element = DefaultTreeAdapterTypes.Element;

function documentOf(...blocks: readonly Block[]): ReportDocument {
  return { language: "en", title: [plain("T")], contents: "All", blocks, footer: [plain("F")] };
}

/** What stands between the title and the empty main part. */
function written(block: Block): string {
  return /<h1>T<\/h1>(.*)<\/header><main>/s.exec(toHtml(documentOf(block)))?.[1] ?? "";
}

describe("each construct", () => {
  const code = (text: string): string => `<code translate="no" dir="ltr">${text}</code>`;
  test.each<[string, Block, string]>([
    ["a part of a part", { kind: "heading", level: 3, spans: [plain("One")] }, "<h3>One</h3>"],
    ["a paragraph", { kind: "paragraph", spans: [plain("It is "), value("a"), plain(" and "), strong("b"), plain(".")] }, `<p>It is ${code("a")} and <strong>b</strong>.</p>`],
    ["a warning", { kind: "warning", spans: [plain("Mind it.")] }, `<p class="warning">Mind it.</p>`],
    ["a verdict", { kind: "verdict", state: "blocked", spans: [plain("Blocked.")] }, `<p class="verdict verdict-blocked">Blocked.</p>`],
    ["a list", { kind: "list", items: [[plain("a")], [plain("b")]] }, "<ul><li>a</li><li>b</li></ul>"],
    ["facts", { kind: "facts", facts: [{ term: "Page", spans: [value("x")], tone: "plain" }] }, `<dl class="facts"><div class="plain"><dt>Page</dt><dd>${code("x")}</dd></div></dl>`],
    ["a comparison", { kind: "comparison", caption: [value("Vary")], facts: [{ term: "Sent", spans: [value("x")], tone: "fault" }] }, `<figure class="compared"><figcaption>${code("Vary")}</figcaption><dl class="comparison"><div class="fault"><dt>Sent</dt><dd>${code("x")}</dd></div></dl></figure>`],
    ["code", { kind: "code", lines: [{ text: "A: b", remark: null }, { text: "C: d", remark: "here" }] }, `<pre translate="no" dir="ltr"><code>A: b\n<mark>C: d</mark><span class="remark"> ← here</span></code></pre>`.replace("\n", "\\n")],
    ["a link", { kind: "paragraph", spans: [{ kind: "link", text: "MDN", url: "https://a.example/?a=1&b" }] }, `<p><a href="https://a.example/?a=1&#38;b" rel="noopener noreferrer">MDN</a></p>`],
    ["what runs", { kind: "paragraph", spans: [{ kind: "link", text: "MDN", url: "javascript:alert(1)" }] }, "<p>MDN</p>"],
    ["what differs", { kind: "paragraph", spans: [{ kind: "value", segments: [{ text: "a", differs: false }, { text: "b", differs: true }] }] }, `<p>${code("a<mark>b</mark>")}</p>`],
    ["HTML in a value", { kind: "paragraph", spans: [value(`<b a="'">&amp;`)] }, `<p>${code("&#60;b a=&#34;&#39;&#34;&#62;&#38;amp;")}</p>`],
  ])("%s", (_, block, wanted) => expect(written(block).replaceAll("\n", "\\n")).toBe(wanted));

  test("parts, and a list of them when there are several", () => {
    const heading = (text: string): Block => ({ kind: "heading", level: 2, spans: [plain(text)] });
    expect(toHtml(documentOf(heading("One")))).not.toContain("<nav");
    expect(toHtml(documentOf(heading("One"), heading("Two")))).toContain(`<nav aria-label="All"><ol><li><a href="#part-1">One</a></li><li><a href="#part-2">Two</a></li></ol></nav></header><main><section id="part-1"><h2>One</h2></section><section id="part-2"><h2>Two</h2></section></main>`);
  });

  test("the page: its language, and a policy that lets nothing in", () => {
    const html = toHtml({ ...documentOf(), language: "ko" });
    expect(html).toMatch(/^<!doctype html>\n<html lang="ko"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:">/);
  });

  test("the style sheet asks for nothing from elsewhere", () => {
    expect(STYLE).not.toMatch(/url\(|@import|<|expression/i);
  });
});

/** Which attributes an element may have. There are no others. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  html: ["lang"], head: [], meta: ["charset", "http-equiv", "content", "name"], title: [], style: [], body: [], header: [], main: [], nav: ["aria-label"], section: ["id"], footer: [],
  h1: [], h2: [], h3: [], p: ["class"], ul: [], ol: [], li: [], dl: ["class"], div: ["class", "tabindex", "role", "aria-label"], dt: [], dd: [], figure: ["class"], figcaption: [], details: [], summary: [],
  pre: ["translate", "dir"], code: ["translate", "dir"], strong: [], mark: [], span: ["class"], a: ["href", "rel"],
  svg: ["role", "aria-label", "width", "height", "viewBox"], g: ["class"], rect: ["class", "x", "y", "width", "height", "rx"], path: ["class", "d"], circle: ["class", "cx", "cy", "r"], text: ["class", "x", "y"],
};

/** All elements of a page, as a browser would build them. */
function elementsOf(html: string): Element[] {
  const errors: string[] = [];
  const root = parse(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const all: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (defaultTreeAdapter.isElementNode(node)) all.push(node);
    if ("childNodes" in node) node.childNodes.forEach(visit);
    expect(defaultTreeAdapter.isCommentNode(node)).toBe(false);
  };
  visit(root);
  return all;
}

function textIn(node: DefaultTreeAdapterTypes.Node): string {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  return "childNodes" in node ? node.childNodes.map(textIn).join("") : "";
}

function unexpected(elements: readonly Element[]): string[] {
  return elements.flatMap(({ tagName, attrs }) => {
    const known = KNOWN[tagName];
    if (known === undefined) return [tagName];
    return attrs.filter(({ name, value: text }) => !known.includes(name) || (name === "href" && !/^(#part-\d+$|https?:\/\/)/.test(text))).map(({ name, value: text }) => `${tagName} ${name}=${text}`);
  });
}

describe("a browser builds what was written, and nothing else", () => {
  test("of documents of hostile texts", () => {
    fc.assert(fc.property(hostileDocuments, (report) => {
      const elements = elementsOf(toHtml(report));
      expect(unexpected(elements)).toEqual([]);
      const named = (name: string): string[] => elements.filter(({ tagName }) => tagName === name).map(textIn);
      expect(named("style")).toEqual([STYLE]);
      expect(named("title")).toEqual([visible(textOf(report.title))]);
      const headings = report.blocks.flatMap((block) => (block.kind === "heading" ? [[block.level, visible(textOf(block.spans))]] : []));
      expect(elements.flatMap((element) => (/^h[23]$/.test(element.tagName) ? [[Number(element.tagName[1]), textIn(element)]] : []))).toEqual(headings);
      expect(named("pre")).toEqual(report.blocks.flatMap((block) => (block.kind === "code" ? [block.lines.map(({ text, remark }) => visible(remark === null ? text : `${text} ← ${remark}`)).join("\n")] : [])));
    }), { numRuns: RUNS });
  });

  test("of exchanges with hostile values, with their pictures", () => {
    fc.assert(fc.property(hostileExchanges, fc.boolean(), (exchanges, sensitive) => {
      const elements = elementsOf(toHtml(writeUp(exchanges, exchanges, "chromium", { words, version: "1.0", sensitive })));
      expect(unexpected(elements)).toEqual([]);
      expect(elements.filter(({ tagName }) => tagName === "svg").length).toBe(elements.filter(({ tagName }) => tagName === "details").length);
    }), { numRuns: RUNS / 8 });
  });
});
