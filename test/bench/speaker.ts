import type { Runtime } from "webextension-polyfill";
import { servePanel, type PanelPort } from "../../extension/port.ts";
import { emptyLog } from "../../src/correlate.ts";
import type { Engine, Log } from "../../src/model.ts";
import { portName, type TabState } from "../../src/protocol.ts";
import { type Kinds, manyExchanges, newlyBlocked } from "./exchanges.ts";

/**
 * Runs in the extension's worker (in Firefox, in a page of its process) and speaks to the panel through the worker's own
 * port code, about a log that nobody has to request first. The worker itself, whose log is empty, stays silent.
 */
export interface Speaker {
  /** Takes the place of the worker for the panel of a tab, from the next time that it connects. */
  listen(engine: Engine, tabId: number, kinds: Kinds): void;
  /** How often a panel has connected. */
  connected(): number;
  /** Makes a log and sends the snapshot. Hands back when, in milliseconds since the epoch. */
  snapshot(count: number): number;
  /** Sends the snapshot of the same log once more, as a worker does that has started again. */
  again(): void;
  /** One more blocked request. Hands back when. */
  block(index: number): number;
}

const api = globalThis as unknown as { readonly chrome: { readonly runtime: Runtime.Static } };
const now = (): number => performance.timeOrigin + performance.now();

let told: { readonly engine: Engine; readonly kinds: Kinds } | null = null;
let port: Runtime.Port | null = null;
let connections = 0;
let panel: PanelPort | null = null;
let log: Log = emptyLog("chromium");

function serve(): void {
  if (port === null) throw new Error("no panel has connected");
  const state: TabState = { engine: log.engine, recording: true, preserve: true, precise: false, access: true, dropped: 0, trials: [], trouble: null };
  panel = servePanel(port, () => ({ log, state }));
}

const speaker: Speaker = {
  listen(engine, tabId, kinds) {
    told = { engine, kinds };
    api.chrome.runtime.onConnect.addListener((opened) => {
      if (opened.name !== portName("panel", tabId)) return;
      port = opened;
      connections += 1;
    });
  },
  connected: () => connections,
  snapshot(count) {
    if (told === null) throw new Error("nobody was told what to speak of");
    const { engine, kinds } = told;
    const exchanges = manyExchanges(kinds, count);
    log = { ...emptyLog(engine), exchanges, begun: count };
    const started = now();
    serve();
    return started;
  },
  again: () => serve(),
  block(index) {
    if (told === null) throw new Error("there is no log");
    log = { ...log, exchanges: [...log.exchanges, newlyBlocked(told.kinds, index)] };
    panel?.changed();
    return now();
  },
};
Object.assign(globalThis, { speaker });
