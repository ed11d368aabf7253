import type { ComponentChildren } from "preact";
import type { ToWorker } from "../../src/protocol.ts";
import { type Action, type Counts, originCount, type View, visibleRows } from "../../src/view.ts";
import { words } from "../words.ts";
import { reloadTab } from "./inspected.ts";
import { counted, number } from "./numbers.ts";

interface Props {
  readonly view: View;
  readonly count: Counts;
  /** The worker hasn't answered for a while. */
  readonly unanswered: boolean;
  readonly tabId: number;
  readonly dispatch: (action: Action) => void;
  readonly post: (message: ToWorker) => void;
}

/** What stands where the list would: why it is empty, and what to do next. */
export function Empty({ view, count, unanswered, tabId, dispatch, post }: Props) {
  const { tab, scope, filter } = view;
  if (tab === null && unanswered) return <State title={words("state_unanswered")}>{words("state_unanswered_text")}</State>;
  if (tab === null) return <State title={words("state_connecting")}>{words("state_connecting_text")}</State>;
  const unfiltered = filter === "" ? 0 : visibleRows({ ...view, filter: "" }).length;
  if (unfiltered > 0) return <Filtered count={unfiltered} dispatch={dispatch} />;
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
        {words("state_clean_text", [counted("requests", count.all), counted("origins", originCount(view.entries))])}
      </State>
    );
  }
  const waiting = tab.trials.find(({ id }) => id === view.selected) ?? tab.trials.at(-1);
  if (waiting !== undefined) return <State title={words("state_trial")}>{words("state_trial_text", [`${waiting.method} ${waiting.url}`])}</State>;
  return (
    <State title={words("state_empty")} action={words("action_reload")} onAction={() => reloadTab(tabId)}>
      {words("state_empty_text")}
    </State>
  );
}

/** Requests are there, and the filter hides them all. */
export function Filtered({ count, dispatch }: { readonly count: number } & Pick<Props, "dispatch">) {
  return (
    <State title={words("state_filtered")} action={words("action_clear_filter")} onAction={() => dispatch({ type: "filter", text: "" })}>
      {words("state_filtered_text", [number(count)])}
    </State>
  );
}

/** What the page shows when it was opened without a tab to watch. */
export function NoTab() {
  return (
    <main>
      <State title={words("state_no_tab")}>{words("state_no_tab_text")}</State>
    </main>
  );
}

interface StateProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly action?: string;
  readonly onAction?: () => void;
}

/** A title, a text, and what can be done about it. */
export function State({ title, children, action, onAction }: StateProps) {
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
