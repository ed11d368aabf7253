import { diagnose } from "./diagnose.ts";
import { groupOf, listedIn } from "./entry.ts";
import { lastHop } from "./exchange.ts";
import { originOf } from "./fetch/redirect.ts";
import { grouped } from "./grouped.ts";
import { fromHar } from "./har/from-har.ts";
import { likenessOf } from "./har/likeness.ts";
import { isOurs } from "./har/ours.ts";
import { type HarLog } from "./har/read.ts";
import type { Source } from "./har/source.ts";
import { hasPassed, judge } from "./judge.ts";
import type { Engine, Exchange, Verdict } from "./model.ts";
import { isRecord } from "./record.ts";
import { isCrossOrigin } from "./request.ts";

/** How many cross-origin exchanges there are, by what became of them. */
export interface Counts {
  readonly blocked: number;
  /** What may have been blocked: the file doesn't tell. */
  readonly maybe: number;
  /** All others: they passed, are no matter of CORS, or the page gave them up. */
  readonly passed: number;
}

/** An exchange of a file, with as little worked out as is needed to know whether it is to be reported. */
export interface Found {
  readonly exchange: Exchange;
  /** Its index in `Findings.exchanges`. */
  readonly place: number;
  readonly verdict: Verdict;
  readonly standing: keyof Counts;
  /** The same for what one explanation does for. */
  readonly group: string;
  readonly entries: readonly number[];
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
}

/** The cross-origin exchanges of a file, judged and not yet put into words. */
export interface Findings {
  readonly source: Source;
  readonly counts: Counts;
  /** All of them, in the order in which they began. */
  readonly exchanges: readonly Exchange[];
  /** Those that are to be reported. */
  readonly found: readonly Found[];
}

/**
 * Judges a file, as cheaply as can be: what is alike once, and what passed only where it is to be reported.
 * @param all report also what passed
 */
export function findingsOf(log: HarLog, all = false): Findings {
  const { source, exchanges: whole } = fromHar(log);
  const known = new Map<string, Judged>();
  const entries = entriesOf(log);
  const counts = { blocked: 0, maybe: 0, passed: 0 };
  const exchanges: Exchange[] = [];
  const found: Found[] = [];
  for (const [index, exchange] of whole.entries()) {
    if (!isCrossOrigin(exchange)) continue;
    exchanges.push(exchange);
    if (!all && hasPassed(exchange, source.engine)) {
      counts.passed += 1;
      continue;
    }
    const likeness = likenessOf(exchange);
    const judged = (likeness === null ? undefined : known.get(likeness)) ?? judgedWith(exchange, source.engine);
    if (likeness !== null) known.set(likeness, judged);
    counts[judged.standing] += 1;
    if (!all && judged.standing === "passed") continue;
    const places = entries(exchange, index);
    found.push({ ...judged, exchange, place: exchanges.length - 1, entries: places, startedTime: log.entries[places[0] ?? 0]?.startedTime ?? 0 });
  }
  return { source, counts, exchanges, found };
}

/** Findings that one explanation does for. */
export function alike(found: readonly Found[]): [Found, ...Found[]][] {
  return [...grouped(found, ({ group }) => group).values()].flatMap(([first, ...others]): [Found, ...Found[]][] => (first === undefined ? [] : [[first, ...others]]));
}

type Judged = Pick<Found, "verdict" | "standing" | "group">;

function judgedWith(exchange: Exchange, engine: Engine): Judged {
  const verdict = judge(exchange, engine);
  if (listedIn(exchange, verdict) !== "blocked") return { verdict, standing: "passed", group: ["passed", ...verdict.evidence, originOf(lastHop(exchange).request.url)].join(" ") };
  // What only earlier requests could tell, such as a stored copy, is left out of it.
  const [cause] = diagnose(exchange, verdict, []);
  const { url, response } = lastHop(exchange).request;
  const group = groupOf(exchange, verdict, cause?.code ?? null) ?? [verdict.outcome, ...verdict.evidence, originOf(url), response?.status].join(" ");
  return { verdict, standing: verdict.outcome === "blocked" ? "blocked" : "maybe", group };
}

/** Where the messages of an exchange stand: ours are named in their entries, others by their place. */
function entriesOf({ entries }: HarLog): (exchange: Exchange, index: number) => number[] {
  const own = grouped(entries.filter(isOurs), ({ cors }) => String(isRecord(cors) ? cors["pair"] : ""));
  return ({ id, hops }, index) => {
    // Ours come before the others.
    if (index < own.size) return (own.get(id) ?? []).map((entry) => entry.index);
    const ids = hops.flatMap(({ preflight, request }) => [...(preflight === null ? [] : [preflight.requestId]), request.requestId]);
    return [...new Set(ids.filter((place) => /^\d+$/.test(place)).map(Number))];
  };
}
