import type { Remedy } from "../../src/model.ts";
import { outcomesOf, type Bench } from "./bench.ts";
import type { Case } from "./case.ts";
import { askedAnew, cured, linesFor, sideOf } from "./cure.ts";
import { disagreement, type Outcome } from "./tally.ts";

/** How many remedies have each of their lines left out, live. */
const SAMPLE = 200;
/** Remedies one after the other, where what was never reached turns out to be wrong too. */
const ROUNDS = 6;

type Blocked = { case: Case; outcome: Outcome; remedy: Remedy | null };

/**
 * Runs cases, and each that is blocked once more as its remedy advises: answered so by the lab, or asked so by the page.
 * Prints how many pass, and whether a line could have been left out.
 * @returns whether all that a server can fix passed at the first try, no line was needless, and all that the page can fix passed
 */
export async function proveFixes(bench: Bench, cases: readonly Case[]): Promise<boolean> {
  const blocked = await blockedOf(bench, cases);
  const bySide = (side: string): Blocked[] => blocked.filter(({ remedy, case: each }) => sideOf(remedy, each) === side);
  const server = bySide("server");
  const fixed = await firstTry(bench, server);
  say(`fix: cases ${cases.length} blocked ${blocked.length}; a server can fix ${server.length}: passed at the first try ${fixed.passed.length} (${share(fixed.passed.length, server.length)})`);
  for (const outcome of fixed.failed) say(`not fixed ${disagreement(outcome)}`);
  await throughout(bench, server);
  const asked = await byThePage(bench, bySide("page"));
  sayNobody(bySide("nobody"));
  const needless = await leaveOut(bench, fixed.passed.slice(0, SAMPLE));
  return server.length > 0 && fixed.failed.length === 0 && needless === 0 && asked;
}

async function blockedOf(bench: Bench, cases: readonly Case[]): Promise<Blocked[]> {
  const outcomes = await outcomesOf(bench, cases);
  return outcomes.filter(({ told }) => told.blocked).map((outcome) => ({ case: outcome.case, outcome, remedy: outcome.ours?.remedy ?? null }));
}

/** What was never reached is answered with the advised lines alone. */
async function firstTry(bench: Bench, blocked: readonly Blocked[]): Promise<{ passed: Blocked[]; failed: Outcome[] }> {
  const outcomes = await outcomesOf(bench, blocked.map(({ case: each, remedy }) => cured(each, remedy?.answers ?? [], "as-advised", "fixed")));
  return { passed: blocked.filter((_, index) => outcomes[index]?.told.blocked === false), failed: outcomes.filter(({ told }) => told.blocked) };
}

/** What was never reached answers as the case has it, beside the advised lines: it may be wrong in ways that nobody could see, or lead to what is. */
async function throughout(bench: Bench, blocked: readonly Blocked[]): Promise<void> {
  const passed: number[] = [];
  let open = [...blocked];
  let page = 0;
  for (let round = 1; round <= ROUNDS && open.length > 0; round++) {
    const outcomes = await outcomesOf(bench, open.map(({ case: each, remedy }) => cured(each, remedy?.answers ?? [], "as-it-is", "r")));
    passed.push(outcomes.filter(({ told }) => !told.blocked).length);
    const still = outcomes.filter(({ told }) => told.blocked).map((outcome) => ({ case: outcome.case, outcome, remedy: outcome.ours?.remedy ?? null }));
    open = still.filter(({ case: each, remedy }) => sideOf(remedy, each) === "server");
    page += still.length - open.length;
  }
  say(`fix, with what was never reached left as it is but for the advised lines: passed after 1, 2, … remedies ${passed.join(", ")}; then left to the page or to nobody ${page}; still blocked ${open.length}`);
}

