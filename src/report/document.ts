import type { Segment } from "../difference.ts";
import type { Phrase, Words } from "../explain.ts";
import { isUrl } from "../fetch/url.ts";
import type { Layout } from "../picture-layout.ts";
import { partsOf } from "../phrase-parts.ts";

/** A report for people, as data: markdown.ts, text.ts and html.ts write it. Every text may hold anything. */
export interface ReportDocument {
  /** The language of its words: a tag of BCP 47. */
  readonly language: string;
  readonly title: readonly Span[];
  /** What a list of its parts is called. */
  readonly contents: string;
  readonly blocks: readonly Block[];
  /** Who wrote it, and what isn't in it. */
  readonly footer: readonly Span[];
}

/** A stretch of a line. */
export type Span =
  | { readonly kind: "words" | "strong"; readonly text: string }
  /** Data, such as a header's value: shown as it was, and what differs in it from what had to be. */
  | { readonly kind: "value"; readonly segments: readonly Segment[] }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

/** A line of code, and what is remarked on it. */
export interface CodeLine {
  readonly text: string;
  readonly remark: string | null;
}

/** What something is called, and what it is. */
export interface Fact {
  readonly term: string;
  readonly spans: readonly Span[];
  readonly tone: "plain" | "fault" | "wanted";
}

export type Block =
  /** 2: a part of the report, 3: a part of that. */
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly spans: readonly Span[] }
  | { readonly kind: "paragraph"; readonly spans: readonly Span[] }
  /** What one has to heed before all else. */
  | { readonly kind: "warning"; readonly spans: readonly Span[] }
  | { readonly kind: "verdict"; readonly state: "blocked" | "unknown" | "allowed" | "pending"; readonly spans: readonly Span[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  /** What was, beside what had to be. */
  | { readonly kind: "comparison"; readonly caption: readonly Span[]; readonly facts: readonly Fact[] }
  /** Lines of an HTTP message. */
  | { readonly kind: "code"; readonly lines: readonly CodeLine[] }
  /** Who can't draw leaves it out: what it tells, the messages tell too. */
  | { readonly kind: "picture"; readonly layout: Layout; readonly label: string; readonly sentences: readonly string[]; readonly inWords: string };

/** As much as a report has of one value, in characters. */
const LONGEST = 2000;

/** Our own words. */
export function plain(text: string): Span {
  return { kind: "words", text };
}

export function strong(text: string): Span {
  return { kind: "strong", text };
}

/** Data as it was. */
export function value(text: string): Span {
  return { kind: "value", segments: [{ text: shortened(text), differs: false }] };
}

/** A phrase, with the values in it. */
export function spansOf(words: Words, phrase: Phrase): Span[] {
  return partsOf(words, phrase).map((part) => (part.value ? value(part.text) : plain(part.text)));
}

/** An address of the web, as a browser would write it; null for what is none, such as `javascript:`. */
export function webUrl(url: string): string | null {
  if (!isUrl(url)) return null;
  const { protocol, href } = new URL(url);
  return /^https?:$/.test(protocol) ? href : null;
}

/** A number as the reader writes it. */
export function formatted(number: number, words: Words): string {
  return new Intl.NumberFormat(words("lang")).format(number);
}

/** The beginning of what is too long to be read anyway. */
export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** All that a line says, without how. */
export function textOf(spans: readonly Span[]): string {
  return spans.map((span) => (span.kind === "value" ? span.segments.map(({ text }) => text).join("") : span.text)).join("");
}
