import type { NetEvent } from "../src/model.ts";
import { rulesOf, type Trial, trialsAt, type UnderTrial } from "../src/trial.ts";
import browser from "./browser.ts";

interface Running {
  readonly trial: Trial;
  readonly ruleIds: readonly number[];
}

/**
 * The fixes on trial, as session rules of `declarativeNetRequest`. Rules outlive a worker, trials don't: a new worker
 * begins by removing what the last one left. They are nowhere stored.
 */
export class Trials {
  readonly #running = new Map<number, readonly Running[]>();
  /** The requests that began under a trial and are not over. */
  readonly #requests = new Map<string, UnderTrial>();
  #nextRuleId = 1;
  /** Rules are added and removed one after the other. */
  #turn: Promise<boolean>;

  constructor() {
    this.#turn = attempt(removeLeftovers);
  }

  /** What is on trial in a tab. */
  in(tabId: number): Trial[] {
    return (this.#running.get(tabId) ?? []).map(({ trial }) => trial);
  }

  /**
   * Applies a trial to a tab, in place of an earlier one of the same exchange. It is running from now on, so that it can
   * be stopped before its rules are there.
   * @returns whether the browser took its rules, or had no need to
   */
  async start(tabId: number, trial: Trial): Promise<boolean> {
    void this.stop(tabId, trial.id);
    const rules = rulesOf(trial, tabId, this.#nextRuleId);
    this.#nextRuleId += rules.length;
    const running: Running = { trial, ruleIds: rules.map(({ id }) => id) };
    this.#running.set(tabId, [...(this.#running.get(tabId) ?? []), running]);
    const taken = await this.#inTurn(() => browser.declarativeNetRequest.updateSessionRules({ addRules: rules }));
    if (!taken) this.#end(tabId, [running]);
    return taken;
  }

  /**
   * Ends one trial of a tab, or all (`id` null).
   * @returns whether its rules are gone
   */
  async stop(tabId: number, id: string | null): Promise<boolean> {
    const ended = (this.#running.get(tabId) ?? []).filter(({ trial }) => id === null || trial.id === id);
    if (ended.length === 0) return true;
    this.#end(tabId, ended);
    const gone = await this.#inTurn(() => browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: ended.flatMap(({ ruleIds }) => ruleIds) }));
    if (!gone) this.#running.set(tabId, [...ended, ...(this.#running.get(tabId) ?? [])]);
    return gone;
  }

  /** The trials that the request of an event is under, as they stood when it began or was redirected. */
  over(event: NetEvent): UnderTrial | null {
    const { requestId, kind } = event;
    if (kind === "before-request") {
      const found = trialsAt(this.in(event.tabId), event);
      if (found === null) this.#requests.delete(requestId);
      else this.#requests.set(requestId, found);
    }
    const under = this.#requests.get(requestId) ?? null;
    if (kind === "completed" || kind === "error") this.#requests.delete(requestId);
    return under;
  }

  #end(tabId: number, ended: readonly Running[]): void {
    this.#running.set(tabId, (this.#running.get(tabId) ?? []).filter((each) => !ended.includes(each)));
  }

  /** @returns whether the change went through */
  #inTurn(change: () => Promise<void>): Promise<boolean> {
    this.#turn = this.#turn.then(() => attempt(change));
    return this.#turn;
  }
}

async function attempt(change: () => Promise<void>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    console.error("CORS Explainer: the rules of a trial could not be changed", error);
    return false;
  }
}

async function removeLeftovers(): Promise<void> {
  const rules = await browser.declarativeNetRequest.getSessionRules();
  if (rules.length > 0) await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map(({ id }) => id) });
}
