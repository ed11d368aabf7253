import { plain, type ReportDocument, value } from "../src/report/document.ts";
import { CREATOR } from "../src/report/har.ts";
import { toMarkdown } from "../src/report/markdown.ts";
import { writeUp } from "../src/report/write-up.ts";
import type { FileReport, Format, FormatOptions } from "./report.ts";

/** For comments on a pull request, and job summaries: a document for each file, as the panel exports it. */
export const markdown: Format = (reports, options) => reports.map((report) => toMarkdown({ ...documentOf(report, options), title: [value(report.name)] })).join("\n");

function documentOf(report: FileReport, { words, version }: FormatOptions): ReportDocument {
  if ("problem" in report) {
    return { language: words("lang"), title: [], contents: words("report_contents"), blocks: [{ kind: "warning", spans: [plain(report.problem)] }], footer: [plain(`${CREATOR} ${version}.`)] };
  }
  const { found, exchanges, source, counts } = report.findings;
  return writeUp(found.map(({ exchange }) => exchange), exchanges, source.engine, { words, version, sensitive: false, source, counts });
}
