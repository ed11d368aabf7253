import { compare, type Relation } from "../difference.ts";
import { diagnose } from "../diagnose.ts";
import { ENGINES } from "../engines/engines.ts";
import type { Entry } from "../entry.ts";
import { explain, explainCause, explainLack, type Explanation, explainNotice, explainOtherEngine, explainPreflight, type FailureWords, say, type Words } from "../explain.ts";
import { lacksOf, type Source } from "../har/source.ts";
import { keyOf } from "../phrase-keys.ts";
import { stations } from "../messages.ts";
import type { Engine, Exchange } from "../model.ts";
import { notices } from "../notices.ts";
import { layOut } from "../picture-layout.ts";
import { stepSentence } from "../picture-words.ts";
import { picture } from "../picture.ts";
import { type Reference, referenceFor } from "../references.ts";
import { callSiteOf, requestOrigin } from "../request.ts";
import { type Block, type Fact, formatted, plain, type Span, spansOf, strong, value } from "./document.ts";
import { fixBlocks } from "./fix-blocks.ts";
import { stationBlocks } from "./station-blocks.ts";
import { guessedWidth } from "./text-width.ts";

/** What a report tells of. */
export interface Told {
  readonly entry: Entry;
  /** What began before it. */
  readonly earlier: readonly Exchange[];
  readonly engine: Engine;
  /** Who recorded the file that it is of, or null. */
  readonly source: Source | null;
  readonly words: Words;
}

/** As much of a request as a heading has, in characters. */
const LONGEST_NAME = 80;

/** The width of a report's pictures, in pixels. */
const PICTURE_WIDTH = 680;

/**
 * All about one exchange: what was wrong first of all, as in the panel.
 * @param alike which others it stands for
 * @param count how many it stands for, itself included
 */
export function exchangeBlocks(told: Told, alike: readonly Block[], count: number): Block[] {
  const { entry: { exchange, verdict, row }, earlier, engine, source, words } = told;
  const lacks = source === null ? [] : lacksOf(exchange, verdict, source);
  const explanation = explain(verdict, exchange);
  const causes = diagnose(exchange, verdict, earlier);
  const worthKnowing = exchange.trials.length > 0 ? [] : notices(exchange, verdict, engine).map(explainNotice);
  const [first, ...others] = explanation.failing;
  const blocked = verdict.outcome === "blocked";
  const fix = fixBlocks(told, causes);
  const state = row.pending ? "pending" : verdict.outcome;
  const asked = verdict.phase === "preflight" ? explainPreflight(exchange, verdict.hop, ENGINES[engine].safelists) : null;
  const alternatives = alternativeBlocks(explanation, blocked, words);
  const heading = (key: string): Block => ({ kind: "heading", level: 3, spans: [plain(words(key))] });
  const section = (key: string, blocks: readonly Block[]): Block[] => (blocks.length === 0 ? [] : [heading(key), ...blocks]);
  return [
    { kind: "heading", level: 2, spans: [plain(say(words, explanation.title)), ...(count > 1 ? [plain(` ×${formatted(count, words)}`)] : []), plain(" – "), value(`${row.method} ${row.name}`.slice(0, LONGEST_NAME))] },
    ...(exchange.trials.length > 0 ? [{ kind: "warning", spans: [plain(words("trial_made_under"))] } as const] : []),
    { kind: "verdict", state, spans: [strong(words(keyOf("outcome", state))), plain(": "), ...spansOf(words, explanation.sentence)] },
    { kind: "facts", facts: factsOf(told) },
    ...(blocked && first !== undefined ? comparisonBlocks(first, words) : []),
    ...(asked === null ? [] : [{ kind: "paragraph", spans: spansOf(words, asked) } as const]),
    ...alike,
    ...(blocked ? [] : alternatives),
    ...section("section_maybe", blocked || first === undefined ? [] : [{ kind: "list", items: [failureItem(first, words)] }, ...comparisonBlocks(first, words)]),
    ...section("section_causes", causes.length === 0 ? [] : [{ kind: "list", items: causes.map(explainCause).map((each) => titled(each, words)) }]),
    ...section("section_fix", fix.blocks),
    ...section(fix.covers ? "section_covered" : "section_failing", others.length === 0 ? [] : [{ kind: "list", items: others.map((failure) => failureItem(failure, words)) }]),
    ...(blocked ? alternatives : []),
    pictureBlock(told),
    ...section("section_messages", stations(exchange, verdict, engine, earlier).flatMap((station) => stationBlocks(station, blocked, words))),
    ...section("section_notices", worthKnowing.length === 0 ? [] : [{ kind: "list", items: worthKnowing.map((each) => titled(each, words)) }]),
    ...section("section_evidence", [{ kind: "list", items: explanation.evidence.map((phrase) => spansOf(words, phrase)) }]),
    ...section("section_lacks", lacks.length === 0 ? [] : [{ kind: "list", items: lacks.map((lack) => spansOf(words, explainLack(lack))) }]),
    ...section("section_other", [{ kind: "paragraph", spans: spansOf(words, explainOtherEngine(verdict, engine)) }]),
    ...section("report_references", referenceBlocks(explanation, words)),
  ];
}

