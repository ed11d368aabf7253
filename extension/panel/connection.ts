import { portName, type ToPanel, type ToWorker } from "../../src/protocol.ts";
import { type Connection, connect } from "../reconnect.ts";
import { isRecord } from "../stored.ts";

/**
 * Connects the panel to the worker, for as long as the page lives.
 * @param onMessage gets what the worker tells of the tab
 * @param onOpen called whenever the port opens: nothing that is known holds until the next snapshot
 */
export function connectPanel(
  tabId: number,
  onMessage: (message: ToPanel) => void,
  onOpen: () => void,
): Connection<ToWorker> {
  const receive = (message: unknown): void => {
    if (isToPanel(message)) onMessage(message);
  };
  return connect<ToWorker>(portName("panel", tabId), receive, onOpen);
}

/** The edge where messages to the panel enter: the worker is ours, so its parts are not looked at one by one. */
export function isToPanel(message: unknown): message is ToPanel {
  if (!isRecord(message) || !isTabState(message["state"])) return false;
  switch (message["type"]) {
    case "snapshot":
      return Array.isArray(message["exchanges"]);
    case "changes":
      return Array.isArray(message["upserted"]) && Array.isArray(message["removed"]);
    default:
      return false;
  }
}

function isTabState(state: unknown): boolean {
  return (
    isRecord(state) &&
    (state["engine"] === "chromium" || state["engine"] === "gecko") &&
    ["recording", "preserve", "precise", "access"].every((field) => typeof state[field] === "boolean") &&
    typeof state["dropped"] === "number"
  );
}
