import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { diagnose } from "../../src/diagnose.ts";
import { judge } from "../../src/judge.ts";
import { messageKeys } from "../../src/message-keys.ts";
import { clausesOf } from "../../src/phrase-keys.ts";
import type { Cause, CauseCode, Engine, Exchange } from "../../src/model.ts";
import { type Labelled, readRecording, type Recording } from "../lab/recording.ts";
import { CAUSE_TAPES, NEAR_MISSES } from "./cause-tapes.ts";
import type { Tape } from "./tapes.ts";

function causesOf(exchange: Exchange, all: readonly Exchange[], engine: Engine): Cause[] {
  const earlier = all.filter(({ tabId, order }) => tabId === exchange.tabId && order < exchange.order);
  return diagnose(exchange, judge(exchange, engine), earlier);
}

function codesOf(exchange: Exchange, all: readonly Exchange[], engine: Engine): CauseCode[] {
  return causesOf(exchange, all, engine).map(({ code }) => code);
}

/** The causes of the last request of a tape. */
function codesOfTape(engine: Engine, { events }: Tape): CauseCode[] {
  const { exchanges } = events.reduce(step, emptyLog(engine));
  const last = exchanges.at(-1);
  return last === undefined ? [] : codesOf(last, exchanges, engine);
}

const recordings = [readRecording("chromium"), readRecording("firefox"), readRecording("chromium-special")];
const found = (of: Recording, { exchange }: Labelled): CauseCode[] => codesOf(exchange, of.exchanges.map((each) => each.exchange), of.engine);
const labelled = recordings.flatMap((recording) =>
  recording.exchanges.flatMap((each) => (each.causes === null ? [] : [{ name: `${recording.engine}: ${each.scenario}`, recording, each, causes: each.causes }])),
);

describe("recorded in the lab", () => {
  test.each(labelled)("$name", ({ recording, each, causes }) => {
    expect(found(recording, each)).toEqual(causes);
  });

  test.each(labelled.filter(({ each }) => each.browserError !== undefined))("$name: the verdict is the browser's own", ({ recording, each }) => {
    expect(judge(each.exchange, recording.engine).browserError).toBe(each.browserError);
  });

  test("at least 60 scenarios in each browser, precision and recall 100 %", () => {
    for (const engine of ["chromium", "gecko"]) expect(labelled.filter(({ recording }) => recording.engine === engine).length).toBeGreaterThanOrEqual(60);
    const counts = labelled.map(({ recording, each, causes }) => {
      const codes = found(recording, each);
      return { found: codes.length, right: codes.filter((code) => causes.includes(code)).length, labels: causes.length };
    });
    const sum = (key: "found" | "right" | "labels"): number => counts.reduce((total, each) => total + each[key], 0);
    const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`;
    console.log(`Causes of ${labelled.length} recorded requests: precision ${percent(sum("right"), sum("found"))}, recall ${percent(sum("right"), sum("labels"))}`);
    expect(sum("right")).toBe(sum("found"));
    expect(sum("right")).toBe(sum("labels"));
  });
});

describe("what the lab can't bring about", () => {
  test.each(CAUSE_TAPES)("%s (%s)", (_name, engine, tape, wanted) => {
    expect(codesOfTape(engine, tape)).toEqual(wanted);
  });
});

describe("near misses: where a cause must not be named", () => {
  test.each(NEAR_MISSES)("%s (%s)", (_name, engine, tape, wanted) => {
    expect(codesOfTape(engine, tape)).toEqual(wanted);
  });
});

test("every cause is found in some exchange", () => {
  const codes = messageKeys().filter((key) => key.startsWith("cause_")).map((key) => key.slice("cause_".length).replaceAll("_", "-"));
  const shown = new Set<string>([...labelled.flatMap(({ causes }) => causes), ...CAUSE_TAPES.flatMap(([, , , wanted]) => wanted)]);
  expect(codes.filter((code) => !shown.has(code))).toEqual([]);
  expect(codes.length).toBeGreaterThan(50);
});

test("every cause has at least as many parameters as clauses want", () => {
  for (const { recording, each } of labelled) {
    for (const { code, params } of causesOf(each.exchange, recording.exchanges.map(({ exchange }) => exchange), recording.engine)) {
      for (const index of Object.keys(clausesOf(code))) expect(params.length, code).toBeGreaterThan(Number(index));
    }
  }
});
