import { isUrl } from "../src/fetch/url.ts";
import type { Runtime } from "webextension-polyfill";
import { get } from "../src/fetch/headers.ts";
import { withFieldLines } from "../src/field-lines.ts";
import { redirectLocation } from "../src/fetch/redirect.ts";
import { judge } from "../src/judge.ts";
import type { Exchange, NetEvent } from "../src/model.ts";
import { parsePortName, type TabState, type ToWorker } from "../src/protocol.ts";
import { remedy } from "../src/remedy.ts";
import { repair } from "../src/repair/repair.ts";
import { timingsWantedSince, withTimings } from "../src/resource-timing.ts";
import { withCallSites } from "../src/call-sites.ts";
import { callsWantedSince, withCalls, withRefused } from "../src/calls.ts";
import { markedTrials, trialOf, underTrial } from "../src/trial.ts";
import { Badge } from "./badge.ts";
import browser from "./browser.ts";
import { evidence } from "./evidence.ts";
import { HarWriters } from "./har-writers.ts";
import { Listeners } from "./listeners.ts";
import { precise } from "./precise.ts";
import { isHarQuestion, isToWorker } from "./messages.ts";
import { type PanelPort, servePanel } from "./port.ts";
import { sendAgain } from "./send-again.ts";
import { isOwnPage } from "./sender.ts";
import { Session } from "./session.ts";
import { Trials } from "./trials.ts";
import { engine } from "./webrequest.ts";

/** How long a log outlives its last watcher: time enough to reload a panel or to reconnect. In milliseconds. */
const GRACE_MILLISECONDS = 5000;

/** How long after its start a worker may still be told what happened before it: it is repaired only after that. In milliseconds. */
const CATCH_UP_MILLISECONDS = 1000;

/** How often the pages in precise mode are asked for what left no events, in milliseconds. */
const SWEEP_MILLISECONDS = 1500;

/** How far back they are asked. */
const SWEPT_MILLISECONDS = 15_000;

/** A tab that somebody watches. */
interface Watched {
  readonly ports: Set<Promise<PanelPort | null>>;
  /** The origin of the page in the tab, whose service worker's requests are its own. */
  origin: string | null;
  /** A service worker may control the page: unknown without DevTools, so assumed. */
  controlled: boolean;
  /** The last change of precise mode: the next waits for it. */
  turn: Promise<void>;
}

const watched = new Map<number, Watched>();
/** Tabs whose last watcher left just now, and may come back. */
const leaving = new Map<number, ReturnType<typeof setTimeout>>();
let access = true;
let settled = false;
let sweeping: ReturnType<typeof setInterval> | null = null;
const session = new Session(engine, (tabId) => notify(tabId));
const proof = evidence(
  engine,
  (tabId, frameId) => {
    const { log, settings } = session.get(tabId);
    const wanted = [timingsWantedSince(log, frameId), settings.channel === null ? null : callsWantedSince(log, frameId)];
    const since = wanted.filter((time) => time !== null);
    return since.length === 0 ? null : Math.min(...since);
  },
  (tabId, frameId, { timings, calls, origin }) =>
    session.change(tabId, (log) => {
      const timed = withTimings(log, frameId, timings);
      if (session.settings(tabId).channel === null) return timed;
      return withRefused(withCalls(timed, frameId, calls), { tabId, frameId, origin }, calls, Date.now());
    }),
);
const trials = new Trials();
const harWriters = new HarWriters(GRACE_MILLISECONDS);
const badge = new Badge(engine, (tabId) => (watched.has(tabId) ? session.get(tabId).log : null));
const probes = precise((tabId) => ready.then(() => session.settings(tabId).channel));

const listeners = new Listeners(onEvent);
const ready = Promise.all([session.restore(), listeners.takeOn()]).then(checkAccess);
void ready.then(() => {
  setTimeout(settle, GRACE_MILLISECONDS);
  sweepIfNeeded();
});
const caughtUp = ready.then(() => new Promise<void>((resolve) => setTimeout(resolve, CATCH_UP_MILLISECONDS)));

