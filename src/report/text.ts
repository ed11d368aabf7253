import { type Block, type Fact, type ReportDocument, type Span, textOf } from "./document.ts";
import { visible } from "./visible.ts";

/** A report as plain text, for where marks would be in the way: a mail, a chat, a terminal. */
export function toText({ title, blocks, footer }: ReportDocument): string {
  return `${[underlined(title, "="), ...blocks.flatMap(written), `-- \n${line(footer)}`].join("\n\n")}\n`;
}

function written(block: Block): string[] {
  switch (block.kind) {
    case "heading":
      return [block.level === 2 ? `\n${underlined(block.spans, "-")}` : `${line(block.spans)}:`];
    case "paragraph":
    case "verdict":
      return [line(block.spans)];
    case "warning":
      return [`! ${line(block.spans)}`];
    case "list":
      return [block.items.map((spans) => `  * ${line(spans)}`).join("\n")];
    case "facts":
      return [facts(block.facts)];
    case "comparison":
      return [`${line(block.caption)}\n${facts(block.facts)}`];
    case "code":
      return [block.lines.map(({ text, remark }) => `    ${visible(remark === null ? text : `${text}   <-- ${remark}`)}`.trimEnd()).join("\n")];
    case "picture":
      return [];
  }
}

function facts(all: readonly Fact[]): string {
  return all.map(({ term, spans }) => `  ${visible(term)}: ${line(spans)}`).join("\n");
}

function underlined(spans: readonly Span[], mark: string): string {
  const text = line(spans);
  return `${text}\n${mark.repeat(Math.min(72, Array.from(text).length))}`;
}

function line(spans: readonly Span[]): string {
  return spans.map((span) => visible(span.kind === "link" ? `${span.text}: ${span.url}` : textOf([span]))).join("").trim();
}
