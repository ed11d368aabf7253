import { visible } from "./visible.ts";

/** A piece of HTML or of SVG within it. Only this file makes them, so none has a text that isn't escaped. */
export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  /** A text, as it is. https://html.spec.whatwg.org/multipage/syntax.html#syntax-text */
  static text(text: string): Markup {
    return new Markup(escaped(visible(text)));
  }

  /** An element; one of `VOID` has no children, and no end. */
  static element(name: ElementName, attributes: Attributes, children: readonly Markup[] = []): Markup {
    const start = `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(visible(String(value)))}"`).join("")}>`;
    return new Markup(VOID.has(name) ? start : `${start}${children.map((child) => child.#html).join("")}</${name}>`);
  }

  /** A new line of code. */
  static readonly lineBreak = new Markup("\n");

  /** A style sheet of ours. */
  static style(css: string): Markup {
    return new Markup(`<style>${css}</style>`);
  }

  /** A page, from its root. */
  static page(root: Markup): string {
    return `<!doctype html>\n${root.#html}\n`;
  }
}

/** No script, no picture or frame from elsewhere, no form. */
export type ElementName =
  | "html" | "head" | "meta" | "title" | "body" | "header" | "main" | "nav" | "section" | "footer" | "h1" | "h2" | "h3" | "p" | "ul" | "ol" | "li" | "dl" | "div" | "dt" | "dd"
  | "figure" | "figcaption" | "details" | "summary" | "pre" | "code" | "strong" | "mark" | "span" | "a" | "svg" | "g" | "rect" | "path" | "circle" | "text";

type Attributes = Readonly<Partial<Record<AttributeName, string | number>>>;

type AttributeName =
  | "lang" | "charset" | "name" | "content" | "http-equiv" | "class" | "id" | "href" | "rel" | "translate" | "dir" | "role" | "aria-label" | "aria-hidden" | "tabindex"
  | "viewBox" | "width" | "height" | "x" | "y" | "rx" | "d" | "cx" | "cy" | "r";

const VOID: ReadonlySet<ElementName> = new Set(["meta"]);

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
