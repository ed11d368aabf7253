import { styleText } from "node:util";
import { visible } from "../src/report/visible.ts";
import { type Format } from "./report.ts";
import { told, type Told } from "./told.ts";

type Style = "bold" | "red" | "yellow" | "green" | "dim" | "cyan";

/** A stretch of a line: as it is, or in a style. */
type Piece = string | readonly [style: Style, text: string];

/** Makes a line of its pieces: whatever is in them, it stays one, and steers no terminal. */
type Line = (...pieces: readonly Piece[]) => string;

const SIGNS: Readonly<Record<Told["standing"], readonly [style: Style, sign: string]>> = { blocked: ["red", "✗"], maybe: ["yellow", "?"], passed: ["green", "✓"] };

/** For people, in a terminal: a paragraph for each thing that went wrong. */
export const text: Format = (reports, { words, colour }) => {
  const line: Line = (...pieces) => pieces.map((piece) => (typeof piece === "string" ? visible(piece) : colour ? styleText(piece[0], visible(piece[1])) : visible(piece[1]))).join("");
  return reports
    .map((report) => {
      if ("problem" in report) return `${line(["bold", report.name], ": ", ["red", report.problem])}\n`;
      const { blocked, maybe, passed } = report.findings.counts;
      const total = String(blocked + maybe + passed);
      const counted = maybe === 0 ? words("count", [String(blocked), total]) : words("count_maybe", [String(blocked), String(maybe), total]);
      const groups = told(report.findings, words).map((one) => paragraph(one, words("more_alike", [String(one.count - one.requests.length)]), line));
      return [`${line(["bold", report.name], `: ${counted}`)}\n`, ...groups].join("\n");
    })
    .join("\n");
};

function paragraph({ standing, title, browserError, count, requests, fault, sentence, sections, link }: Told, more: string, line: Line): string {
  const width = Math.max(0, ...(fault?.rows.map(([label]) => columns(label)) ?? []));
  return [
    line(SIGNS[standing], " ", ["bold", title], count > 1 ? ` ×${count}` : "", ...(browserError === null ? [] : [["dim", `  ${browserError}`] as const])),
    ...requests.map(({ method, url, place }) => line(`  ${method} ${url}  `, ["dim", place])),
    ...(count > requests.length ? [line(`  … ${more}`)] : []),
    ...(fault === null ? [] : [line(`  ${fault.name}`), ...fault.rows.map(([label, value], row) => line(`    ${label}${" ".repeat(width - columns(label))}  `, [row === 0 ? "red" : "green", value]))]),
    line(`  ${sentence}`),
    ...sections.flatMap(({ title: heading, parts }) => [
      line("  ", ["bold", heading]),
      ...parts.flatMap((part) => (typeof part === "string" ? [line(`    ${part}`)] : part.lines.map((each) => line("        ", ["cyan", each])))),
    ]),
    ...(link === null ? [] : [line(["dim", `  ${link}`])]),
    "",
  ].join("\n");
}

/** Hangul takes two columns of a terminal. */
function columns(label: string): number {
  return [...label].reduce((sum, sign) => sum + (/[\u1100-\u115f\u3000-\u303f\uac00-\ud7a3]/.test(sign) ? 2 : 1), 0);
}
