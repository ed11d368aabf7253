import type { TabState } from "../../src/protocol.ts";
import { words } from "../words.ts";
import { askForAccess, canAskForAccess } from "./inspected.ts";
import { number } from "./numbers.ts";

/** What keeps the list from being complete, and what to do about it. */
export function Banners({ tab }: { readonly tab: TabState | null }) {
  if (tab === null) return null;
  return (
    <div role="status">
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
      {tab.dropped > 0 && <p class="banner">{words("banner_dropped", [number(tab.dropped)])}</p>}
    </div>
  );
}
