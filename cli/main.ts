import { writeFileSync } from "node:fs";
import { isatty } from "node:tty";
import { version } from "../package.json";
import { visible } from "../src/report/visible.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { type CommandOptions, commandOptions, type FormatName, HELP, UsageError } from "./options.ts";
import { reportOf, STDIN } from "./read.ts";
import { fails, type FileReport, type Format } from "./report.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";
import { wordsIn } from "./words.ts";

/** The exit status of what couldn't be done. */
const FAILED = 2;

const FORMATS: Readonly<Record<FormatName, Format>> = { text, json, markdown, sarif, junit };

// Who reads us may have read enough: `| head`.
process.stdout.on("error", (error) => {
  if (!("code" in error) || error.code !== "EPIPE") throw error;
});
// Nobody is left to be told.
process.stderr.on("error", () => endWith(FAILED));
process.on("uncaughtException", (error) => {
  complain(error.message);
  endWith(FAILED);
});
void main(process.argv.slice(2)).then(endWith);

/** Unless it failed before: a status only gets worse. */
function endWith(status: number): void {
  process.exitCode = Math.max(status, Number(process.exitCode ?? 0));
}

/** @returns the exit status */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = commandOptions(args, process.env);
    if (options.help || options.version) {
      process.stdout.write(options.help ? HELP : `${version}\n`);
      return 0;
    }
    const files = options.files.length > 0 ? options.files : [STDIN];
    if (options.files.length === 0 && isatty(0)) throw new UsageError("which file?");
    if (files.filter((file) => file === STDIN).length > 1) throw new UsageError(`${STDIN} can be read only once`);
    return await judged(files, options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    process.stderr.write("Try cors-explainer --help\n");
    return FAILED;
  }
}

async function judged(files: readonly string[], options: CommandOptions): Promise<number> {
  const reports: FileReport[] = [];
  for (const [index, file] of files.entries()) {
    progress(`${file} (${index + 1}/${files.length})`);
    reports.push(await reportOf(file, options.all));
  }
  progress("");
  const colour = options.colour && options.output === null && process.stdout.isTTY === true && process.stdout.hasColors();
  const written = FORMATS[options.format](reports, { words: wordsIn(options.language), failOn: options.failOn, colour, version });
  for (const report of reports) if ("problem" in report) complain(`${report.name}: ${report.problem}`);
  if (options.output === null) process.stdout.write(written);
  else if (!isWritten(options.output, written)) return FAILED;
  return statusOf(reports, options);
}

function statusOf(reports: readonly FileReport[], { failOn }: CommandOptions): number {
  if (reports.some((report) => "problem" in report)) return FAILED;
  return reports.some((report) => "findings" in report && report.findings.found.some((found) => fails(found, failOn))) ? 1 : 0;
}

function isWritten(file: string, written: string): boolean {
  try {
    writeFileSync(file, written);
    return true;
  } catch (error) {
    complain(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function complain(about: string): void {
  process.stderr.write(`cors-explainer: ${visible(about)}\n`);
}

/** Where somebody looks on, and the output doesn't stand in between. */
function progress(doing: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${visible(doing)}`);
}
