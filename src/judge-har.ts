import { RECENT } from "./diagnose.ts";
import { explain, say, type Words } from "./explain.ts";
import { type Counts, type Findings, findingsOf, type Found } from "./findings.ts";
import { readHar } from "./har/read.ts";
import { type Lack, lacksOf, type Source } from "./har/source.ts";
import { judge } from "./judge.ts";
import type { Exchange, Verdict } from "./model.ts";
import { isRecord } from "./record.ts";
import { type Judgement, judgement } from "./report/contract.ts";
import { redactedExchange } from "./report/redact.ts";

/** The version of `HarJudgement`. Another one for every change that a reader could stumble over. */
export const JUDGEMENT_VERSION = 1;

/** What a HAR says of CORS. */
export interface HarJudgement {
  readonly version: typeof JUDGEMENT_VERSION;
  readonly source: Source;
  readonly counts: Counts;
  /** What was blocked or may have been, and with `all` also what passed; in the order in which they began. */
  readonly exchanges: readonly JudgedExchange[];
}

/** One exchange of a HAR with its judgement. */
export interface JudgedExchange extends Judgement {
  readonly url: string;
  readonly method: string;
  /** The places of its messages in `log.entries`. */
  readonly entries: readonly number[];
  /** When it began, as in ISO 8601. */
  readonly startedDateTime: string;
  /** What a browser would have told and the file doesn't. */
  readonly lacks: readonly Lack[];
  /** What blocked it, or would have where that isn't known, in a few words. */
  readonly title: string;
  /** The same in a sentence. */
  readonly sentence: string;
}

/** How a HAR is judged. */
export interface JudgeOptions {
  /** Texts in the reader's language. */
  readonly words: Words;
  /** Also what passed. */
  readonly all?: boolean;
  /** With cookies, tokens and all else that redact.ts takes out. */
  readonly sensitive?: boolean;
}

/**
 * Judges all of a HAR.
 * @param har what was JSON
 * @throws {HarError} if it is no HAR, or one with parts of wrong types
 */
export function judgeHar(har: unknown, options: JudgeOptions): HarJudgement {
  const findings = findingsOf(readHar(har), options.all);
  return { version: JUDGEMENT_VERSION, source: findings.source, counts: findings.counts, exchanges: findings.found.map(detailed(findings, options)) };
}

/** What is known of an entry that isn't in a file. */
export interface EntryOptions extends JudgeOptions {
  /** The address of the page that asked, where the entry's `Origin` and `Referer` don't tell. */
  readonly page?: string;
  /** Who recorded it, as `log.creator.name`: without it no browser did, and its headers alone are judged. */
  readonly creator?: string;
}

/**
 * Judges one entry of a HAR, without any preflight that it may have had: that is an entry of its own.
 * @returns null when it isn't cross-origin or, without `all`, passed
 * @throws {HarError} if it is no entry of a HAR
 */
export function judgeEntry(entry: unknown, { page, creator = "", ...options }: EntryOptions): JudgedExchange | null {
  const pages = page === undefined ? [] : [{ id: "page", title: page }];
  const named = page === undefined || !isRecord(entry) ? entry : { ...entry, pageref: "page" };
  return judgeHar({ log: { creator: { name: creator }, pages, entries: [named] } }, options).exchanges[0] ?? null;
}

/** Puts findings into words, with causes, remedies and all else that takes time. */
export function detailed({ source, exchanges }: Findings, { words, sensitive = false }: Pick<JudgeOptions, "words" | "sensitive">): (found: Found) => JudgedExchange {
  const shown = new Map<Exchange, Exchange>();
  const show = (exchange: Exchange): Exchange => {
    const known = shown.get(exchange) ?? (sensitive ? exchange : redactedExchange(exchange));
    shown.set(exchange, known);
    return known;
  };
  return ({ exchange: recorded, place, entries, startedTime }) => {
    const exchange = show(recorded);
    const verdict = judge(exchange, source.engine);
    // Causes look for what else was asked of the same address.
    const earlier = verdict.outcome === "allowed" ? [] : exchanges.slice(Math.max(0, place - RECENT), place).filter((one) => haveUrlInCommon(one, recorded));
    const { title, sentence } = headline(exchange, verdict, words);
    const { url, method } = exchange.hops[0].request;
    return {
      url,
      method,
      entries,
      startedDateTime: new Date(startedTime).toISOString(),
      lacks: lacksOf(exchange, verdict, source),
      title,
      sentence,
      ...judgement(exchange, earlier.map(show), source.engine, words, verdict),
    };
  };
}

/** What blocked an exchange, or would have where that isn't known. */
export function headline(exchange: Exchange, verdict: Verdict, words: Words): Pick<JudgedExchange, "title" | "sentence"> {
  const { title, sentence, failing } = explain(verdict, exchange);
  const [first] = failing;
  const whole = first === undefined || verdict.outcome === "blocked" ? [sentence] : [sentence, first.sentence];
  return { title: say(words, first?.title ?? title), sentence: whole.map((phrase) => say(words, phrase)).join(" ") };
}

function haveUrlInCommon(one: Exchange, other: Exchange): boolean {
  return one.hops.some(({ request }) => other.hops.some((hop) => withoutQuery(hop.request.url) === withoutQuery(request.url)));
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}
