import { until } from "../browsers/browser.ts";
import type { Trial, Untriable } from "../../src/trial.ts";
import type { Case } from "./case.ts";
import { sideOf, type Side } from "./cure.ts";
import { clearLog, outcomesOf, type Bench } from "./bench.ts";
import { BATCH, disagreement, type Outcome } from "./tally.ts";

/** Trials one upon the other, where what was never reached turns out to be wrong too. */
const ROUNDS = 6;

/**
 * Runs cases, and each blocked one again with its fix on trial in the tab, and after that. The lab answers the same all
 * the time. Prints how many pass, and how many are blocked again.
 * @returns whether all passed that header lines can fix, and were blocked after it
 */
export async function proveTrials(bench: Bench, cases: readonly Case[]): Promise<boolean> {
  const port = await openPort(bench);
  const tally: Tally = { blocked: 0, passed: [], beyond: new Map(), stuck: 0, blockedAgain: 0 };
  for (let start = 0; start < cases.length; start += BATCH) {
    const outcomes = await outcomesOf(bench, cases.slice(start, start + BATCH));
    const blocked = outcomes.filter(({ told }) => told.blocked);
    tally.blocked += blocked.length;
    const passed = await onTrial(bench, port, blocked, tally);
    await port.stop(null);
    for (const outcome of await afresh(bench, passed)) {
      if (outcome.told.blocked) tally.blockedAgain++;
      else process.stdout.write(`not blocked after the trial ${disagreement(outcome)}\n`);
    }
    await clearLog(bench);
  }
  const beyond = [...tally.beyond].map(([kind, count]) => `${kind} ${count}`).join(", ");
  const passed = tally.passed.reduce((sum, count) => sum + (count ?? 0), 0);
  process.stdout.write(`trial: cases ${cases.length} blocked ${tally.blocked}; beyond header lines that an extension can change: ${beyond || "none"}\n`);
  process.stdout.write(`trial: header lines can fix ${passed + tally.stuck}: passed on trial of 1, 2, … remedies ${tally.passed.join(", ")}; blocked nevertheless ${tally.stuck}; of ${passed} blocked again after it ${tally.blockedAgain}\n`);
  return passed > 0 && tally.stuck === 0 && tally.blockedAgain === passed;
}

/** `passed`: with one remedy on trial, with two, …; `beyond`: what a remedy asks for that no trial can do, or whose matter it is. */
type Tally = { blocked: number; passed: number[]; beyond: Map<Untriable | Exclude<Side, "server">, number>; stuck: number; blockedAgain: number };

/** @returns the cases that passed */
async function onTrial(bench: Bench, port: Port, blocked: readonly Outcome[], tally: Tally): Promise<Case[]> {
  const passed: Case[] = [];
  let open = blocked;
  for (let round = 0; round < ROUNDS && open.length > 0; round++) {
    const running = await port.start(open.flatMap(({ ours, case: each }) => (sideOf(ours?.remedy ?? null, each) === "server" ? (ours?.pair ?? []) : [])));
    const triable = open.filter((outcome) => {
      const limit = limitOf(outcome, running);
      if (limit !== null) tally.beyond.set(limit, (tally.beyond.get(limit) ?? 0) + 1);
      return limit === null;
    });
    const outcomes = await afresh(bench, triable.map((outcome) => outcome.case));
    const through = outcomes.filter(({ told }) => !told.blocked);
    tally.passed[round] = (tally.passed[round] ?? 0) + through.length;
    passed.push(...through.map((outcome) => outcome.case));
    open = outcomes.filter(({ told }) => told.blocked);
  }
  tally.stuck += open.length;
  for (const outcome of open) process.stdout.write(`blocked on trial ${disagreement(outcome)}\n`);
  return passed;
}

/** Whose matter it is if not a trial's, or what a trial can't change. */
function limitOf({ ours, case: each }: Outcome, running: readonly Trial[]): Untriable | Exclude<Side, "server"> | null {
  const side = sideOf(ours?.remedy ?? null, each);
  if (side !== "server") return side;
  return running.find(({ id }) => id === ours?.pair)?.cannot[0] ?? null;
}

/** In a new document: images and modules that one has got it doesn't ask for again. */
async function afresh(bench: Bench, cases: readonly Case[]): Promise<Outcome[]> {
  await bench.page.reload();
  return outcomesOf(bench, cases);
}

type Port = {
  /** @returns all that is on trial, once all of these are */
  start(ids: readonly string[]): Promise<Trial[]>;
  /** null: all */
  stop(ids: readonly string[] | null): Promise<void>;
};

/** A port of our own beside the panel's, to the same worker. */
async function openPort({ panel, page }: Bench): Promise<Port> {
  await panel.evaluate(`(() => {
    globalThis.trialsThere = [];
    const open = () => {
      const port = (globalThis.browser ?? chrome).runtime.connect({ name: "panel:${page.tabId}" });
      port.onMessage.addListener(({ state }) => Object.assign(globalThis, { trialsThere: state.trials, trialTrouble: state.trouble }));
      port.onDisconnect.addListener(open);
      globalThis.trialPort = port;
    };
    open();
  })()`);
  const there = () => panel.evaluate<Trial[]>("trialsThere");
  const post = (message: object) => panel.evaluate(`void trialPort.postMessage(${JSON.stringify(message)})`);
  const areOn = (ids: readonly string[], on: boolean) => async () => {
    const running = new Set((await there()).map(({ id }) => id));
    return ids.every((id) => running.has(id) === on);
  };
  return {
    async start(ids) {
      for (const id of ids) await post({ type: "trial", id, on: true });
      try {
        await until("the trials are on", areOn(ids, true));
      } catch (error) {
        const on = new Set((await there()).map(({ id }) => id));
        const trouble = await panel.evaluate<string | null>("trialTrouble");
        throw new Error(`${String(error)}: not ${ids.filter((id) => !on.has(id)).join(", ")} of ${ids.length}; trouble: ${trouble}`);
      }
      return there();
    },
    async stop(ids) {
      const ended = ids ?? (await there()).map(({ id }) => id);
      if (ids === null) await post({ type: "trial", id: null, on: false });
      else for (const id of ids) await post({ type: "trial", id, on: false });
      await until("the trials are off", areOn(ended, false));
    },
  };
}
