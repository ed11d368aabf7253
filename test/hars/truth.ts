import type { Verdict } from "../browsers/browser.ts";
import type { Result } from "../lab/page/fetch.ts";
import { scenarios } from "../lab/scenarios.ts";
import { type Lab, urlOf } from "../lab/server.ts";
import { ownError } from "../lab/table.ts";

/** What the browser did with one of the lab's requests, whatever a HAR says of it. */
export interface Truth {
  readonly scenario: string;
  /** Of its first hop. */
  readonly url: string;
  /** The page got nothing to see. */
  readonly blocked: boolean;
  /** The browser's own name for it; null if it was let through, or the browser had no word for it. */
  readonly error: string | null;
}

/** What the page saw of each request, by scenario. */
export type Results = Readonly<Record<string, Result>>;

/** Puts what the page saw beside what the browser said. */
export function truthOf(lab: Lab, results: Results, verdicts: readonly Verdict[]): Truth[] {
  return scenarios.map((scenario) => {
    const blocked = results[scenario.id]?.passed === false;
    return { scenario: scenario.id, url: urlOf(lab.origins, scenario), blocked, error: blocked ? ownError(verdicts, scenario.id) : null };
  });
}
