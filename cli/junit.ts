import { type Found } from "../src/findings.ts";
import { detailed, type JudgedExchange } from "../src/judge-har.ts";
import { CREATOR } from "../src/report/har.ts";
import { fails, type FileReport, type Format, type FormatOptions, placeOf } from "./report.ts";

/** For CI servers: a suite for each file, a case for each request that is reported. */
export const junit: Format = (reports, options) => {
  const suites = reports.map((report) => suite(report, options));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${CREATOR}">\n${suites.join("")}</testsuites>\n`;
};

function suite(report: FileReport, options: FormatOptions): string {
  const name = attribute(report.name);
  if ("problem" in report) {
    return `  <testsuite name="${name}" tests="1" failures="0" errors="1" skipped="0">\n    <testcase classname="${name}" name="${name}"><error message="${attribute(report.problem)}"/></testcase>\n  </testsuite>\n`;
  }
  const all = report.findings.found;
  const details = detailed(report.findings, options);
  const failures = all.filter((found) => fails(found, options.failOn)).length;
  const skipped = all.filter((found) => isSkipped(found, options)).length;
  // CI servers take a suite without cases for one that didn't run.
  const cases = all.length === 0 ? [`    <testcase classname="${name}" name="CORS"/>\n`] : all.map((found) => testCase(name, found, details(found), options));
  return `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}">\n${cases.join("")}  </testsuite>\n`;
}

/** Reported, and not what the command is to fail for. */
function isSkipped(found: Found, { failOn }: FormatOptions): boolean {
  return found.standing !== "passed" && !fails(found, failOn);
}

function testCase(file: string, found: Found, { method, url, title, sentence, code, failing, outcome }: JudgedExchange, options: FormatOptions): string {
  const head = `    <testcase classname="${file}" name="${attribute(`${method} ${url} (${found.entries.map(placeOf).join(", ")})`)}"`;
  if (isSkipped(found, options)) return `${head}><skipped message="${attribute(`${title}: ${sentence}`)}"/></testcase>\n`;
  if (!fails(found, options.failOn)) return `${head}/>\n`;
  return `${head}><failure type="${code ?? failing[0]?.code ?? outcome}" message="${attribute(title)}">${escaped(sentence)}</failure></testcase>\n`;
}

function attribute(text: string): string {
  return escaped(text).replace(/"/g, "&quot;").replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What XML allows, and as text. https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}
