import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { ToWorker } from "../../src/protocol.ts";
import { counts, earlierExchanges, EMPTY_VIEW, selectedEntry, update, visibleRows } from "../../src/view.ts";
import type { Connection } from "../reconnect.ts";
import { Banners } from "./banners.tsx";
import { connectPanel } from "./connection.ts";
import { Detail } from "./detail.tsx";
import { exportHar } from "./export.ts";
import { List } from "./list.tsx";
import { Split } from "./split.tsx";
import { Empty } from "./states.tsx";
import { Toolbar } from "./toolbar.tsx";

/** The panel of one tab. */
export function App({ tabId }: { readonly tabId: number }) {
  const [view, dispatch] = useReducer(update, EMPTY_VIEW);
  const connection = useRef<Connection<ToWorker> | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    connection.current = connectPanel(
      tabId,
      (message) => dispatch({ type: "received", message }),
      () => dispatch({ type: "connecting" }),
    );
  }, [tabId]);
  useEffect(() => {
    document.documentElement.dataset["connection"] = view.connection;
    document.documentElement.dataset["precise"] = view.tab?.precise === true ? "on" : "off";
  }, [view.connection, view.tab?.precise]);

  const post = (message: ToWorker): void => connection.current?.post(message);
  const close = (): void => {
    dispatch({ type: "select", id: null });
    list.current?.focus();
  };
  const { entries, scope, filter, tab } = view;
  const rows = useMemo(() => visibleRows({ entries, scope, filter }), [entries, scope, filter]);
  const count = useMemo(() => counts(entries), [entries]);
  const selected = selectedEntry(view);
  const earlier = useMemo(() => (selected === null ? [] : earlierExchanges({ entries }, selected)), [entries, selected]);

  return (
    <>
      <Toolbar
        view={view}
        count={count}
        dispatch={dispatch}
        post={post}
        onExport={tab !== null && entries.length > 0 ? () => exportHar(entries, tab.engine) : null}
      />
      <Banners tab={tab} />
      <Split
        list={
          rows.length === 0 ? (
            <Empty view={view} count={count} tabId={tabId} dispatch={dispatch} post={post} />
          ) : (
            <List rows={rows} selected={view.selected} dispatch={dispatch} element={list} />
          )
        }
        detail={
          selected === null || tab === null ? null : (
            <Detail key={selected.exchange.id} entry={selected} engine={tab.engine} earlier={earlier} precise={tab.precise} onClose={close} />
          )
        }
      />
    </>
  );
}
