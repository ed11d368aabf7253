import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BARE = { manifest_version: 3, version: "1", browser_specific_settings: { gecko: { id: "bare@bench.example" } } };

/** Nothing but a manifest: the launchers need an extension, and this one does nothing. */
export function inertExtension(): string {
  return written({ "manifest.json": JSON.stringify({ ...BARE, name: "Inert" }) });
}

/**
 * What no extension of this kind can do without: a panel, and listeners on the events of `extension/webrequest.ts`, for
 * the tab that DevTools are open on, with the same details asked for. They do nothing.
 * @param devTools also a listener on what DevTools tell of each request, as `extension/devtools.ts` has
 */
export function floorExtension(devTools: boolean): string {
  return written({
    "manifest.json": JSON.stringify({
      ...BARE,
      name: "Floor",
      permissions: ["webRequest"],
      host_permissions: ["<all_urls>"],
      background: { service_worker: "background.js", scripts: ["background.js"] },
      devtools_page: "devtools.html",
    }),
    "background.js": BACKGROUND,
    "devtools.html": `<!doctype html><script src="devtools.js"></script>`,
    "devtools.js": devTools ? `${DEVTOOLS}chrome.devtools.network.onRequestFinished.addListener(() => {});` : DEVTOOLS,
    "panel.html": "<!doctype html><title>Floor</title><p>Floor",
  });
}

const BACKGROUND = `
const { webRequest } = chrome;
const more = webRequest.OnSendHeadersOptions && "EXTRA_HEADERS" in webRequest.OnSendHeadersOptions ? ["extraHeaders"] : [];
const EVENTS = {
  onBeforeRequest: more,
  onSendHeaders: ["requestHeaders", ...more],
  onHeadersReceived: ["responseHeaders", ...more],
  onBeforeRedirect: ["responseHeaders", ...more],
  onResponseStarted: more,
  onCompleted: more,
  onErrorOccurred: null,
};
chrome.runtime.onConnect.addListener((port) => {
  port.onMessage.addListener(() => {});
  const filter = { urls: ["http://*/*", "https://*/*"], tabId: Number(port.name) };
  for (const [name, extra] of Object.entries(EVENTS)) webRequest[name].addListener(() => {}, filter, ...(extra === null ? [] : [extra]));
});
`;

/** Its messages keep the worker from being idle: its listeners aren't at the top level. */
const DEVTOOLS = `
const open = () => {
  const port = chrome.runtime.connect({ name: String(chrome.devtools.inspectedWindow.tabId) });
  const beat = setInterval(() => port.postMessage(null), 10_000);
  port.onDisconnect.addListener(() => { clearInterval(beat); open(); });
};
open();
chrome.devtools.panels.create("Floor", "", "/panel.html");
`;

function written(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-extension-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
