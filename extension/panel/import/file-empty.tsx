import type { OpenFile } from "../../../src/shown.ts";
import { type Action, type Counts, originCount, visibleRows } from "../../../src/view.ts";
import { words } from "../../words.ts";
import { counted } from "../numbers.ts";
import { Filtered, State } from "../states.tsx";

interface Props {
  readonly file: OpenFile;
  readonly count: Counts;
  readonly dispatch: (action: Action) => void;
}

/** What stands where a file's list would. */
export function FileEmpty({ file: { name, requests, view }, count, dispatch }: Props) {
  const unfiltered = view.filter === "" ? 0 : visibleRows({ ...view, filter: "" }).length;
  if (unfiltered > 0) return <Filtered count={unfiltered} dispatch={dispatch} />;
  if (count.all > 0) {
    return (
      <State title={words("state_clean")} action={words("action_show_all")} onAction={() => dispatch({ type: "show", scope: "all" })}>
        {words("state_file_clean_text", [counted("requests", count.all), counted("origins", originCount(view.entries))])}
      </State>
    );
  }
  return <State title={words("state_file_empty")}>{words(requests === 0 ? "state_file_empty_none" : "state_file_empty_text", [name, counted("requests", requests)])}</State>;
}
