import browser from "../browser.ts";
import { has } from "./api.ts";

/** The tab to watch: the one in the address, else the one that these DevTools inspect; null when there is neither. */
export function inspectedTab(): number | null {
  const given = new URLSearchParams(location.search).get("tabId");
  if (given !== null) return /^[0-9]{1,15}$/.test(given) ? Number(given) : null;
  return has("devtools") ? browser.devtools.inspectedWindow.tabId : null;
}

/** Reloads the watched tab. */
export function reloadTab(tabId: number): void {
  if (has("tabs")) void browser.tabs.reload(tabId);
  else void browser.devtools.inspectedWindow.reload({});
}

/** Whether this page can ask the user for access. */
export function canAskForAccess(): boolean {
  return has("permissions");
}

/** Asks the user for access to all sites; to be called from a click. The worker hears of the answer by itself. */
export function askForAccess(): void {
  void browser.permissions.request({ origins: ["<all_urls>"] });
}
