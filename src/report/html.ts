import { type Shape, shapesOf } from "../picture-shapes.ts";
import { type Block, type Fact, type ReportDocument, type Span, textOf, webUrl } from "./document.ts";
import { STYLE } from "./html-style.ts";
import { Markup } from "./markup.ts";

const { element, text } = Markup;

/** https://www.w3.org/TR/CSP3/: nothing is loaded and nothing runs, whatever got in. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A report as a page of its own, which needs nothing else: to be opened, mailed or printed. */
export function toHtml({ language, title, contents, blocks, footer }: ReportDocument): string {
  const [intro, ...parts] = partsOf(blocks);
  return Markup.page(
    element("html", { lang: language }, [
      element("head", {}, [
        element("meta", { charset: "utf-8" }),
        element("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
        element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        element("meta", { name: "color-scheme", content: "light dark" }),
        element("meta", { name: "referrer", content: "no-referrer" }),
        element("title", {}, [text(textOf(title))]),
        Markup.style(STYLE),
      ]),
      element("body", {}, [
        element("header", {}, [element("h1", {}, title.map(span)), ...(intro ?? []).map(written), ...(parts.length > 1 ? [contentsOf(contents, parts)] : [])]),
        element("main", {}, parts.map((part, index) => element("section", { id: `part-${index + 1}` }, part.map(written)))),
        element("footer", {}, footer.map(span)),
      ]),
    ]),
  );
}

/** What comes before the first heading of the second level, and then what each of them heads. */
function partsOf(blocks: readonly Block[]): Block[][] {
  const parts: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === "heading" && block.level === 2) parts.push([]);
    parts.at(-1)?.push(block);
  }
  return parts;
}

function contentsOf(label: string, parts: readonly (readonly Block[])[]): Markup {
  const items = parts.map(([head], index) => element("li", {}, [element("a", { href: `#part-${index + 1}` }, head?.kind === "heading" ? [text(textOf(head.spans))] : [])]));
  return element("nav", { "aria-label": label }, [element("ol", {}, items)]);
}

function written(block: Block): Markup {
  switch (block.kind) {
    case "heading":
      return element(block.level === 2 ? "h2" : "h3", {}, block.spans.map(span));
    case "paragraph":
      return element("p", {}, block.spans.map(span));
    case "warning":
      return element("p", { class: "warning" }, block.spans.map(span));
    case "verdict":
      return element("p", { class: `verdict verdict-${block.state}` }, block.spans.map(span));
    case "list":
      return element("ul", {}, block.items.map((spans) => element("li", {}, spans.map(span))));
    case "facts":
      return facts(block.facts, "facts");
    case "comparison":
      return element("figure", { class: "compared" }, [element("figcaption", {}, block.caption.map(span)), facts(block.facts, "comparison")]);
    case "code":
      return element("pre", { translate: "no", dir: "ltr" }, [element("code", {}, block.lines.flatMap(({ text: line, remark }, index) => [
        ...(index === 0 ? [] : [Markup.lineBreak]),
        ...(remark === null ? [text(line)] : [element("mark", {}, [text(line)]), element("span", { class: "remark" }, [text(` ← ${remark}`)])]),
      ]))]);
    case "picture":
      return element("figure", { class: "picture" }, [
        element("figcaption", {}, [element("h3", {}, [text(block.label)])]),
        element("div", { class: "picture-frame", tabindex: 0, role: "group", "aria-label": block.label }, [svg(block)]),
        element("details", {}, [element("summary", {}, [text(block.inWords)]), element("ol", {}, block.sentences.map((sentence) => element("li", {}, [text(sentence)])))]),
      ]);
  }
}

function facts(all: readonly Fact[], look: string): Markup {
  return element("dl", { class: look }, all.map(({ term, spans, tone }) => element("div", { class: tone }, [element("dt", {}, [text(term)]), element("dd", {}, spans.map(span))])));
}

function span(one: Span): Markup {
  switch (one.kind) {
    case "words":
      return text(one.text);
    case "strong":
      return element("strong", {}, [text(one.text)]);
    case "value":
      return element("code", { translate: "no", dir: "ltr" }, one.segments.map(({ text: part, differs }) => (differs ? element("mark", {}, [text(part)]) : text(part))));
    case "link": {
      const url = webUrl(one.url);
      return url === null ? text(one.text) : element("a", { href: url, rel: "noopener noreferrer" }, [text(one.text)]);
    }
  }
}

/** The picture; told in words beside it. */
function svg({ layout, label, sentences }: Extract<Block, { kind: "picture" }>): Markup {
  const { width, height } = layout;
  return element("svg", { role: "img", "aria-label": [label, ...sentences].join(". "), width, height, viewBox: `0 0 ${width} ${height}` }, shapesOf(layout, "middle").map(drawn));
}

function drawn({ name, attributes, text: label, children }: Shape): Markup {
  return element(name, attributes, [text(label), ...children.map(drawn)]);
}
