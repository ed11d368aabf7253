import type { ToWorker } from "../../src/protocol.ts";
import type { TrialResult } from "../../src/trial-results.ts";
import type { Action } from "../../src/view.ts";
import { words } from "../words.ts";
import { Scrolled } from "./scrolled.tsx";
import { Outcome } from "./trial-outcome.tsx";

interface Props {
  readonly results: readonly TrialResult[];
  readonly dispatch: (action: Action) => void;
  readonly post: (message: ToWorker) => void;
}

/** Says, as long as it is so, that the tab gets other headers than the servers send. */
export function TrialBanner({ results, dispatch, post }: Props) {
  if (results.length === 0) return null;
  const show = (id: string): void => {
    dispatch({ type: "show", scope: "all" });
    dispatch({ type: "select", id });
  };
  return (
    <section class="banner banner-trial" aria-label={words("trial_banner_label")}>
      <p>
        <strong>{words("trial_banner")}</strong>
        <button type="button" class="button button-stop" onClick={() => post({ type: "trial", id: null, on: false })}>
          {words("trial_stop_all")}
        </button>
      </p>
      <Scrolled class="trials" label={words("trial_banner_label")}>
        <div role="status">
          <ul>
            {results.map((result) => (
              <li key={result.trial.id}>
                <code>
                  {result.trial.method} {result.trial.url}
                </code>{" "}
                <Outcome result={result} />{" "}
                <button type="button" class="copy" aria-label={words("trial_stop_one", [result.trial.url])} onClick={() => post({ type: "trial", id: result.trial.id, on: false })}>
                  {words("trial_stop_short")}
                </button>
                {result.shownBy !== null && (
                  <button type="button" class="copy" onClick={() => show(result.shownBy ?? "")}>
                    {words("trial_show")}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      </Scrolled>
    </section>
  );
}
