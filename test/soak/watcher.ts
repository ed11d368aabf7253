/**
 * Bundled, and run in the panel's page: one more panel, which shows nothing and hands out what it knows. To ask the worker
 * for its whole log every few seconds would be more work for a browser than all that is tested.
 */
import { connectPanel } from "../../extension/panel/connection.ts";
import { inspectedTab } from "../../extension/panel/inspected.ts";
import { grouped } from "../../src/grouped.ts";
import { EMPTY_VIEW, update, type View } from "../../src/view.ts";
import type { Row } from "./tally.ts";

const tabId = inspectedTab();
if (tabId === null) throw new Error("The panel watches no tab");

let view: View = EMPTY_VIEW;

/** The requests that had two rows at the last look, with the rows that the log had of them last: it may forget them before the next look. */
let twofold = new Map<string, readonly Row[]>();

const connection = connectPanel(
  tabId,
  (message) => {
    view = update(view, { type: "received", message });
    if (message.more) connection.post({ type: "more" });
    if (twofold.size === 0) return;
    const rows = grouped(rowsNow(), numberOf);
    for (const number of twofold.keys()) twofold.set(number, rows.get(number) ?? twofold.get(number) ?? []);
  },
  () => {},
);

Object.assign(window, {
  soakRows: (): readonly Row[] => {
    const now = rowsNow();
    const rows = grouped(now, numberOf);
    const gone = [...twofold].flatMap(([number, last]) => (rows.has(number) ? [] : last));
    twofold = new Map([...rows].filter(([, [first, ...others]]) => others.some(([, pair]) => pair !== first?.[1])));
    return [...now, ...gone];
  },
});

function rowsNow(): Row[] {
  return view.entries.flatMap(({ exchange: { id }, listed, row: { url }, verdict: { outcome, browserError } }) =>
    listed === "nowhere" ? [] : [[Number(url.split("/").at(-1)), id, outcome, browserError] as const],
  );
}

function numberOf([number]: Row): string {
  return String(number);
}
