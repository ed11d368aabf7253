import { useEffect, useState } from "preact/hooks";
import { unknownHeaderNames } from "../../src/commands/request-of.ts";
import type { Engine, Exchange, Remedy } from "../../src/model.ts";
import type { ToWorker } from "../../src/protocol.ts";
import { isSecret } from "../../src/report/secrets.ts";
import { trialOf } from "../../src/trial.ts";
import type { TrialResult } from "../../src/trial-results.ts";
import { words } from "../words.ts";
import { reloadTab } from "./inspected.ts";
import { Outcome } from "./trial-outcome.tsx";

interface Props {
  readonly exchange: Exchange;
  readonly remedy: Remedy;
  /** It allows credentials, which what is copied doesn't. */
  readonly beyond: boolean;
  readonly engine: Engine;
  readonly trial: TrialResult | null;
  readonly tabId: number;
  /** The browser took no rules for a trial. */
  readonly refused: boolean;
  readonly post: (message: ToWorker) => void;
}

/** Puts the header lines of a fix on trial in the tab, and shows whether the request then passes. */
export function TryIt({ exchange, remedy, beyond, engine, trial, tabId, refused, post }: Props) {
  const [next, setNext] = useState<"send" | "reload" | null>(null);
  const isOn = trial !== null;
  useEffect(() => {
    if (refused) setNext(null);
  }, [refused]);
  useEffect(() => {
    if (!isOn || next === null) return;
    setNext(null);
    if (next === "reload") reloadTab(tabId);
    else post({ type: "send-again", id: exchange.id });
  }, [isOn, next]);
  const start = (then: "send" | "reload"): void => {
    setNext(then);
    if (!isOn) post({ type: "trial", id: exchange.id, on: true });
  };
  const stop = ({ currentTarget }: MouseEvent): void => {
    // This button goes away with the trial.
    if (currentTarget instanceof HTMLElement) currentTarget.parentElement?.querySelector("button")?.focus();
    post({ type: "trial", id: exchange.id, on: false });
  };
  const { method } = exchange.hops[0].request;
  const unknown = unknownHeaderNames(exchange, 0);
  const { cannot } = trialOf(exchange, remedy, engine);
  if (cannot.length > 0) {
    return (
      <div class="try-it">
        {cannot.map((limit) => (
          <p class="hint" key={limit}>
            {words(`trial_cannot_${limit.replaceAll("-", "_")}`)}
          </p>
        ))}
      </div>
    );
  }
  return (
    <div class="try-it">
      <p>{words("trial_offer")}</p>
      {beyond && <p class="hint">{words("trial_with_credentials")}</p>}
      <p class="buttons">
        {isRepeatable(exchange) && (
          <button type="button" class="button" onClick={() => start("send")}>
            {words("trial_send")}
          </button>
        )}
        <button type="button" class="button" onClick={() => start("reload")}>
          {words("trial_reload")}
        </button>
        {isOn && (
          <button type="button" class="button button-stop" onClick={stop}>
            {words("trial_stop")}
          </button>
        )}
      </p>
      {isRepeatable(exchange) && method !== "GET" && <p class="hint">{words("trial_send_hint", [method])}</p>}
      {!isRepeatable(exchange) && <p class="hint">{words(unknown.some(isSecret) ? "trial_reload_secret" : "trial_reload_only")}</p>}
      {isRepeatable(exchange) && unknown.length > 0 && <p class="hint">{words("trial_send_unknown", [unknown.join(", ")])}</p>}
      <div role="status">{trial !== null && <Outcome result={trial} />}</div>
    </div>
  );
}

/** A script may make it once more; elements, fonts and service workers ask by themselves. A made-up token could do harm. */
function isRepeatable(exchange: Exchange): boolean {
  const { type, serviceWorker, refused } = exchange;
  return type === "xmlhttprequest" && !serviceWorker && refused === null && !unknownHeaderNames(exchange, 0).some(isSecret);
}
