import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { hasDoubtfulLines, withFieldLines } from "../../src/field-lines.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange, Verdict } from "../../src/model.ts";
import type { AnsweredRequest } from "../../src/protocol.ts";
import { headers } from "./lines.ts";
import { A, B, C, Tape } from "./tapes.ts";

const BEGAN = 1_000_001;
const ORIGIN = `Access-Control-Allow-Origin: ${A}`;
const EMPTY = "Access-Control-Allow-Origin: ";

test.each<[string[], boolean]>([
  [[ORIGIN], false],
  [[ORIGIN, EMPTY], true],
  [[`${ORIGIN}, ${B}`], true],
  [["Vary: Origin", "Vary: Accept"], false],
  [[], false],
])("doubtful lines %j", (lines, wanted) => {
  expect(hasDoubtfulLines(headers(...lines))).toBe(wanted);
});

const answered = (lines: string[], change: Partial<AnsweredRequest> = {}): AnsweredRequest => ({ url: B, method: "GET", startedTime: BEGAN, status: 200, responseHeaders: headers(...lines), ...change });
const completed = (shown: Readonly<Record<string, string>>): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, shown).start("1", "GET", B).done("1", "GET", B);
const told = (tape: Tape, records: readonly AnsweredRequest[], responseStatus: number | null = null, engine: Engine = "gecko"): Exchange[] => {
  const log = withFieldLines(tape.events.reduce(step, emptyLog(engine)), records);
  return log.exchanges.map((exchange) => ({ ...exchange, responseStatus }));
};

describe("what the lines tell", () => {
  const both = { "Access-Control-Allow-Origin": `${A}, ${A}` };
  test.each<[string, Exchange[], Partial<Verdict>]>([
    ["two lines that were joined", told(completed(both), [answered([ORIGIN, ORIGIN])]), { browserError: "CORSMultipleAllowOriginNotAllowed", alternatives: [] }],
    ["one line with a comma", told(completed(both), [answered([`${ORIGIN}, ${A}`])]), { browserError: "CORSAllowOriginNotMatchingOrigin", alternatives: [] }],
    ["an empty line that was left out, though the page is told the status", told(completed({ "Access-Control-Allow-Origin": A }), [answered([ORIGIN, EMPTY])], 200),
      { outcome: "blocked", browserError: "CORSMultipleAllowOriginNotAllowed", evidence: ["repeated-field"] }],
    ["nothing is known", told(completed(both), []), { browserError: "CORSAllowOriginNotMatchingOrigin", alternatives: [{ browserError: "CORSMultipleAllowOriginNotAllowed", condition: "field-repeated" }] }],
  ])("%s", (_name, [exchange], wanted) => {
    expect(judge(exchange!, "gecko")).toMatchObject(wanted);
  });

  test("of a preflight", () => {
    const asks = { "Access-Control-Request-Method": "PUT" };
    const tape = new Tape().begin("1", "PUT", B).send("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, asks)
      .head("2", "OPTIONS", B, 200, { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "PUT" }).fail("2", "OPTIONS", B, "NS_ERROR_DOM_BAD_URI").fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI");
    const [exchange] = told(tape, [answered([ORIGIN, EMPTY, "Access-Control-Allow-Methods: PUT"], { method: "OPTIONS" })]);
    expect(judge(exchange!, "gecko")).toMatchObject({ outcome: "blocked", phase: "preflight", browserError: "CORSMultipleAllowOriginNotAllowed", alternatives: [] });
  });
});

describe("whose they are", () => {
  const known = (record: AnsweredRequest, engine: Engine = "gecko"): (boolean | undefined)[] =>
    told(completed({}), [record], null, engine).map(({ hops }) => hops[0].request.response?.linesKnown);
  test.each<[string, AnsweredRequest, Engine, boolean]>([
    ["its own", answered([ORIGIN]), "gecko", true],
    ["of another URL", answered([ORIGIN], { url: C }), "gecko", false],
    ["of another method", answered([ORIGIN], { method: "PUT" }), "gecko", false],
    ["of another status", answered([ORIGIN], { status: 500 }), "gecko", false],
    ["of another time", answered([ORIGIN], { startedTime: BEGAN + 1001 }), "gecko", false],
    ["in Chromium, where lines come as they are", answered([ORIGIN]), "chromium", false],
  ])("%s", (_name, record, engine, wanted) => {
    expect(known(record, engine)).toEqual([wanted]);
  });
});
