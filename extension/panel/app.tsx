import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { Entry } from "../../src/entry.ts";
import { CauseCache } from "../../src/filter/causes.ts";
import type { ToWorker } from "../../src/protocol.ts";
import { engineOf, type Shown, updateShown, viewOf } from "../../src/shown.ts";
import { trialResults } from "../../src/trial-results.ts";
import { type Action, counts, earlierExchanges, EMPTY_VIEW, incomplete, selectedEntry, type View, visibleRows } from "../../src/view.ts";
import type { Connection } from "../reconnect.ts";
import { words } from "../words.ts";
import { Banners } from "./banners.tsx";
import { connectPanel } from "./connection.ts";
import type { ExportRequest } from "./exporting.tsx";
import { DropTarget } from "./import/drop-target.tsx";
import { FileChooser } from "./import/file-chooser.tsx";
import { FileEmpty } from "./import/file-empty.tsx";
import { useFocusInFront } from "./import/focus-front.ts";
import { ImportBanners } from "./import/import-banners.tsx";
import { useDrop } from "./import/use-drop.ts";
import { useImport } from "./import/use-import.ts";
import { useGuide } from "./learn/use-guide.ts";
import { List } from "./list.tsx";
import { DETAIL, EXPORTING, GUIDE, loadParts } from "./parts.ts";
import { Saved } from "./saved.tsx";
import { useLasting } from "./patience.ts";
import { afterPaint } from "./painted.ts";
import { Live } from "./live.tsx";
import { settings } from "./settings.ts";
import { useShortcuts } from "./shortcuts.ts";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { Split } from "./split.tsx";
import { Empty } from "./states.tsx";
import { TrialBanner } from "./trial-banner.tsx";
import { Toolbar } from "./toolbar.tsx";

/** How often the worker is kept from falling asleep, in milliseconds: browsers stop it after 30 seconds without an event. */
const AWAKE_MILLISECONDS = 10_000;

/** How long the worker may take to answer until the panel says so, in milliseconds: it starts in a tenth of that. */
const PATIENCE_MILLISECONDS = 3000;

/** How long it is told that the worker was another one, in milliseconds. */
const TOLD_MILLISECONDS = 7000;

// What runs again, but rarely, stands outside of App: an effect keeps all that the function around it had when it last ran,
// and there that is the log of that time.

/** A trial ends with the worker, so a tab on trial keeps it awake. */
function useAwakeWorker(needed: boolean, post: (message: ToWorker) => void): void {
  useEffect(() => {
    if (!needed) return undefined;
    const timer = setInterval(() => post({ type: "stay-awake" }), AWAKE_MILLISECONDS);
    return () => clearInterval(timer);
  }, [needed]);
}

/** Says to styles and tests how things are. */
function useMarks({ connection, tab }: View): void {
  const precise = tab?.precise === true;
  useEffect(() => {
    document.documentElement.dataset["connection"] = connection;
    document.documentElement.dataset["precise"] = precise ? "on" : "off";
  }, [connection, precise]);
}

/** The next panel shows its list as this one does. */
function useRemembered({ grouped, scope }: View): void {
  useEffect(() => {
    settings.set("grouped", grouped ? "on" : "off");
    settings.set("scope", scope);
  }, [grouped, scope]);
}

/** What was told for long enough is told no more. */
function useToldInterruption(told: boolean, dispatch: (action: Action) => void): void {
  useEffect(() => {
    if (told) dispatch({ type: "interruption-told" });
  }, [told]);
}

/** The list as it was before, where nothing in it has changed: what follows from it needn't be worked out again. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const known = useRef(list);
  if (list.length !== known.current.length || list.some((each, index) => each !== known.current[index])) known.current = list;
  return known.current;
}

/** Nothing known yet, but shown as the user last had it. */
function asLeft(view: View): View {
  return { ...view, grouped: settings.get("grouped") !== "off", scope: settings.get("scope") === "all" ? "all" : "blocked" };
}

