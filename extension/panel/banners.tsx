import type { TabState } from "../../src/protocol.ts";
import { words } from "../words.ts";
import { askForAccess, canAskForAccess } from "./inspected.ts";
import { counted, number } from "./numbers.ts";

interface Props {
  readonly tab: TabState | null;
  /** How many requests were in flight when the worker was lost. */
  readonly lost: number;
  /** The worker hasn't answered for a while. */
  readonly unanswered: boolean;
}

/** What keeps the list from being complete, and what to do about it. */
export function Banners({ tab, lost, unanswered }: Props) {
  if (tab === null) return null;
  return (
    <div role="status">
      {unanswered && <p class="banner banner-warning">{words("banner_unanswered")}</p>}
      {lost > 0 && <p class="banner">{words("banner_restarted", [counted("requests", lost)])}</p>}
      {!tab.access && (
        <p class="banner banner-warning">
          {words("banner_access")}{" "}
          {canAskForAccess() ? (
            <button type="button" class="button" onClick={askForAccess}>
              {words("action_grant")}
            </button>
          ) : (
            words("banner_access_elsewhere")
          )}
        </p>
      )}
      {tab.trouble === "storage-full" && <p class="banner banner-warning">{words("banner_storage_full")}</p>}
      {tab.trouble === "trial-refused" && <p class="banner banner-warning">{words("banner_trial_refused")}</p>}
      {tab.trouble === "not-sent-again" && <p class="banner banner-warning">{words("banner_not_sent_again")}</p>}
      {tab.dropped > 0 && <p class="banner">{words("banner_dropped", [number(tab.dropped)])}</p>}
    </div>
  );
}
