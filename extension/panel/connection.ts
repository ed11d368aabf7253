import { portName, type ToPanel, type ToWorker } from "../../src/protocol.ts";
import { isRecord } from "../../src/record.ts";
import { harWritten, isWriteHar } from "../har-writing.ts";
import { type Connection, connect } from "../reconnect.ts";

/**
 * Connects the panel to the worker, for as long as the page lives.
 * @param onMessage gets what the worker tells of the tab
 * @param onConnecting called whenever the port closes or opens: nothing that is known holds until the next snapshot
 */
export function connectPanel(
  tabId: number,
  onMessage: (message: ToPanel) => void,
  onConnecting: () => void,
): Connection<ToWorker> {
  const receive = (message: unknown): void => {
    if (isToPanel(message)) onMessage(message);
    else if (isWriteHar(message)) void harWritten(message).then(connection.post);
  };
  const connection = connect<ToWorker>(portName("panel", tabId), receive, onConnecting, onConnecting);
  return connection;
}

/** The edge where messages to the panel enter: the worker is ours, so its parts are not looked at one by one. */
export function isToPanel(message: unknown): message is ToPanel {
  if (!isRecord(message) || !isTabState(message["state"])) return false;
  switch (message["type"]) {
    case "snapshot":
      return Array.isArray(message["exchanges"]) && Array.isArray(message["ids"]);
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
    typeof state["dropped"] === "number" &&
    Array.isArray(state["trials"])
  );
}