browser.runtime.onConnect.addListener((port) => {
  const name = parsePortName(port.name);
  if (name === null || !isOwnPage(port.sender)) return;
  const { tabId, watcher } = name;
  const tab = watch(tabId);
  let open = true;
  const panel = ready.then(() => {
    if (watcher === "devtools" || !open) return null;
    return servePanel(port, () => ({ log: session.shown(tabId), state: stateOf(tabId) }));
  });
  tab.ports.add(panel);
  harWriters.add(tabId, port);
  port.onMessage.addListener((message: unknown) => {
    if (isToWorker(message)) void ready.then(() => obey(tabId, message));
  });
  port.onDisconnect.addListener(() => {
    open = false;
    tab.ports.delete(panel);
    if (tab.ports.size > 0) return;
    void trials.stop(tabId, null);
    watched.delete(tabId);
    badge.changed(tabId);
    narrow();
    const leave = (): void => {
      leaving.delete(tabId);
      settle();
    };
    leaving.set(tabId, setTimeout(leave, GRACE_MILLISECONDS));
  });
  void ready.then(() => readOrigin(tabId)).then(narrow);
});

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  if (!isHarQuestion(message) || !isOwnPage(sender)) return undefined;
  return ready.then(() => harWriters.har(message.tabId, engine, () => session.get(message.tabId).log.exchanges));
});

browser.permissions.onAdded.addListener(() => void checkAccess());
browser.permissions.onRemoved.addListener(() => void checkAccess());

function onEvent(event: NetEvent): void {
  void ready.then(() => {
    if (event.type === "main_frame") {
      if (event.kind === "headers-received" && replacesDocument(event)) navigated(event);
      return;
    }
    if (event.tabId !== -1) {
      if (!session.has(event.tabId) && !watched.has(event.tabId)) return;
      takeUnderTrial(event);
      const ends = event.kind === "completed" || event.kind === "error";
      const unproven = engine === "gecko" || session.settings(event.tabId).channel !== null;
      if (ends && unproven) proof.want(event.tabId, event.frameId);
      return;
    }
    for (const [tabId, { origin, controlled }] of watched) {
      if (controlled && event.initiator !== null && event.initiator === origin) session.take(tabId, event);
    }
  });
}

/** What the page gets while a fix is on trial isn't what the server sent. */
function takeUnderTrial(event: NetEvent): void {
  const over = trials.over(event);
  session.take(event.tabId, over === null ? event : underTrial(event, over));
  if (over !== null && event.kind === "before-request") session.change(event.tabId, (log) => markedTrials(log, event.requestId, over));
}

/** No redirect, no download, and not "stay where you are". https://html.spec.whatwg.org/#navigate-fetch */
function replacesDocument({ status, responseHeaders }: Extract<NetEvent, { kind: "headers-received" }>): boolean {
  const attachment = /^\s*attachment/i.test(get("Content-Disposition", responseHeaders) ?? "");
  return !attachment && status !== 204 && status !== 205 && redirectLocation(status, responseHeaders) === null;
}

function navigated({ tabId, url }: NetEvent): void {
  const tab = watched.get(tabId);
  if (tab !== undefined) {
    tab.origin = new URL(url).origin;
    // The next page may have one, and its first requests come before DevTools can tell.
    tab.controlled = true;
    narrow();
  }
  if (session.has(tabId) && !session.settings(tabId).preserve) session.clear(tabId);
}

function obey(tabId: number, message: ToWorker): void {
  switch (message.type) {
    case "clear":
      return session.clear(tabId);
    case "record":
      return session.configure(tabId, { recording: message.on });
    case "preserve":
      return session.configure(tabId, { preserve: message.on });
    case "precise":
      return setPrecise(tabId, message.on);
    case "trial":
      return void setTrial(tabId, message.id, message.on);
    case "send-again":
      return void repeat(tabId, message.id);
    case "har-written":
      return harWriters.written(message);
    case "more": // The port itself answers that.
    case "stay-awake":
      return;
    case "controlled": {
      const tab = watched.get(tabId);
      // Its port may have closed since.
      if (tab !== undefined) tab.controlled = message.serviceWorker;
      return narrow();
    }
    case "call-sites":
      return session.change(tabId, (log) => withCallSites(log, message.sites));
    case "field-lines":
      return session.change(tabId, (log) => withFieldLines(log, message.answered));
    case "finished":
      return void caughtUp.then(() => {
        const tab = watched.get(tabId);
        if (tab === undefined || !session.settings(tabId).recording) return;
        // A worker may have died before it wrote down the first request of a tab.
        session.change(tabId, (log) => repair(log, message.requests, tabId, tab.origin), true);
      });
  }
}

/** Nothing goes on at intervals unless a tab is in precise mode. */
function sweepIfNeeded(): void {
  const needed = session.tabIds.some((tabId) => session.settings(tabId).channel !== null);
  if (needed) sweeping ??= setInterval(sweep, SWEEP_MILLISECONDS);
  else if (sweeping !== null) {
    clearInterval(sweeping);
    sweeping = null;
  }
}

function sweep(): void {
  for (const tabId of watched.keys()) {
    const { log, settings } = session.get(tabId);
    if (settings.channel !== null && settings.recording) void proof.sweep(tabId, Math.max(log.clearedTime, Date.now() - SWEPT_MILLISECONDS));
  }
}

