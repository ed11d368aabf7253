import browser from "../browser.ts";

/**
 * Whether this page has a part of the browser's API, whatever the types say: an ordinary tab has no `devtools`, a panel
 * in Firefox no `tabs` and no `permissions`. The name may be there all the same, without a value.
 */
export function has(api: "devtools" | "permissions" | "tabs"): boolean {
  return Reflect.get(browser, api) != null;
}
