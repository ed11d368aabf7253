import type { Runtime } from "webextension-polyfill";
import { emptyLog } from "../src/correlate.ts";
import { changes } from "../src/journal.ts";
import type { Log } from "../src/model.ts";
import type { TabState, ToPanel } from "../src/protocol.ts";

/** As many exchanges as one message carries; a long log goes over in several. */
const CHUNK = 500;

/** What changes within this time goes over in one message, in milliseconds. */
const PAUSE_MILLISECONDS = 50;

/** A panel at the other end of a port, and how much of the log it has. */
export interface PanelPort {
  /** The log or the state has changed. */
  changed(): void;
}

/** Sends a snapshot to a panel, then what changes. */
export function servePanel(port: Runtime.Port, current: () => { log: Log; state: TabState }): PanelPort {
  let sent: Log = emptyLog(current().log.engine);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const post = (message: ToPanel): void => port.postMessage(message);

  const update = (): void => {
    timer = null;
    const { log, state } = current();
    const { upserted, removed } = changes(sent, log);
    sent = log;
    for (let start = 0; start === 0 || start < upserted.length; start += CHUNK) {
      post({ type: "changes", state, upserted: upserted.slice(start, start + CHUNK), removed: start === 0 ? removed : [] });
    }
  };

  port.onDisconnect.addListener(() => {
    if (timer !== null) clearTimeout(timer);
  });
  const { log, state } = current();
  // The first part goes with the snapshot: a panel that reconnects must not be empty for a moment.
  sent = { ...log, exchanges: log.exchanges.slice(0, CHUNK) };
  post({ type: "snapshot", state, exchanges: sent.exchanges });
  if (log.exchanges.length > CHUNK) update();
  return {
    changed() {
      timer ??= setTimeout(update, PAUSE_MILLISECONDS);
    },
  };
}
