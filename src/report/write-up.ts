import { RECENT } from "../diagnose.ts";
import { type Entry, entryOf } from "../entry.ts";
import { explainNotice, say, type Words } from "../explain.ts";
import type { Counts } from "../findings.ts";
import { grouped } from "../grouped.ts";
import { keyOf } from "../phrase-keys.ts";
import type { Engine, Exchange } from "../model.ts";
import { notices } from "../notices.ts";
import { isCrossOrigin, requestOrigin } from "../request.ts";
import { type Block, formatted, plain, type ReportDocument, shortened, type Span, strong, value } from "./document.ts";
import { exchangeBlocks, type Told } from "./exchange-blocks.ts";
import { CREATOR, type ReportOptions } from "./har.ts";
import { redactedExchange } from "./redact.ts";

/** How a report for people is written. */
export interface WriteUpOptions extends ReportOptions {
  /** How many there are, where not all that passed are among the chosen. */
  readonly counts?: Counts;
}

/** How many lines a list has at most: nobody reads more. */
const LONGEST_LIST = 25;

/**
 * A report of exchanges for people. What failed alike is told once.
 * @param chosen what to report; of these, what touched another origin
 * @param log what began in the same log, in that order: caches and servers remember
 */
export function writeUp(chosen: readonly Exchange[], log: readonly Exchange[], engine: Engine, { words, version, sensitive, source = null, counts }: WriteUpOptions): ReportDocument {
  const redacted = new Map<Exchange, Exchange>();
  // As in a HAR, the judgement is that of what the report shows.
  const shown = (exchange: Exchange): Exchange => {
    const known = redacted.get(exchange) ?? (sensitive ? exchange : redactedExchange(exchange));
    redacted.set(exchange, known);
    return known;
  };
  const told = chosen.filter(isCrossOrigin).map((exchange) => ({ exchange, entry: entryOf(shown(exchange), engine) }));
  const isProblem = ({ entry }: { readonly entry: Entry }): boolean => entry.verdict.outcome !== "allowed";
  // One that passed is told in full only where it is all that there is.
  const problems = told.length === 1 ? told : told.filter(isProblem);
  const passed = told.length === 1 ? [] : told.filter((each) => !isProblem(each)).map(({ entry }) => entry);
  const groups = [...grouped(problems, ({ entry }) => entry.row.group ?? alike(entry)).values()];
  const origins = [...new Set(told.map(({ entry }) => requestOrigin(entry.exchange)))];
  return {
    language: words("lang"),
    title: [plain(`${words("report_title")} `), ...separated(origins.slice(0, 3))],
    contents: words("report_contents"),
    blocks: [
      ...(sensitive ? [{ kind: "warning", spans: [plain(words("report_sensitive"))] } as const] : []),
      { kind: "facts", facts: [
        { term: words("report_requests"), spans: [plain(countOf(counts ?? countsOf(told.map(({ entry }) => entry)), words))], tone: "plain" },
        { term: words("picture_browser"), spans: [plain(words(keyOf("engine", engine)))], tone: "plain" },
      ] },
      ...groups.flatMap((group): Block[] => {
        const [first] = group;
        if (first === undefined) return [];
        const at = log.indexOf(first.exchange);
        const earlier = log.slice(Math.max(0, at - RECENT), Math.max(0, at)).map(shown);
        const one: Told = { entry: first.entry, earlier, engine, source, words };
        return exchangeBlocks(one, group.length === 1 ? [] : alikeBlocks(group.map(({ entry }) => entry), words), group.length);
      }),
      ...passedBlocks(passed, engine, words),
    ],
    footer: [plain(`${CREATOR} ${version}.${sensitive ? "" : ` ${words("report_redacted")}`}`)],
  };
}

/** What is neither known to have failed nor to have passed, for the same reason and at the same server. */
function alike({ verdict, row, exchange }: Entry): string {
  return [verdict.outcome, row.pending, row.title.key, row.host, requestOrigin(exchange)].join(" ");
}

function countsOf(entries: readonly Entry[]): Counts {
  const blocked = entries.filter(({ verdict }) => verdict.outcome === "blocked").length;
  const maybe = entries.filter(({ listed, verdict }) => listed === "blocked" && verdict.outcome !== "blocked").length;
  return { blocked, maybe, passed: entries.length - blocked - maybe };
}

function countOf({ blocked, maybe, passed }: Counts, words: Words): string {
  const all = blocked + maybe + passed;
  const numbers = (maybe === 0 ? [blocked, all] : [blocked, maybe, all]).map((number) => formatted(number, words));
  return words(maybe === 0 ? "count" : "count_maybe", numbers);
}

/** Which requests failed alike: each address once. */
function alikeBlocks(entries: readonly Entry[], words: Words): Block[] {
  const heading: Block = { kind: "heading", level: 3, spans: [plain(words("report_alike", [formatted(entries.length, words)]))] };
  return [heading, { kind: "list", items: requestItems(entries, words, () => []) }];
}

function passedBlocks(entries: readonly Entry[], engine: Engine, words: Words): Block[] {
  if (entries.length === 0) return [];
  const remarks = ({ exchange, verdict }: Entry): Span[] => {
    const titles = exchange.trials.length > 0 ? [] : notices(exchange, verdict, engine).map((notice) => say(words, explainNotice(notice).title));
    return titles.length === 0 ? [] : [plain(` – ${[...new Set(titles)].join("; ")}`)];
  };
  return [
    { kind: "heading", level: 2, spans: [plain(`${words("outcome_allowed")} (${formatted(entries.length, words)})`)] },
    { kind: "list", items: requestItems(entries, words, remarks) },
  ];
}

function requestItems(entries: readonly Entry[], words: Words, remarks: (entry: Entry) => readonly Span[]): Span[][] {
  const same = [...grouped(entries, ({ row }) => `${row.method} ${row.url}`)];
  const items = same.slice(0, LONGEST_LIST).map(([request, [first, ...others]]): Span[] => [
    value(request),
    ...(others.length === 0 ? [] : [plain(" "), strong(`×${formatted(others.length + 1, words)}`)]),
    ...(first === undefined ? [] : remarks(first)),
  ]);
  const more = same.length - items.length;
  return more === 0 ? items : [...items, [plain(words("report_more", [formatted(more, words)]))]];
}

function separated(values: readonly string[]): Span[] {
  return values.flatMap((one, index) => [...(index === 0 ? [] : [plain(", ")]), value(shortened(one))]);
}
