import type { CodePlace } from "../../src/call-sites.ts";
import browser from "../browser.ts";
import { IS_FIREFOX } from "../is-firefox.ts";
import { has } from "./api.ts";

/**
 * What DevTools let a panel do with their other tools. Only Chromium's do: of both, Firefox 153 has nothing, and the
 * types know nothing.
 */

/**
 * How to open a place in the page's code; null where it can't be.
 * https://developer.chrome.com/docs/extensions/reference/api/devtools/panels#method-openResource
 */
export function sourceOpener(): ((place: CodePlace, onDone: (found: boolean) => void) => void) | null {
  const panels = toolPanels();
  const open: unknown = Reflect.get(panels, "openResource");
  if (typeof open !== "function") return null;
  // It counts from 0, the text from 1.
  return ({ url, line, column }, onDone) => void Reflect.apply(open, panels, [url, line - 1, column - 1, (problem: unknown) => onDone(!isProblem(problem))]);
}

/**
 * How to show a request in the Network panel; null where it can't be. Since Chrome 128.
 * https://developer.chrome.com/docs/extensions/reference/api/devtools/panels#property-network
 */
export function networkOpener(): ((url: string) => void) | null {
  const network: unknown = Reflect.get(toolPanels(), "network");
  if (typeof network !== "object" || network === null) return null;
  const show: unknown = Reflect.get(network, "show");
  return typeof show === "function" ? (url) => void Reflect.apply(show, network, [{ filter: `url:${url}` }]) : null;
}

/**
 * What DevTools themselves have recorded, as entries of HAR: none without DevTools, and none in Firefox until its Network
 * panel was opened. https://developer.chrome.com/docs/extensions/reference/api/devtools/network#method-getHAR
 */
export async function networkEntries(): Promise<readonly unknown[]> {
  if (!has("devtools")) return [];
  const { network } = browser.devtools;
  // Chrome's DevTools answered by a callback only, still in version 150, and the polyfill makes no promise of this one; Firefox takes none.
  const har: unknown = await (IS_FIREFOX ? network.getHAR() : new Promise((answer) => void Reflect.apply(network.getHAR, network, [answer])));
  const entries: unknown = typeof har === "object" && har !== null ? Reflect.get(har, "entries") : null;
  return Array.isArray(entries) ? entries : [];
}

function toolPanels(): object {
  return has("devtools") ? browser.devtools.panels : {};
}

function isProblem(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && Reflect.get(answer, "isError") === true;
}
