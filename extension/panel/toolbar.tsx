import type { Scope } from "../../src/entry.ts";
import type { ToWorker } from "../../src/protocol.ts";
import type { Action, Counts, View } from "../../src/view.ts";
import { words } from "../words.ts";
import { Icon } from "./icons.tsx";
import { number } from "./numbers.ts";

interface Props {
  readonly view: View;
  readonly count: Counts;
  readonly dispatch: (action: Action) => void;
  readonly post: (message: ToWorker) => void;
  /** Null when there is nothing to export. */
  readonly onExport: (() => void) | null;
}

/** Record, clear, filter, switch, export: in the order of the Network panel's. */
export function Toolbar({ view, count, dispatch, post, onExport }: Props) {
  const { tab, filter } = view;
  const recording = tab?.recording ?? true;
  return (
    <div class="toolbar" role="group" aria-label={words("toolbar_label")}>
      <button
        type="button"
        class="tool"
        aria-pressed={recording}
        aria-label={words("toolbar_record")}
        title={words(recording ? "toolbar_record_stop" : "toolbar_record_start")}
        onClick={() => post({ type: "record", on: !recording })}
      >
        <Icon name="record" />
      </button>
      <button
        type="button"
        class="tool"
        aria-label={words("toolbar_clear")}
        title={words("toolbar_clear")}
        onClick={() => post({ type: "clear" })}
      >
        <Icon name="clear" />
      </button>
      <span class="tool-divider" />
      <input
        class="filter"
        type="search"
        spellcheck={false}
        placeholder={words("toolbar_filter")}
        aria-label={words("toolbar_filter_label")}
        title={words("toolbar_filter_label")}
        value={filter}
        onInput={({ currentTarget }) => dispatch({ type: "filter", text: currentTarget.value })}
      />
      <div class="switch" role="group" aria-label={words("scope_label")}>
        <ScopeButton scope="blocked" view={view} dispatch={dispatch} label={words("scope_blocked")} />
        <ScopeButton scope="all" view={view} dispatch={dispatch} label={words("scope_all")} />
      </div>
      <label class="check" title={words("toolbar_preserve_hint")}>
        <input
          type="checkbox"
          checked={tab?.preserve ?? false}
          onChange={({ currentTarget }) => post({ type: "preserve", on: currentTarget.checked })}
        />
        {words("toolbar_preserve")}
      </label>
      <label class="check" title={words("toolbar_precise_hint")}>
        <input
          type="checkbox"
          name="precise"
          checked={tab?.precise ?? false}
          onChange={({ currentTarget }) => post({ type: "precise", on: currentTarget.checked })}
        />
        {words("toolbar_precise")}
      </label>
      <output class="count" aria-live="off">
        {countText(count)}
      </output>
      <button
        type="button"
        class="tool"
        aria-label={words("toolbar_export")}
        title={words("toolbar_export")}
        disabled={onExport === null}
        onClick={() => onExport?.()}
      >
        <Icon name="export" />
      </button>
    </div>
  );
}

function countText({ blocked, maybe, all }: Counts): string {
  if (maybe === 0) return words("count", [number(blocked), number(all)]);
  return words("count_maybe", [number(blocked), number(maybe), number(all)]);
}

interface ScopeProps extends Pick<Props, "view" | "dispatch"> {
  readonly scope: Scope;
  readonly label: string;
}

function ScopeButton({ scope, label, view, dispatch }: ScopeProps) {
  return (
    <button type="button" aria-pressed={view.scope === scope} onClick={() => dispatch({ type: "show", scope })}>
      {label}
    </button>
  );
}
