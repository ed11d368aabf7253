import type { ComponentChildren } from "preact";
import type { ToWorker } from "../../src/protocol.ts";
import { type Action, type Counts, type View, visibleRows } from "../../src/view.ts";
import { words } from "../words.ts";
import { reloadTab } from "./inspected.ts";
import { number } from "./numbers.ts";

interface Props {
  readonly view: View;
  readonly count: Counts;
  readonly tabId: number;
  readonly dispatch: (action: Action) => void;
  readonly post: (message: ToWorker) => void;
}

/** What stands where the list would: why it is empty, and what to do next. */
export function Empty({ view, count, tabId, dispatch, post }: Props) {
  const { tab, scope, filter } = view;
  if (tab === null) return <State title={words("state_connecting")}>{words("state_connecting_text")}</State>;
  const unfiltered = filter === "" ? 0 : visibleRows({ ...view, filter: "" }).length;
  if (unfiltered > 0) {
    return (
      <State title={words("state_filtered")} action={words("action_clear_filter")} onAction={() => dispatch({ type: "filter", text: "" })}>
        {words("state_filtered_text", [number(unfiltered)])}
      </State>
    );
  }
  if (!tab.recording) {
    return (
      <State title={words("state_off")} action={words("action_record")} onAction={() => post({ type: "record", on: true })}>
        {words("state_off_text")}
      </State>
    );
  }
  if (scope === "blocked" && count.all > 0) {
    return (
      <State title={words("state_clean")} action={words("action_show_all")} onAction={() => dispatch({ type: "show", scope: "all" })}>
        {words("state_clean_text", [number(count.all)])}
      </State>
    );
  }
  return (
    <State title={words("state_empty")} action={words("action_reload")} onAction={() => reloadTab(tabId)}>
      {words("state_empty_text")}
    </State>
  );
}

/** What the page shows when it was opened without a tab to watch. */
export function NoTab() {
  return <State title={words("state_no_tab")}>{words("state_no_tab_text")}</State>;
}

interface StateProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly action?: string;
  readonly onAction?: () => void;
}

function State({ title, children, action, onAction }: StateProps) {
  return (
    <div class="state" tabIndex={-1}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action !== undefined && (
        <button type="button" class="button" onClick={onAction}>
          {action}
        </button>
      )}
    </div>
  );
}