/** In turn: a page may keep the probe waiting, and the user change their mind. */
function setPrecise(tabId: number, on: boolean): void {
  const tab = watched.get(tabId);
  if (tab === undefined) return;
  tab.turn = tab.turn.then(async () => {
    const { channel } = session.settings(tabId);
    if (on === (channel !== null) || watched.get(tabId) !== tab) return;
    if (channel !== null) await probes.leave(tabId, channel);
    // No page can guess it.
    const opened = on ? crypto.randomUUID() : null;
    if (opened !== null) await probes.enter(tabId, opened);
    if (watched.get(tabId) === tab) session.configure(tabId, { channel: opened });
    else if (opened !== null) await probes.leave(tabId, opened);
    sweepIfNeeded();
  });
}

async function setTrial(tabId: number, id: string | null, on: boolean): Promise<void> {
  const exchange = on && id !== null ? find(tabId, id) : null;
  const found = exchange === null ? null : remedy(exchange, judge(exchange, engine), engine);
  // The log may have been cleared since the button was shown, and whoever pressed it may have gone.
  const wanted = exchange !== null && found !== null && watched.has(tabId) ? trialOf(exchange, found, engine) : null;
  const done = on ? wanted === null || (await trials.start(tabId, wanted)) : await trials.stop(tabId, id);
  session.content(tabId, "not-sent-again");
  if (done) session.content(tabId, "trial-refused");
  else session.complain(tabId, "trial-refused");
  notify(tabId);
}

async function repeat(tabId: number, id: string): Promise<void> {
  const exchange = find(tabId, id);
  session.content(tabId, "not-sent-again");
  if (exchange !== null && !(await sendAgain(exchange, engine))) session.complain(tabId, "not-sent-again");
}

function find(tabId: number, id: string): Exchange | null {
  return session.get(tabId).log.exchanges.find((exchange) => exchange.id === id) ?? null;
}

function watch(tabId: number): Watched {
  clearTimeout(leaving.get(tabId));
  leaving.delete(tabId);
  const known = watched.get(tabId);
  if (known !== undefined) return known;
  const tab: Watched = { ports: new Set(), origin: null, controlled: true, turn: Promise.resolve() };
  watched.set(tabId, tab);
  return tab;
}

async function readOrigin(tabId: number): Promise<void> {
  const tab = watched.get(tabId);
  try {
    const { url } = await browser.tabs.get(tabId);
    // A navigation may have told it meanwhile.
    if (tab !== undefined && tab.origin === null && url !== undefined && isUrl(url)) tab.origin = new URL(url).origin;
  } catch {
    // The tab is gone, and its DevTools will be in a moment.
  }
}

/** Until the worker has settled, tabs watched before it died count too. */
function narrow(): void {
  const tabIds = settled ? [...watched.keys()] : [...watched.keys(), ...session.tabIds];
  listeners.narrow(new Set(tabIds.length === 0 ? [] : withServiceWorkers(tabIds)));
}

/**
 * What service workers ask for belongs to no tab. In Firefox that is a filter of its own; in Chromium -1 stands for all
 * tabs, so there they are listened to only while one controls a page.
 */
function withServiceWorkers(tabIds: readonly number[]): readonly (number | null)[] {
  if (engine === "gecko") return [...tabIds, -1];
  return [...watched.values()].some(({ controlled }) => controlled) ? [null] : tabIds;
}

/** Who has not come back by now has gone. */
function settle(): void {
  settled = true;
  for (const tabId of session.tabIds) if (!watched.has(tabId) && !leaving.has(tabId)) forget(tabId);
  if (session.tabIds.every((tabId) => session.settings(tabId).channel === null)) probes.rest();
  narrow();
}

function forget(tabId: number): void {
  const { channel } = session.settings(tabId);
  if (channel !== null) void probes.leave(tabId, channel);
  session.forget(tabId);
  void proof.end(tabId);
  // A worker that died while it was watched has left one.
  badge.changed(tabId);
  sweepIfNeeded();
}

async function checkAccess(): Promise<void> {
  access = await browser.permissions.contains({ origins: ["<all_urls>"] });
  for (const tabId of watched.keys()) notify(tabId);
}

function notify(tabId: number): void {
  badge.changed(tabId);
  for (const port of watched.get(tabId)?.ports ?? []) void port.then((panel) => panel?.changed());
}

function stateOf(tabId: number): TabState {
  const { recording, preserve, channel } = session.settings(tabId);
  const { dropped } = session.shown(tabId);
  return { engine, access, dropped, trouble: session.trouble(tabId), recording, preserve, precise: channel !== null, trials: trials.in(tabId) };
}
