import type { Entry } from "./entry.ts";
import { isEnded, lastHop, withoutFragment } from "./exchange.ts";
import type { Exchange } from "./model.ts";
import type { Trial } from "./trial.ts";

/** How a trial goes, by the newest request that was made under it. */
export interface TrialResult {
  readonly trial: Trial;
  readonly outcome: "waiting" | "pending" | "passed" | "blocked" | "unknown";
  /** The id of that request's exchange, or null while there is none. */
  readonly shownBy: string | null;
  /** What it was answered with, where that is an error all the same; else null. */
  readonly errorStatus: number | null;
}

/** The results of all trials of a tab, in their order. */
export function trialResults(trials: readonly Trial[], entries: readonly Entry[]): TrialResult[] {
  return trials.map((trial) => {
    const entry = entries.findLast(({ exchange }) => isTest(exchange, trial));
    return { trial, outcome: entry === undefined ? "waiting" : outcomeOf(entry), shownBy: entry?.exchange.id ?? null, errorStatus: entry === undefined ? null : errorStatusOf(entry) };
  });
}

/** It asks for the same, in the same way: an image of the same address proves nothing for a script. */
function isTest({ trials, hops, type, origin }: Exchange, trial: Trial): boolean {
  const { url, method } = hops[0].request;
  return trials.includes(trial.id) && withoutFragment(url) === trial.url && method === trial.method && type === trial.type && origin === trial.origin;
}

function errorStatusOf({ exchange }: Entry): number | null {
  const status = lastHop(exchange).request.response?.status ?? 0;
  return status >= 400 ? status : null;
}

function outcomeOf({ exchange, verdict }: Entry): TrialResult["outcome"] {
  if (!isEnded(exchange)) return "pending";
  return verdict.outcome === "allowed" ? "passed" : verdict.outcome;
}
