import { describe, expect, test } from "vitest";
import { fromHar } from "../../src/har/from-har.ts";
import { readHar } from "../../src/har/read.ts";
import { type Lack, lacksOf } from "../../src/har/source.ts";
import { judge } from "../../src/judge.ts";
import type { Verdict } from "../../src/model.ts";
import { isCrossOrigin } from "../../src/request.ts";
import { recordHars, TOOLS } from "./recorders.ts";
import type { Truth } from "./truth.ts";
import { scenarioOf } from "../panel/lab-panel.ts";

interface Judged {
  readonly scenario: string;
  readonly verdict: Verdict;
  readonly lacks: readonly Lack[];
}

/** Firefox has one word for all that isn't CORS. */
function agrees({ outcome, browserError }: Verdict, { error }: Truth): boolean {
  return outcome === "blocked" && (browserError === error || error === null || (error === "CORSDidNotSucceed" && browserError?.startsWith("CORS") !== true));
}

function leavesOpen({ outcome, alternatives }: Verdict, { error }: Truth): boolean {
  return outcome === "unknown" || alternatives.some(({ browserError }) => browserError === error);
}

/** What each tool's file must be good for; the rest it doesn't tell. */
const LEAST: Readonly<Record<(typeof TOOLS)[number], number>> = { chrome: 0.95, "chrome-sanitized": 0.95, firefox: 0.8, playwright: 0 };

describe.each(TOOLS)("the lab's requests as %s records them", (tool) => {
  test("nothing is told wrongly, and what can't be told is for what the file lacks", async () => {
    const { har, truth } = await recordHars(tool);
    const { source, exchanges } = fromHar(readHar(har));
    const judged = exchanges.filter(isCrossOrigin).map((exchange): Judged => {
      const verdict = judge(exchange, source.engine);
      return { scenario: scenarioOf(exchange.hops[0].request.url), verdict, lacks: lacksOf(exchange, verdict, source) };
    });
    // Some scenarios send one before that passes.
    const found = new Map(judged.toSorted((a, b) => Number(a.verdict.outcome !== "allowed") - Number(b.verdict.outcome !== "allowed")).map((each) => [each.scenario, each]));
    const blocked = truth.filter((each) => each.blocked).map((told) => ({ told, ours: found.get(told.scenario) ?? null }));
    const right = blocked.filter(({ told, ours }) => ours !== null && agrees(ours.verdict, told));
    const open = blocked.filter(({ told, ours }) => ours !== null && !agrees(ours.verdict, told) && leavesOpen(ours.verdict, told));
    const lacking = [...new Set(open.flatMap(({ ours }) => ours?.lacks ?? []))].map((lack) => `${lack} ${open.filter(({ ours }) => ours?.lacks.includes(lack)).length}`);
    console.log(`${tool}: blocked ${blocked.length} right ${right.length} (${((100 * right.length) / blocked.length).toFixed(1)} %) open ${open.length}; the file lacks: ${lacking.join(", ") || "nothing"}`);
    const rest = blocked.filter((each) => !right.includes(each) && !open.includes(each)).map(({ told, ours }) => ({ told, ours }));
    expect(rest).toEqual([]);
    expect(open.filter(({ ours }) => ours?.lacks.length === 0)).toEqual([]);
    const falsely = truth.filter((told) => !told.blocked && found.get(told.scenario)?.verdict.outcome === "blocked");
    expect(falsely).toEqual([]);
    expect(right.length / blocked.length).toBeGreaterThanOrEqual(LEAST[tool]);
  });
});
