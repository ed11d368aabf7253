import { type Block, type Fact, plain, type ReportDocument, type Span, textOf, value, webUrl } from "./document.ts";
import { visible } from "./visible.ts";

/**
 * A report as Markdown: CommonMark (https://spec.commonmark.org/0.31.2/), as GitHub, GitLab and others read it. Nothing in
 * a value is taken for a mark, for HTML, for a link, or for somebody's name.
 */
export function toMarkdown({ title, blocks, footer }: ReportDocument): string {
  return `${[`# ${inline(title)}`, ...blocks.flatMap(written), "---", inline(footer)].join("\n\n")}\n`;
}

function written(block: Block): string[] {
  switch (block.kind) {
    case "heading":
      return [`${"#".repeat(block.level)} ${inline(block.spans)}`];
    case "paragraph":
      return [inline(block.spans)];
    case "warning":
      return [`> ⚠ ${inline(block.spans)}`];
    case "verdict":
      return [`> ${inline(block.spans)}`];
    case "list":
      return [block.items.map((spans) => `- ${inline(spans)}`).join("\n")];
    case "facts":
      return [facts(block.facts)];
    case "comparison":
      return [inline(block.caption), facts(block.facts)];
    case "code":
      return [fenced(block.lines.map(({ text, remark }) => visible(remark === null ? text : `${text}   ← ${remark}`)))];
    case "picture":
      return [];
  }
}

function facts(all: readonly Fact[]): string {
  return all.map(({ term, spans }) => `- ${inline([{ kind: "strong", text: `${term}:` }, { kind: "words", text: " " }, ...spans])}`).join("\n");
}

/** Spans on a line of their own: at its start, even a number can be a mark. */
function inline(spans: readonly Span[]): string {
  const [first, ...others] = merged(spans.flatMap(withoutCalls));
  if (first === undefined) return "";
  const start = first.kind === "words" ? atStart(first.text.trimStart()) : span(first);
  return [start, ...others.map(span)].join("").trimEnd() || "&nbsp;";
}

/** Neighbours of one kind are one: two pieces of code side by side would be read as something else. */
function merged(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const one of spans) {
    const last = all.at(-1);
    if (one.kind === "strong" ? one.text.trim() === "" : one.kind !== "value" && one.text === "") continue;
    if (last?.kind === "words" && one.kind === "words") all[all.length - 1] = { kind: "words", text: last.text + one.text };
    else if (last?.kind === "value" && one.kind === "value") all[all.length - 1] = { kind: "value", segments: [...last.segments, ...one.segments] };
    else all.push(one);
  }
  return all;
}

function span(one: Span): string {
  switch (one.kind) {
    case "words":
      return marks(visible(one.text));
    case "strong":
      return `**${escaped(one.text.trim())}**`;
    case "value":
      return code(textOf([one]));
    case "link": {
      const url = webUrl(one.url);
      return url === null ? escaped(one.text) : `[${escaped(one.text)}](${linked(url)})`;
    }
  }
}

/** What hosts make links, calls or pictures of, though no mark says so: as code it is left alone. */
const CALLS = /\S*(?:@|\/\/|www\.|mailto:|xmpp:|#\d|\bGH-\d|:[\w+-]+:|\$)\S*/gi;

function withoutCalls(one: Span): Span[] {
  if (one.kind !== "words") return [one];
  const seen = visible(one.text);
  const calls = [...seen.matchAll(CALLS)].map(([call]) => call);
  return seen.split(CALLS).flatMap((text, index): Span[] => [plain(text), ...(index < calls.length ? [value(calls[index] ?? "")] : [])]);
}

function escaped(text: string): string {
  return withoutCalls(plain(text)).map(span).join("");
}

/** https://spec.commonmark.org/0.31.2/#backslash-escapes, of all that is a mark within a line. */
function marks(text: string): string {
  return text.replace(/[\\`*_![\]<>&~|#^]/g, "\\$&");
}

/** What begins a heading, a list, a rule or another block there. */
function atStart(text: string): string {
  const safe = marks(visible(text));
  return safe.replace(/^(?:([+\-=:])|(\d+)([.)]))/, (_, mark: string | undefined, digits: string | undefined, after: string | undefined) => (mark === undefined ? `${digits}\\${after}` : `\\${mark}`));
}

/** https://spec.commonmark.org/0.31.2/#code-spans: between more backticks than it has in a row. */
function code(text: string): string {
  const shown = visible(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  // One space at both ends belongs to the marks.
  const room = /^[ `]|[ `]$/.test(shown) && shown.trim() !== "" ? " " : "";
  return shown === "" ? `${fence} ${fence}` : `${fence}${room}${shown}${room}${fence}`;
}

/** https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
function fenced(lines: readonly string[]): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}http`, ...lines, fence].join("\n");
}

function longestRun(text: string): number {
  // There may be more runs than a call can have arguments.
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** An address between angle brackets, without what would end it or be read as something else. */
function linked(url: string): string {
  return `<${url.replace(/[<>\\()`*_[\]~|]/g, percent).replaceAll("&", "&amp;")}>`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
