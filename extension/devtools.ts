import { type FinishedRequest, portName, type ToWorker } from "../src/protocol.ts";
import browser from "./browser.ts";
import { finishedRequest } from "./finished.ts";
import { connect } from "./reconnect.ts";

/** How long requests are remembered, in case that the worker dies and misses them. In milliseconds. */
const MEMORY_MILLISECONDS = 15_000;

/** After a worker's death, how long until the requests in flight meanwhile are told. In milliseconds. */
const REPAIR_AFTER_MILLISECONDS = [1000, 5000] as const;

const { tabId } = browser.devtools.inspectedWindow;
let finished: FinishedRequest[] = [];

const connection = connect<ToWorker>(portName("devtools", tabId), () => {}, (again) => {
  void reportControlled();
  if (again) for (const delay of REPAIR_AFTER_MILLISECONDS) setTimeout(reportFinished, delay);
});

browser.devtools.network.onRequestFinished.addListener((entry: unknown) => {
  const request = finishedRequest(entry);
  if (request === null) return;
  const oldest = Date.now() - MEMORY_MILLISECONDS;
  finished = [...finished.filter(({ endedTime }) => endedTime >= oldest), request];
});

browser.devtools.network.onNavigated.addListener(() => void reportControlled());

void browser.devtools.panels.create("CORS", "/icons/icon-32.png", "/panel.html");

/** The worker died: what ended around then may have been missed. */
function reportFinished(): void {
  if (finished.length > 0) connection.post({ type: "finished", requests: finished });
}

/** Requests of a service worker belong to no tab: the worker listens to them only when the page has one. */
async function reportControlled(): Promise<void> {
  try {
    const [controlled] = await browser.devtools.inspectedWindow.eval("navigator.serviceWorker?.controller != null");
    connection.post({ type: "controlled", serviceWorker: controlled === true });
  } catch {
    // A page that can't be asked (the browser's own, one that is just going): the worker goes on assuming that it has one.
  }
}
