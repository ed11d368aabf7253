import type { Runtime } from "webextension-polyfill";
import { get } from "../src/fetch/headers.ts";
import { withFieldLines } from "../src/field-lines.ts";
import { redirectLocation } from "../src/fetch/redirect.ts";
import type { NetEvent } from "../src/model.ts";
import { parsePortName, type TabState, type ToWorker } from "../src/protocol.ts";
import { repair } from "../src/repair.ts";
import { timingsWantedSince, withTimings } from "../src/resource-timing.ts";
import { withCallSites } from "../src/call-sites.ts";
import { callsWantedSince, withCalls, withRefused } from "../src/calls.ts";
import { toHar } from "../src/report/har.ts";
import browser from "./browser.ts";
import { evidence } from "./evidence.ts";
import { Listeners } from "./listeners.ts";
import { precise } from "./precise.ts";
import { isHarQuestion, isToWorker } from "./messages.ts";
import { type PanelPort, servePanel } from "./port.ts";
import { Session } from "./session.ts";
import { engine } from "./webrequest.ts";
import { words } from "./words.ts";

/** How long a log outlives its last watcher: time enough to reload a panel or to reconnect. In milliseconds. */
const GRACE_MILLISECONDS = 5000;

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
}

const watched = new Map<number, Watched>();
let access = true;
let settled = false;
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
      if (session.get(tabId).settings.channel === null) return timed;
      return withRefused(withCalls(timed, frameId, calls), { tabId, frameId, origin }, calls, Date.now());
    }),
);
setInterval(() => void ready.then(sweep), SWEEP_MILLISECONDS);
const probes = precise((tabId) => ready.then(() => session.get(tabId).settings.channel));

const listeners = new Listeners(onEvent);
const ready = Promise.all([session.restore(), listeners.takeOn()]).then(checkAccess);
void ready.then(() => setTimeout(settle, GRACE_MILLISECONDS));

browser.runtime.onConnect.addListener((port) => {
  const name = parsePortName(port.name);
  if (name === null || port.sender?.id !== browser.runtime.id) return;
  const { tabId, watcher } = name;
  const tab = watch(tabId);
  let open = true;
  const panel = ready.then(() => {
    if (watcher === "devtools" || !open) return null;
    return servePanel(port, () => ({ log: session.get(tabId).log, state: stateOf(tabId) }));
  });
  tab.ports.add(panel);
  port.onMessage.addListener((message: unknown) => {
    if (isToWorker(message)) void ready.then(() => obey(tabId, message));
  });
  port.onDisconnect.addListener(() => {
    open = false;
    tab.ports.delete(panel);
    if (tab.ports.size > 0) return;
    watched.delete(tabId);
    narrow();
    setTimeout(settle, GRACE_MILLISECONDS);
  });
  void ready.then(() => readOrigin(tabId)).then(narrow);
});

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  if (!isHarQuestion(message) || sender.id !== browser.runtime.id) return undefined;
  return ready.then(() => {
    const { exchanges } = session.get(message.tabId).log;
    return toHar(exchanges, engine, words, browser.runtime.getManifest().version);
  });
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
      session.take(event.tabId, event);
      const ends = event.kind === "completed" || event.kind === "error";
      const unproven = engine === "gecko" || session.get(event.tabId).settings.channel !== null;
      if (ends && unproven) proof.want(event.tabId, event.frameId);
      return;
    }
    for (const [tabId, { origin, controlled }] of watched) {
      if (controlled && event.initiator !== null && event.initiator === origin) session.take(tabId, event);
    }
  });
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
  if (session.has(tabId) && !session.get(tabId).settings.preserve) session.clear(tabId);
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
      return void setPrecise(tabId, message.on);
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
      if (!session.get(tabId).settings.recording) return;
      return session.change(tabId, (log) => repair(log, message.requests, tabId, watched.get(tabId)?.origin ?? null));
  }
}

function sweep(): void {
  for (const tabId of watched.keys()) {
    const { log, settings } = session.get(tabId);
    if (settings.channel !== null && settings.recording) void proof.sweep(tabId, Math.max(log.clearedTime, Date.now() - SWEPT_MILLISECONDS));
  }
}

async function setPrecise(tabId: number, on: boolean): Promise<void> {
  const { channel } = session.get(tabId).settings;
  if (on === (channel !== null)) return;
  if (channel !== null) await probes.leave(tabId, channel);
  // No page can guess it.
  const opened = on ? crypto.randomUUID() : null;
  if (opened !== null) await probes.enter(tabId, opened);
  session.configure(tabId, { channel: opened });
}

function watch(tabId: number): Watched {
  const known = watched.get(tabId);
  if (known !== undefined) return known;
  const tab: Watched = { ports: new Set(), origin: null, controlled: true };
  watched.set(tabId, tab);
  return tab;
}

async function readOrigin(tabId: number): Promise<void> {
  const tab = watched.get(tabId);
  try {
    const { url } = await browser.tabs.get(tabId);
    // A navigation may have told it meanwhile.
    if (tab !== undefined && tab.origin === null && url !== undefined && URL.canParse(url)) tab.origin = new URL(url).origin;
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
  for (const tabId of session.tabIds) if (!watched.has(tabId)) forget(tabId);
  if (session.tabIds.every((tabId) => session.get(tabId).settings.channel === null)) probes.rest();
  narrow();
}

function forget(tabId: number): void {
  const { channel } = session.get(tabId).settings;
  if (channel !== null) void probes.leave(tabId, channel);
  session.forget(tabId);
}

async function checkAccess(): Promise<void> {
  access = await browser.permissions.contains({ origins: ["<all_urls>"] });
  for (const tabId of watched.keys()) notify(tabId);
}

function notify(tabId: number): void {
  for (const port of watched.get(tabId)?.ports ?? []) void port.then((panel) => panel?.changed());
}

function stateOf(tabId: number): TabState {
  const { log, settings, trouble } = session.get(tabId);
  const { recording, preserve, channel } = settings;
  return { engine, access, dropped: log.dropped, trouble, recording, preserve, precise: channel !== null };
}
