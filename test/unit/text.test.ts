import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, plain, strong, value } from "../../src/report/document.ts";
import { toText } from "../../src/report/text.ts";
import { visible } from "../../src/report/visible.ts";
import { hostileDocuments, RUNS } from "./hostile-documents.ts";

function written(block: Block): string {
  return toText({ language: "en", title: [plain("T")], contents: "", blocks: [block], footer: [plain("F")] }).slice("T\n=\n\n".length, -"\n\n-- \nF\n".length);
}

describe("each construct", () => {
  test.each<[string, Block, string]>([
    ["a part", { kind: "heading", level: 2, spans: [plain("One "), value("x")] }, "\nOne x\n-----"],
    ["a part of a part", { kind: "heading", level: 3, spans: [plain("One")] }, "One:"],
    ["a paragraph", { kind: "paragraph", spans: [plain("It is "), value("a"), plain(" and "), strong("b"), plain(".")] }, "It is a and b."],
    ["a warning", { kind: "warning", spans: [plain("Mind it.")] }, "! Mind it."],
    ["a verdict", { kind: "verdict", state: "blocked", spans: [plain("Blocked.")] }, "Blocked."],
    ["a list", { kind: "list", items: [[plain("a")], [plain("b")]] }, "  * a\n  * b"],
    ["facts", { kind: "facts", facts: [{ term: "Page", spans: [value("x")], tone: "plain" }] }, "  Page: x"],
    ["a comparison", { kind: "comparison", caption: [value("Vary")], facts: [{ term: "Sent", spans: [value("x")], tone: "fault" }] }, "Vary\n  Sent: x"],
    ["code", { kind: "code", lines: [{ text: "A: b", remark: "here" }, { text: "", remark: null }] }, "    A: b   <-- here\n"],
    ["a link", { kind: "paragraph", spans: [{ kind: "link", text: "MDN", url: "https://a.example/" }] }, "MDN: https://a.example/"],
    ["a value of several lines", { kind: "paragraph", spans: [value("a\nBlocked: no")] }, "a⟨U+000A⟩Blocked: no"],
  ])("%s", (_, block, wanted) => expect(written(block)).toBe(wanted));
});

test("no text makes a line of its own, nor one that can't be seen", () => {
  fc.assert(fc.property(hostileDocuments, (report) => {
    const text = toText(report);
    expect(visible(text.replaceAll("\n", ""))).toBe(text.replaceAll("\n", ""));
    const lines = report.blocks.map((block) => {
      if (block.kind === "heading") return block.level === 2 ? 3 : 1;
      if (block.kind === "list") return block.items.length;
      if (block.kind === "facts" || block.kind === "comparison") return block.facts.length + (block.kind === "comparison" ? 1 : 0);
      return block.kind === "code" ? block.lines.length : 1;
    });
    // A title and a footer of two lines, and an empty line after each block and the title.
    expect(text.split("\n").length - 1).toBe(2 + 1 + lines.reduce((sum, count) => sum + count + 1, 0) + 2);
  }), { numRuns: RUNS });
});

test.each<[string, string]>([
  ["plain, 한국어, ü, 😀", "plain, 한국어, ü, 😀"],
  ["a\tb\r\n", "a⟨U+0009⟩b⟨U+000D⟩⟨U+000A⟩"],
  ["\u202Etxt\u2066", "⟨U+202E⟩txt⟨U+2066⟩"],
  ["a\u200Bb\u200D\uFEFF\u00AD", "a⟨U+200B⟩b⟨U+200D⟩⟨U+FEFF⟩⟨U+00AD⟩"],
  ["a\u00A0b\u3000c", "a⟨U+00A0⟩b⟨U+3000⟩c"],
  ["\u3164\u115F\u2800", "⟨U+3164⟩⟨U+115F⟩⟨U+2800⟩"],
  ["\uD800x", "⟨U+D800⟩x"],
  ["\u{E0041}", "⟨U+E0041⟩"],
  ["\uE000", "⟨U+E000⟩"],
])("what can't be seen is told: %j", (text, wanted) => expect(visible(text)).toBe(wanted));
