import type { Runtime } from "webextension-polyfill";
import { changes } from "../src/journal.ts";
import type { Exchange, Log } from "../src/model.ts";
import type { TabState, ToPanel } from "../src/protocol.ts";
import { isToWorker } from "./messages.ts";

/** As many exchanges as the snapshot brings: what is in sight, so that it is painted at once. */
const FIRST = 100;

/** As many as each message after it brings. */
const CHUNK = 1000;

/** From one message to the next, in milliseconds: what changes meanwhile goes over in one. */
const PAUSE_MILLISECONDS = 50;

/** The more goes over at once, the longer until the next time, up to this: most of a request's events go over together. In milliseconds. */
const BUSY_PAUSE_MILLISECONDS = 300;

/** So much longer for each exchange. */
const PAUSE_MILLISECONDS_AN_EXCHANGE = 20;

/** A panel at the other end of a port, and how much of the log it has. */
export interface PanelPort {
  /** The log or the state has changed. */
  changed(): void;
}

/** Sends a snapshot to a panel, then what changes. A long log goes over in parts, each when the panel asks for it. */
export function servePanel(port: Runtime.Port, current: () => { log: Log; state: TabState }): PanelPort {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let updatedTime = 0;
  /** How long after the last update the next one is due. */
  let interval = PAUSE_MILLISECONDS;
  const post = (message: ToPanel): void => port.postMessage(message);

  const { log, state } = current();
  // The first part goes with the snapshot: a panel that reconnects must not be empty for a moment.
  let sent: Log = { ...log, exchanges: log.exchanges.slice(0, FIRST) };
  let more = log.exchanges.length > FIRST;
  /** Ids that the snapshot has told of exchanges that have not gone over since: a panel that reconnects has kept them. */
  const promised = new Set(log.exchanges.slice(FIRST).map(({ id }) => id));
  post({ type: "snapshot", state, exchanges: sent.exchanges, ids: log.exchanges.map(({ id }) => id), more });

  const update = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    updatedTime = Date.now();
    const { log, state } = current();
    const { upserted, removed } = changes(sent, log);
    const there = new Set(promised.size === 0 ? [] : log.exchanges.map(({ id }) => id));
    const broken = [...promised].filter((id) => !there.has(id));
    for (const id of [...broken, ...upserted.slice(0, CHUNK).map(({ id }) => id)]) promised.delete(id);
    interval = Math.min(BUSY_PAUSE_MILLISECONDS, Math.max(PAUSE_MILLISECONDS, upserted.length * PAUSE_MILLISECONDS_AN_EXCHANGE));
    more = upserted.length > CHUNK;
    sent = more ? without(log, new Set(upserted.slice(CHUNK)), sent) : log;
    post({ type: "changes", state, upserted: upserted.slice(0, CHUNK), removed: [...removed, ...broken], more });
  };

  port.onMessage.addListener((message: unknown) => {
    if (more && isToWorker(message) && message.type === "more") update();
  });
  port.onDisconnect.addListener(() => {
    if (timer !== null) clearTimeout(timer);
  });
  return {
    changed() {
      const left = updatedTime + interval - Date.now();
      // A clock that was set back says nothing, and a timer takes a number far below 0 for one far above.
      timer ??= setTimeout(update, Math.min(interval, Math.max(0, left)));
    },
  };
}

/** A log in which some exchanges are as they were before, or not there yet. */
function without(log: Log, later: ReadonlySet<Exchange>, before: Log): Log {
  const known = new Map(before.exchanges.map((exchange) => [exchange.id, exchange]));
  return { ...log, exchanges: log.exchanges.flatMap((exchange) => (later.has(exchange) ? (known.get(exchange.id) ?? []) : exchange)) };
}
