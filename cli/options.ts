import { parseArgs } from "node:util";
import { type Language, LANGUAGES } from "../src/wording.ts";
import type { FailOn } from "./report.ts";

/** What was asked for. */
export interface CommandOptions {
  readonly files: readonly string[];
  readonly format: FormatName;
  readonly failOn: FailOn;
  readonly all: boolean;
  readonly language: Language;
  readonly colour: boolean;
  /** Where to write, or null for standard output. */
  readonly output: string | null;
  readonly help: boolean;
  readonly version: boolean;
}

const FORMATS = ["text", "json", "markdown", "sarif", "junit"] as const;
export type FormatName = (typeof FORMATS)[number];
const FAIL_ON = ["blocked", "maybe", "never"] as const;

/** What was asked for, and can't be. */
export class UsageError extends Error {}

export const HELP = `Usage: cors-explainer [options] [FILE.har ...]

Says which requests of a HAR CORS blocked, why, and what fixes it. Reads standard input for - or without a file,
and what gzip compressed.

  --format FORMAT   ${FORMATS.join(" | ")} (default: text)
  --fail-on WHAT    ${FAIL_ON.join(" | ")} (default: blocked); maybe: also what may have been blocked
  --all             also what passed
  --lang LANGUAGE   ${LANGUAGES.join(" | ")} (default: by LC_ALL, LC_MESSAGES, LANG)
  --no-color        no colours; there are none in pipes and files, nor with NO_COLOR
  --output FILE     write to a file
  --help, --version

Exit status: 0 nothing to fail for, 1 something that --fail-on names, 2 a file that can't be read or is no HAR, or a
report that can't be written.
Cookies, tokens and what looks like a secret are left out of what is printed.
`;

/**
 * Reads the command line.
 * @throws {UsageError} saying what is wrong
 */
export function commandOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): CommandOptions {
  const { values, positionals } = parsed(args);
  return {
    files: positionals,
    format: oneOf("--format", values.format, FORMATS),
    failOn: oneOf("--fail-on", values["fail-on"], FAIL_ON),
    all: values.all,
    language: values.lang === undefined ? languageOf(environment) : oneOf("--lang", values.lang, LANGUAGES),
    colour: !values["no-color"],
    output: values.output ?? null,
    help: values.help,
    version: values.version,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        "fail-on": { type: "string", default: "blocked" },
        all: { type: "boolean", default: false },
        lang: { type: "string" },
        "no-color": { type: "boolean", default: false },
        output: { type: "string", short: "o" },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", short: "v", default: false },
      },
    });
  } catch (error) {
    // Some of its messages have two lines.
    throw new UsageError((error instanceof Error ? error.message : String(error)).replaceAll("\n", " "));
  }
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`${name} is ${allowed.join(", ")}; not ${value}`);
  return found;
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02 */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>): Language {
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("ko") ? "ko" : "en";
}
