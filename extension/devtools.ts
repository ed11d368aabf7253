import { hasDoubtfulLines } from "../src/field-lines.ts";
import { type AnsweredRequest, type CallSite, type FinishedRequest, portName, type ToWorker } from "../src/protocol.ts";
import browser from "./browser.ts";
import { finishedRequest } from "../src/har/finished-request.ts";
import { hearFinished } from "./finished-requests.ts";
import { harWritten, isWriteHar } from "./har-writing.ts";
import { connect } from "./reconnect.ts";

/** How long requests are remembered after they were told, in case that the worker dies and misses them. In milliseconds. */
const MEMORY_MILLISECONDS = 20_000;

/** After a worker's death, when the requests in flight meanwhile are told, in milliseconds: a loaded Firefox tells of them 25 s late. */
const REPAIR_AFTER_MILLISECONDS = [1000, 5000, 12_000, 25_000, 40_000] as const;

/** How often a page is asked whether a service worker has taken it over, which no event tells, and old requests are forgotten. In milliseconds. */
const LOOK_EVERY_MILLISECONDS = 500;

/** How long what DevTools know is gathered before it is told, in milliseconds. */
const TELL_AFTER_MILLISECONDS = 300;

const { tabId } = browser.devtools.inspectedWindow;
let reported: boolean | null = null;
let finished: { readonly request: FinishedRequest; readonly toldTime: number }[] = [];
let sites: CallSite[] = [];
let answered: AnsweredRequest[] = [];
let telling: ReturnType<typeof setTimeout> | null = null;

hearFinished((entry) => {
  const request = finishedRequest(entry);
  if (request === null) return;
  const { url, method, startedTime, callSite, status, responseHeaders } = request;
  if (callSite !== null && !request.preflight) tell({ url, method, startedTime, callSite });
  if (hasDoubtfulLines(responseHeaders)) tell({ url, method, startedTime, status, responseHeaders });
  finished.push({ request, toldTime: performance.now() });
});

const onOpen = (again: boolean): void => {
  reported = null;
  void reportControlled();
  if (again) for (const delay of REPAIR_AFTER_MILLISECONDS) setTimeout(reportFinished, delay);
};
const connection = connect<ToWorker>(portName("devtools", tabId), obey, onOpen);

browser.devtools.network.onNavigated.addListener(() => {
  reported = null;
  void reportControlled();
});
setInterval(() => {
  void reportControlled();
  forgetOld();
}, LOOK_EVERY_MILLISECONDS);

void browser.devtools.panels.create("CORS", "/icons/icon-32.png", "/panel.html");

function obey(message: unknown): void {
  if (isWriteHar(message)) void harWritten(message).then(connection.post);
}

/** A burst goes over in one message. */
function tell(what: CallSite | AnsweredRequest): void {
  if ("callSite" in what) sites.push(what);
  else answered.push(what);
  telling ??= setTimeout(() => {
    telling = null;
    if (sites.length > 0) connection.post({ type: "call-sites", sites });
    if (answered.length > 0) connection.post({ type: "field-lines", answered });
    sites = [];
    answered = [];
  }, TELL_AFTER_MILLISECONDS);
}

function forgetOld(): void {
  const since = performance.now() - MEMORY_MILLISECONDS;
  finished = finished.filter(({ toldTime }) => toldTime >= since);
}

/** The worker died: what ended around then may have been missed. */
function reportFinished(): void {
  forgetOld();
  if (finished.length > 0) connection.post({ type: "finished", requests: finished.map(({ request }) => request) });
}

/** Requests of a service worker belong to no tab: the worker listens to them only when the page has one. */
async function reportControlled(): Promise<void> {
  try {
    // Chromium's own API answers with the value, Firefox's and the polyfill with it and an error.
    const answer: unknown = await browser.devtools.inspectedWindow.eval("navigator.serviceWorker?.controller != null");
    const controlled = (Array.isArray(answer) ? answer[0] : answer) === true;
    if (controlled === reported) return;
    reported = controlled;
    connection.post({ type: "controlled", serviceWorker: controlled });
  } catch {
    // A page that can't be asked (the browser's own, one that is just going): the worker goes on assuming that it has one.
  }
}
