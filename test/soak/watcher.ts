/**
 * Bundled, and run in the panel's page: one more panel, which shows nothing and hands out what it knows. To ask the worker
 * for its whole log every few seconds would be more work for a browser than all that is tested.
 */
import { connectPanel } from "../../extension/panel/connection.ts";
import { inspectedTab } from "../../extension/panel/inspected.ts";
import { EMPTY_VIEW, update, type View } from "../../src/view.ts";
import type { Row } from "./tally.ts";

const tabId = inspectedTab();
if (tabId === null) throw new Error("The panel watches no tab");

let view: View = EMPTY_VIEW;
const connection = connectPanel(
  tabId,
  (message) => {
    view = update(view, { type: "received", message });
    if (message.more) connection.post({ type: "more" });
  },
  () => {},
);

Object.assign(window, {
  soakRows: (): Row[] =>
    view.entries.flatMap(({ exchange: { id }, listed, row: { url }, verdict: { outcome, browserError } }) =>
      listed === "nowhere" ? [] : [[Number(url.split("/").at(-1)), id, outcome, browserError] as const],
    ),
});
