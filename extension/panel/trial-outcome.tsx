import type { TrialResult } from "../../src/trial-results.ts";
import { words } from "../words.ts";
import { Icon } from "./icons.tsx";

/** How a trial goes, in words. */
export function Outcome({ result: { outcome, errorStatus } }: { readonly result: TrialResult }) {
  return (
    <span class={`trial-outcome trial-${outcome}`}>
      <Icon name={ICONS[outcome]} />
      {outcome === "passed" && errorStatus !== null ? words("trial_error_after", [String(errorStatus)]) : words(`trial_${outcome}`)}
    </span>
  );
}

const ICONS = { waiting: "pending", pending: "pending", passed: "allowed", blocked: "blocked", unknown: "unknown" } as const;
