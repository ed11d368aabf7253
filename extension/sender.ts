import type { Runtime } from "webextension-polyfill";
import browser from "./browser.ts";

/** Whether a page of the extension's own speaks. Its content scripts have its id too, and share a process with the page that they are in. */
export function isOwnPage(sender: Runtime.MessageSender | undefined): boolean {
  return sender?.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL("")) === true;
}