/** Each page change in turn; what is then wrong on a server's side is fixed there. */
async function byThePage(bench: Bench, blocked: readonly Blocked[]): Promise<boolean> {
  const kinds = new Map<string, { of: number; passed: number; elsewhere: number; stuck: Outcome[] }>();
  for (const each of blocked) {
    const [change] = each.remedy?.page ?? [];
    const kind = change?.code ?? "";
    const tally = kinds.get(kind) ?? { of: 0, passed: 0, elsewhere: 0, stuck: [] };
    kinds.set(kind, { ...tally, of: tally.of + 1 });
  }
  let open = blocked.map((each) => ({ ...each, kind: each.remedy?.page[0]?.code ?? "" }));
  for (let round = 1; round <= ROUNDS && open.length > 0; round++) {
    const next = open.map(({ case: each, remedy }) => nextTry(each, remedy));
    const outcomes = await outcomesOf(bench, next);
    open = open.flatMap(({ kind }, index) => {
      const outcome = outcomes[index];
      const tally = kinds.get(kind);
      if (outcome === undefined || tally === undefined) return [];
      if (!outcome.told.blocked) tally.passed++;
      else if (sideOf(outcome.ours?.remedy ?? null, outcome.case) === "nobody") tally.elsewhere++;
      else if (round === ROUNDS) tally.stuck.push(outcome);
      else return [{ case: outcome.case, outcome, remedy: outcome.ours?.remedy ?? null, kind }];
      return [];
    });
  }
  for (const [kind, { of, passed, elsewhere, stuck }] of kinds) {
    say(`fix, on the page's side: ${kind} ${of}, applied and passed ${passed}, then left to what neither header nor page can do ${elsewhere}`);
    for (const outcome of stuck) say(`not fixed ${disagreement(outcome)}`);
  }
  return [...kinds.values()].every(({ stuck }) => stuck.length === 0);
}

function nextTry(each: Case, remedy: Remedy | null): Case {
  if (remedy !== null && sideOf(remedy, each) === "server") return cured(each, remedy.answers, "as-it-is", "p");
  // Each change does by itself; not all of them can be made here.
  const next = remedy?.page.map((change) => askedAnew(each, change, "p")).find((changed) => changed !== null);
  if (next === undefined) throw new Error(`${each.id}: nothing was advised that this page can do: ${JSON.stringify(remedy)}`);
  return next;
}

function sayNobody(blocked: readonly Blocked[]): void {
  const kinds = new Map<string, number>();
  for (const { outcome } of blocked) {
    const kind = outcome.ours?.browserError ?? outcome.told.error ?? "unnamed";
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const listed = [...kinds].map(([kind, count]) => `${kind} ${count}`).join(", ");
  say(`fix, by no header and by nothing that the page says: ${blocked.length}${listed === "" ? "" : ` (${listed})`}`);
}

/** Leaves out one line after the other. */
async function leaveOut(bench: Bench, fixed: readonly Blocked[]): Promise<number> {
  const variants: Case[] = [];
  let others = 0;
  for (const { case: each, remedy } of fixed) {
    const answers = remedy?.answers ?? [];
    for (const answer of answers) {
      for (const line of linesFor(each, answer)) {
        if (line.need === "caches" || line.need === "other-browser") {
          others++;
          continue;
        }
        const without = answers.map((other) => (other === answer ? { ...other, lines: other.lines.filter((one) => one !== line) } : other));
        variants.push(cured(each, without, "as-advised", `without-${variants.length}`));
      }
    }
  }
  const outcomes = await outcomesOf(bench, variants);
  const needless = outcomes.filter(({ told }) => !told.blocked);
  say(`minimal: remedies ${fixed.length}, lines left out one by one ${variants.length}: blocked again ${variants.length - needless.length}, needless ${needless.length}; labelled as for caches or the other browser, and so not tried ${others}`);
  for (const outcome of needless) say(`needless ${disagreement(outcome)}`);
  return needless.length;
}

function share(part: number, of: number): string {
  return of === 0 ? "–" : `${((100 * part) / of).toFixed(1)} %`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
