import type { Browser, Page, Panel } from "../browsers/browser.ts";
import type { Case } from "./case.ts";
import type { CaseServer } from "./server.ts";
import { BATCH, run, type Outcome } from "./tally.ts";

/** Whatever cases are run in. */
export type Bench = { browser: Browser; page: Page; panel: Panel; server: CaseServer };

/**
 * Runs cases and hands back what came of them; the log is cleared after each batch, which keeps a long run quick. What the
 * page got no answer to in its time is run once more: it neither passed nor was it blocked.
 */
export async function outcomesOf(bench: Bench, cases: readonly Case[]): Promise<Outcome[]> {
  const outcomes = await batches(bench, cases);
  const late = outcomes.filter(isUndecided).map((outcome) => outcome.case);
  if (late.length === 0) return outcomes;
  const again = new Map((await batches(bench, late)).map((outcome) => [outcome.case.id, outcome]));
  return outcomes.map((outcome) => again.get(outcome.case.id) ?? outcome);
}

function isUndecided({ seen, told }: Outcome): boolean {
  return !told.blocked && /\btimeout\b/.test(seen);
}

async function batches(bench: Bench, cases: readonly Case[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < cases.length; start += BATCH) {
    await run(bench.browser, bench.page, bench.panel, bench.server, cases.slice(start, start + BATCH), (outcome) => outcomes.push(outcome));
    if (start + BATCH < cases.length) await clearLog(bench);
  }
  return outcomes;
}

/** Clears the log as the user does. */
export async function clearLog({ panel }: Bench): Promise<void> {
  await panel.evaluate(`document.querySelector("button[name=clear]").click()`);
}