/** The panel of one tab. */
export function App({ tabId }: { readonly tabId: number }) {
  const [known] = useState(() => new CauseCache());
  const [shown, dispatch] = useReducer(updateShown, EMPTY_VIEW, (empty): Shown => ({ live: asLeft(empty), file: null }));
  const { live, file } = shown;
  const view = useMemo(() => viewOf(shown), [shown]);
  const engine = engineOf(shown);
  const chooser = useRef<HTMLInputElement>(null);
  const files = useImport((content) => dispatch({ type: "open-file", content }));
  useFocusInFront(file?.source ?? null);
  const dropping = useDrop(files.open);
  const connection = useRef<Connection<ToWorker> | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const guide = useGuide();
  const [listsKeys, setListsKeys] = useState(false);
  const [exporting, setExporting] = useState<ExportRequest | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  useEffect(() => {
    connection.current = connectPanel(
      tabId,
      (message) => {
        dispatch({ type: "received", message });
        if (message.more) afterPaint(() => post({ type: "more" }));
      },
      () => dispatch({ type: "connecting" }),
    );
  }, [tabId]);
  useEffect(() => afterPaint(() => void loadParts()), []);
  useMarks(view);
  useRemembered(view);

  const post = useCallback((message: ToWorker): void => connection.current?.post(message), []);
  const close = (): void => {
    dispatch({ type: "select", id: null });
    list.current?.focus();
  };
  const { entries, scope, filter, tab } = view;
  const unanswered = useLasting(view.connection === "connecting", PATIENCE_MILLISECONDS);
  const lost = useMemo(() => incomplete(live), [live.interrupted, live.entries]);
  const told = useLasting(lost > 0, TOLD_MILLISECONDS);
  useToldInterruption(told, dispatch);
  const rows = useMemo(() => visibleRows({ entries, scope, filter }, known), [entries, scope, filter]);
  const count = useMemo(() => counts(entries), [entries]);
  const results = useMemo(() => trialResults(tab?.trials ?? [], live.entries), [tab?.trials, live.entries]);
  useAwakeWorker(results.length > 0, post);
  const selected = selectedEntry(view);
  const earlier = useSame(useMemo(() => (selected === null ? [] : earlierExchanges({ entries }, selected)), [entries, selected]));

  const commands = {
    record: () => file === null && post({ type: "record", on: tab?.recording === false }),
    clear: () => file === null && post({ type: "clear" }),
    open: () => chooser.current?.click(),
    shortcuts: () => setListsKeys(true),
  };
  const closeTop = (): boolean => {
    const open = files.refused !== null || guide.chapter !== null || view.selected !== null;
    if (files.refused !== null) files.dismiss();
    else if (guide.chapter !== null) guide.close();
    else if (open) close();
    return open;
  };
  useShortcuts(commands, closeTop);

  const report = (ids: Iterable<string>): void => setExporting({ chosen: ids, chosenFirst: true });
  const entriesOf = (ids: ReadonlySet<string>): Entry[] => entries.filter(({ exchange }) => ids.has(exchange.id));

  return (
    <>
      <header>
        <h1 class="unseen">{words("extensionName")}</h1>
        <Toolbar
          view={view}
          ofFile={file !== null}
          count={count}
          known={known}
          dispatch={dispatch}
          post={post}
          commands={commands}
          onExport={engine !== null && count.all > 0 ? () => setExporting({ chosen: view.marked, chosenFirst: false }) : null}
          guide={guide}
        />
      </header>
      <Live entries={live.entries} watching={live.connection === "watching" && file === null} />
      <Banners tab={tab} lost={lost} unanswered={unanswered} />
      <ImportBanners file={file} crossOrigin={count.all} files={files} onClose={() => dispatch({ type: "close-file" })} />
      <TrialBanner
        results={results}
        dispatch={(action) => {
          guide.close();
          dispatch({ type: "close-file" });
          dispatch(action);
        }}
        post={post}
      />
      <main class="panes">
        <Split
          key={file?.name ?? ""}
          covered={guide.chapter !== null}
          list={
            rows.length === 0 && file !== null ? (
              <FileEmpty file={file} count={count} dispatch={dispatch} />
            ) : rows.length === 0 ? (
              <Empty view={view} count={count} unanswered={unanswered} tabId={tabId} dispatch={dispatch} post={post} />
            ) : (
              <List rows={rows} view={view} dispatch={dispatch} element={list} onReport={report} entriesOf={entriesOf} />
            )
          }
          detail={
            selected === null || engine === null ? null : (
              <DETAIL.Component key={selected.exchange.id} entry={selected} engine={engine} source={file?.source ?? null} earlier={earlier} precise={tab?.precise === true} trial={file === null ? (results.find(({ trial }) => trial.id === selected.exchange.id) ?? null) : null} tabId={tabId} refused={tab?.trouble === "trial-refused"} post={post} onClose={close} onLearn={guide.open} />
            )
          }
        />
        {guide.chapter !== null && <GUIDE.Component chapter={guide.chapter} onChapter={guide.open} onClose={guide.close} />}
      </main>
      <FileChooser input={chooser} onFiles={files.open} />
      {dropping && <DropTarget />}
      {listsKeys && <ShortcutsDialog onClose={() => setListsKeys(false)} />}
      {exporting !== null && <EXPORTING.Component request={exporting} view={view} engine={engine ?? "chromium"} source={file?.source ?? null} rows={rows} onClose={() => setExporting(null)} onSaved={setSaved} />}
      <Saved name={saved} onTold={setSaved} />
    </>
  );
}
