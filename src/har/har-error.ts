/** All that can be wrong with a file: message keys without their group. */
export const HAR_PROBLEMS = ["not-json", "too-long", "missing", "not-object", "not-array", "not-string", "not-number", "not-boolean", "not-known", "not-date", "not-har", "too-much", "other-engine"] as const;

export type HarProblem = (typeof HAR_PROBLEMS)[number];

/** A file that is no HAR, or a broken one. */
export class HarError extends Error {
  /**
   * @param problem what is wrong
   * @param place where in the file, such as `log.entries[3].request.url`; of text that isn't JSON, line and column
   * @param found what stands there, shortened
   */
  constructor(
    readonly problem: HarProblem,
    readonly place: string,
    readonly found: string,
  ) {
    super(`${place}: ${PROBLEMS[problem]}${found === "" ? "" : `, found ${found}`}`);
    this.name = "HarError";
  }
}

const PROBLEMS: Readonly<Record<HarProblem, string>> = {
  "not-json": "not JSON",
  "too-long": "too long to be read at once",
  missing: "missing",
  "not-object": "has to be an object",
  "not-array": "has to be a list",
  "not-string": "has to be text",
  "not-number": "has to be a number",
  "not-boolean": "has to be true or false",
  "not-known": "is none of the values that are known",
  "not-date": "has to be a date",
  "not-har": "not a HAR",
  "too-much": "is more than there can be",
  "other-engine": "differs from the entries before it: one file for each browser",
};
