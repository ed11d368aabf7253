import type { Scope } from "../../src/entry.ts";
import type { CauseCache } from "../../src/filter/causes.ts";
import { CHAPTER_IDS, type ChapterId } from "../../src/learn/chapter-ids.ts";
import type { ToWorker } from "../../src/protocol.ts";
import type { Action, Counts, View } from "../../src/view.ts";
import { words } from "../words.ts";
import { FilterBox } from "./filter-box.tsx";
import { Icon } from "./icons.tsx";
import { counted, number } from "./numbers.ts";
import { type Command, keysOf } from "./shortcuts.ts";

interface Props {
  readonly view: View;
  /** It is of a file: what is done with the log behind it waits. */
  readonly ofFile: boolean;
  readonly count: Counts;
  /** The causes that were found already. */
  readonly known: CauseCache;
  readonly dispatch: (action: Action) => void;
  readonly post: (message: ToWorker) => void;
  readonly commands: Readonly<Record<Command, () => void>>;
  /** Null when there is nothing to export. */
  readonly onExport: (() => void) | null;
  readonly guide: { readonly chapter: ChapterId | null; readonly open: (chapter: ChapterId) => void; readonly close: () => void };
}

/** Record, clear, filter, switch, export: in the order of the Network panel's; then the guide. */
export function Toolbar({ view, ofFile, count, known, dispatch, post, commands, onExport, guide }: Props) {
  const { tab } = view;
  const recording = tab?.recording ?? true;
  const notNow = (title: string): { readonly disabled: boolean; readonly title: string } => ({ disabled: ofFile, title: ofFile ? words("toolbar_not_of_file") : title });
  return (
    <div class="toolbar" role="group" aria-label={words("toolbar_label")}>
      <button
        type="button"
        class="tool"
        aria-pressed={recording}
        aria-label={words("toolbar_record")}
        aria-keyshortcuts={keysOf("record").aria}
        {...notNow(withKeys(words(recording ? "toolbar_record_stop" : "toolbar_record_start"), "record"))}
        onClick={commands.record}
      >
        <Icon name="record" />
      </button>
      <button
        type="button"
        class="tool"
        name="clear"
        aria-label={words("toolbar_clear")}
        aria-keyshortcuts={keysOf("clear").aria}
        {...notNow(withKeys(words("toolbar_clear"), "clear"))}
        onClick={commands.clear}
      >
        <Icon name="clear" />
      </button>
      <span class="tool-divider" />
      <FilterBox view={view} known={known} dispatch={dispatch} />
      <div class="switch" role="group" aria-label={words("scope_label")}>
        <ScopeButton scope="blocked" view={view} dispatch={dispatch} label={words("scope_blocked")} short={words("scope_blocked")} />
        <ScopeButton scope="all" view={view} dispatch={dispatch} label={words("scope_all")} short={words("scope_all_short")} />
      </div>
      <span class="toolbar-break" />
      <label class="check" title={words("toolbar_group_hint")}>
        <input
          type="checkbox"
          name="grouped"
          checked={view.grouped}
          onChange={({ currentTarget }) => dispatch({ type: "group", on: currentTarget.checked })}
        />
        {words("toolbar_group")}
      </label>
      <label class="check" title={notNow(words("toolbar_preserve_hint")).title}>
        <input
          type="checkbox"
          disabled={ofFile}
          checked={tab?.preserve ?? false}
          onChange={({ currentTarget }) => post({ type: "preserve", on: currentTarget.checked })}
        />
        {words("toolbar_preserve")}
      </label>
      <label class="check" title={notNow(words("toolbar_precise_hint")).title}>
        <input
          type="checkbox"
          disabled={ofFile}
          name="precise"
          checked={tab?.precise ?? false}
          onChange={({ currentTarget }) => post({ type: "precise", on: currentTarget.checked })}
        />
        {words("toolbar_precise")}
      </label>
      <output class="count" aria-live="off" title={countText(count)}>
        {count.causes > 0 && <span class="count-causes">{`${counted("causes", count.causes)} · `}</span>}
        {requestsText(count)}
      </output>
      <button type="button" class="tool" name="open" aria-label={words("import_label")} aria-keyshortcuts={keysOf("open").aria} title={withKeys(words("import_label"), "open")} onClick={commands.open}>
        <Icon name="open" />
      </button>
      <button
        type="button"
        class="tool"
        name="export"
        aria-label={words("toolbar_export")}
        aria-haspopup="dialog"
        title={words("toolbar_export")}
        disabled={onExport === null}
        onClick={() => onExport?.()}
      >
        <Icon name="export" />
      </button>
      <button
        type="button"
        class="tool"
        aria-label={words("learn")}
        aria-expanded={guide.chapter !== null}
        title={words("learn")}
        onClick={() => (guide.chapter === null ? guide.open(CHAPTER_IDS[0]) : guide.close())}
      >
        <Icon name="learn" />
      </button>
      <button type="button" class="tool" aria-label={words("shortcuts")} aria-haspopup="dialog" aria-keyshortcuts={keysOf("shortcuts").aria} title={withKeys(words("shortcuts"), "shortcuts")} onClick={commands.shortcuts}>
        <Icon name="keys" />
      </button>
    </div>
  );
}

function countText(count: Counts): string {
  return count.causes === 0 ? requestsText(count) : `${counted("causes", count.causes)} · ${requestsText(count)}`;
}

function requestsText({ blocked, maybe, all }: Counts): string {
  return maybe === 0 ? words("count", [number(blocked), number(all)]) : words("count_maybe", [number(blocked), number(maybe), number(all)]);
}

/** As DevTools' own tools say which keys do the same. */
function withKeys(text: string, command: Command): string {
  return `${text} (${keysOf(command).text})`;
}

interface ScopeProps extends Pick<Props, "view" | "dispatch"> {
  readonly scope: Scope;
  readonly label: string;
  /** A part of the label, for where room is short. */
  readonly short: string;
}

function ScopeButton({ scope, label, short, view, dispatch }: ScopeProps) {
  return (
    <button type="button" aria-label={label} aria-pressed={view.scope === scope} onClick={() => dispatch({ type: "show", scope })}>
      <span class="label-long">{label}</span>
      <span class="label-short">{short}</span>
    </button>
  );
}
