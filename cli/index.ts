import { type EntryOptions, type HarJudgement, type JudgedExchange, type JudgeOptions, judgeEntry as judgeEntryWith, judgeHar as judgeHarWith } from "../src/judge-har.ts";
import type { Language } from "../src/wording.ts";
import { wordsIn } from "./words.ts";

export { HarError, type HarProblem } from "../src/har/har-error.ts";
export type { Lack, Source } from "../src/har/source.ts";
export type { Counts } from "../src/findings.ts";
export type { Judgement } from "../src/report/contract.ts";
export type { HarJudgement, JudgedExchange, Language };

/** How a HAR is judged. */
export interface Options extends Omit<JudgeOptions, "words"> {
  /** Of the texts; English where it isn't given. */
  readonly language?: Language;
}

/** How an entry is judged. */
export interface EntryOfOptions extends Omit<EntryOptions, "words"> {
  readonly language?: Language;
}

/**
 * Judges a HAR: which of its requests CORS blocked, why, and what fixes it.
 * @param har the file, parsed
 * @throws {HarError} if it is no HAR, or one with parts of wrong types
 */
export function judgeHar(har: unknown, { language = "en", ...options }: Options = {}): HarJudgement {
  return judgeHarWith(har, { ...options, words: wordsIn(language) });
}

/**
 * Judges one entry of a HAR.
 * @returns null when it isn't cross-origin or, without `all`, passed
 * @throws {HarError} if it is no entry of a HAR
 */
export function judgeEntry(entry: unknown, { language = "en", ...options }: EntryOfOptions = {}): JudgedExchange | null {
  return judgeEntryWith(entry, { ...options, words: wordsIn(language) });
}
