import type { Engine, Exchange } from "../model.ts";
import { type ReportOptions, toHar } from "./har.ts";
import { toHtml } from "./html.ts";
import { toMarkdown } from "./markdown.ts";
import { toText } from "./text.ts";
import { writeUp } from "./write-up.ts";

/** What a report can be written as. */
export const FORMATS = ["har", "markdown", "html", "text"] as const;

export type Format = (typeof FORMATS)[number];

/** A report as the content of a file. */
export interface WrittenReport {
  readonly text: string;
  /** Its media type. */
  readonly type: string;
  /** What its name ends in. */
  readonly extension: string;
}

/**
 * Writes a report of exchanges, in whatever format.
 * @param chosen what to report; of these, what touched another origin
 * @param log what began in the same log: caches and servers remember
 */
export function writeReport(format: Format, chosen: readonly Exchange[], log: readonly Exchange[], engine: Engine, options: ReportOptions): WrittenReport {
  if (format === "har") return { text: JSON.stringify(toHar(chosen, engine, options), null, 2), type: "application/json", extension: "har" };
  const told = writeUp(chosen, log, engine, options);
  switch (format) {
    case "markdown":
      return { text: toMarkdown(told), type: "text/markdown;charset=utf-8", extension: "md" };
    case "html":
      return { text: toHtml(told), type: "text/html;charset=utf-8", extension: "html" };
    case "text":
      return { text: toText(told), type: "text/plain;charset=utf-8", extension: "txt" };
  }
}

/** Whether it is the name of a format. */
export function isFormat(name: string | null): name is Format {
  return FORMATS.some((format) => format === name);
}
