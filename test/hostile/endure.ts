import { diagnose, RECENT } from "../../src/diagnose.ts";
import { explain, explainCause, explainNotice, explainOtherEngine, explainPageChange, type Phrase, say, type Words } from "../../src/explain.ts";
import { type Recording, fromHar } from "../../src/har/from-har.ts";
import { HarError, type HarProblem } from "../../src/har/har-error.ts";
import { parseJson, readHar } from "../../src/har/read.ts";
import { lacksOf } from "../../src/har/source.ts";
import { judgeHar } from "../../src/judge-har.ts";
import { judge } from "../../src/judge.ts";
import type { Exchange } from "../../src/model.ts";
import { notices } from "../../src/notices.ts";
import { picture } from "../../src/picture.ts";
import { remedy } from "../../src/remedy.ts";
import { toHar } from "../../src/report/har.ts";

/** No file may take longer. Of the processor's time: machines may have other things to do. */
export const PATIENCE_MILLISECONDS = 2000;

/** How many exchanges of a file are looked at: the others are of the same kinds, and each is looked at by itself. */
const MOST_EXCHANGES = 500;

/** What became of a file. */
export interface Endured {
  /** Why it was turned away, or null where it was read. */
  readonly problem: HarProblem | null;
  /** Where in the file, of what was turned away. */
  readonly place: string;
  readonly exchanges: readonly Exchange[];
  /** To read it and to look at all of it, to write a report, or to judge it as the command line does: whatever takes longest. */
  readonly milliseconds: number;
}

/**
 * Reads a file and does all with it that the panel does.
 * @throws whatever isn't a HarError, and where something is left that should not be: that is what is looked for
 */
export function endure(text: string): Endured {
  const before = prototypes();
  const read = stopwatch();
  try {
    const value = read.timed(() => parseJson(text));
    freeze(value);
    const recording = read.timed(() => fromHar(readHar(value)));
    const [looked, reported, judged] = [stopwatch(), stopwatch(), stopwatch()];
    looked.timed(() => lookedAt(recording));
    reported.timed(() => report(recording));
    judged.timed(() => JSON.stringify(judgeHar(value, { words: KEYS })));
    const ids = new Set(recording.exchanges.map(({ id }) => id));
    if (ids.size < recording.exchanges.length) throw new Error(`${recording.exchanges.length - ids.size} of ${recording.exchanges.length} ids are used twice`);
    return { problem: null, place: "", exchanges: recording.exchanges, milliseconds: read.milliseconds() + Math.max(...[looked, reported, judged].map((each) => each.milliseconds())) };
  } catch (error) {
    if (!(error instanceof HarError)) throw error;
    if (!isPlace(error.place)) throw new Error(`no place in a file: ${error.place}`);
    if (error.found.length > 60) throw new Error(`not shortened: ${error.found.slice(0, 100)}…`);
    return { problem: error.problem, place: error.place, exchanges: [], milliseconds: read.milliseconds() };
  } finally {
    if (prototypes() !== before) throw new Error("a prototype was changed");
  }
}

/** The processor's time. */
function stopwatch(): { readonly timed: <T>(work: () => T) => T; readonly milliseconds: () => number } {
  let milliseconds = 0;
  return {
    timed: (work) => {
      const started = process.cpuUsage();
      try {
        return work();
      } finally {
        milliseconds += process.cpuUsage(started).user / 1000;
      }
    },
    milliseconds: () => milliseconds,
  };
}

/** All that is made of the exchanges of a recording. */
function lookedAt({ source, exchanges }: Recording): void {
  const { engine } = source;
  for (const [index, exchange] of exchanges.entries()) {
    if (index % stride(exchanges) !== 0) continue;
    const earlier = exchanges.slice(Math.max(0, index - RECENT), index);
    const verdict = judge(exchange, engine);
    const { title, sentence, failing, alternatives, evidence } = explain(verdict, exchange);
    const told: Phrase[] = [
      title, sentence, ...failing.map((each) => each.sentence), ...alternatives.map(({ condition }) => condition), ...evidence, explainOtherEngine(verdict, engine),
      ...diagnose(exchange, verdict, earlier).map((cause) => explainCause(cause).sentence),
      ...notices(exchange, verdict, engine).map((notice) => explainNotice(notice).sentence),
      ...(remedy(exchange, verdict, engine)?.page ?? []).map(explainPageChange),
    ];
    for (const phrase of told) say(KEYS, phrase);
    picture(exchange, verdict, engine, earlier);
    lacksOf(exchange, verdict, source);
  }
}

function stride(exchanges: readonly Exchange[]): number {
  return Math.ceil(exchanges.length / MOST_EXCHANGES);
}

function report({ source: { engine }, exchanges }: Recording): void {
  const some = exchanges.filter((_, index) => index % stride(exchanges) === 0);
  JSON.stringify(toHar(some, engine, { words: KEYS, version: "1.0", sensitive: false }));
}

const KEYS: Words = (key, params = []) => [key, ...params].join(" ");

/** Somewhere that a reader can look for. */
function isPlace(place: string): boolean {
  return /^(the file|line [1-9]\d*, column [1-9]\d*|log(\.[A-Za-z_]+|\[\d+\])*)$/.test(place);
}

/** Nothing may write to what was read: in modules that throws. */
function freeze(root: unknown): void {
  const open = [root];
  for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    Object.freeze(value);
    for (const part of Object.values(value)) if (typeof part === "object" && part !== null) open.push(part);
  }
}

function prototypes(): string {
  return [Object, Array, String, Number, Function, Map, Set].map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join()).join("\n");
}