function factsOf({ entry: { exchange, verdict, row }, engine, words }: Told): Fact[] {
  const site = callSiteOf(exchange);
  const fact = (term: string, text: string): Fact => ({ term: words(term), spans: [value(text)], tone: "plain" });
  const time = new Date(row.startedTime).toISOString().replace("T", " ").replace(/\.\d+Z/, " UTC");
  return [
    fact("station_request", `${row.method} ${row.url}`),
    fact("picture_page", requestOrigin(exchange)),
    ...(site === null ? [] : [fact("call_site", site)]),
    ...(verdict.browserError === null ? [] : [fact(keyOf("browser_name", engine), verdict.browserError)]),
    fact("column_time", time),
  ];
}

const EXPECTED: Readonly<Record<Relation, string>> = {
  equal: "compare_expected",
  include: "compare_include",
  status: "compare_status",
  example: "compare_example",
};

/** The header at fault as it was, and as it had to be. */
function comparisonBlocks({ failure, variant }: FailureWords, words: Words): Block[] {
  const comparison = compare(failure);
  if (comparison === null || failure.header === null) return [];
  const { name, on } = failure.header;
  const { actual, expected, relation } = comparison;
  const spans = (segments: typeof actual): Span[] => {
    if (segments === null) return [plain(words("compare_nothing"))];
    return segments.length === 0 ? [plain(words("compare_empty"))] : [{ kind: "value", segments }];
  };
  return [
    {
      kind: "comparison",
      caption: [name === ":status" ? plain(words("status")) : value(name), plain(` (${words(keyOf("phase", on))})`)],
      facts: [
        { term: words(on === "request" ? "compare_asked" : "compare_sent"), spans: spans(actual), tone: "fault" },
        { term: words(EXPECTED[relation]), spans: spans(expected), tone: "wanted" },
      ],
    },
    ...(variant === null || actual === null ? [] : [{ kind: "paragraph", spans: spansOf(words, variant) } as const]),
  ];
}

function failureItem({ failure, title, sentence }: FailureWords, words: Words): Span[] {
  const named = failure.browserError === null ? [] : [plain(" "), value(failure.browserError)];
  return [strong(say(words, title)), ...named, plain(" – "), ...spansOf(words, sentence)];
}

function titled({ title, sentence }: ReturnType<typeof explainCause>, words: Words): Span[] {
  return [strong(say(words, title)), plain(" – "), ...spansOf(words, sentence)];
}

function alternativeBlocks({ alternatives }: Explanation, blocked: boolean, words: Words): Block[] {
  if (alternatives.length === 0) return [];
  return [
    { kind: "heading", level: 3, spans: [plain(words(blocked ? "section_alternatives" : "section_conditions"))] },
    { kind: "list", items: alternatives.map(({ browserError, condition }) => [value(browserError), plain(` ${say(words, condition)}`)]) },
  ];
}

function pictureBlock({ entry: { exchange, verdict }, earlier, engine, words }: Told): Block {
  const shown = picture(exchange, verdict, engine, earlier);
  return {
    kind: "picture",
    layout: layOut(shown, PICTURE_WIDTH, words, guessedWidth),
    label: words("picture_label"),
    sentences: shown.steps.map((step) => stepSentence(words, step, shown.lanes)),
    inWords: words("report_in_words"),
  };
}

/** The standard and MDN, each place once. */
function referenceBlocks({ failing }: Explanation, words: Words): Block[] {
  const links = new Map(failing.flatMap(({ failure }) => linksTo(referenceFor(failure.code), words)).map((link) => [`${link.text} ${link.url}`, link]));
  return links.size === 0 ? [] : [{ kind: "list", items: [...links.values()].map((link) => [link]) }];
}

function linksTo({ standard: { name, step, url }, mdn }: Reference, words: Words): Extract<Span, { kind: "link" }>[] {
  return [
    { kind: "link", text: step === null ? words("reference_standard", [name]) : words("reference_step", [name, step]), url },
    { kind: "link", text: words("reference_mdn", [mdn.slice(mdn.lastIndexOf("/") + 1)]), url: mdn },
  ];
}
