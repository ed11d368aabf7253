import { readFileSync } from "node:fs";
import type { CompatData, Identifier } from "@mdn/browser-compat-data";
import { describe, expect, test } from "vitest";
import manifest from "../../manifest.json" with { type: "json" };
import shipped from "../../package.json" with { type: "json" };

// Read as it is: Vite would make a module of its 17 MB.
const compat = JSON.parse(readFileSync("node_modules/@mdn/browser-compat-data/data.json", "utf8")) as CompatData;

const MINIMUM = { chrome: manifest.minimum_chrome_version, firefox: manifest.browser_specific_settings.gecko.strict_min_version };

/** The youngest of what the extension can't do without: its place in MDN's data, a file that has it, how it stands there. */
const USED = [
  ["api/URL/canParse_static", "src/fetch/url.ts", "URL.canParse"],
  ["api/DecompressionStream", "extension/import-worker.ts", "DecompressionStream"],
  ["api/HTMLDialogElement/showModal", "extension/panel/export-dialog.tsx", "showModal"],
  ["api/HTMLElement/popover", "extension/panel/menu.tsx", "popover"],
  ["api/OffscreenCanvas", "extension/panel/picture-file.ts", "OffscreenCanvas"],
  ["api/PerformanceResourceTiming/responseStatus", "extension/evidence.ts", "responseStatus"],
  ["javascript/builtins/Array/findLast", "src/entry.ts", "findLast"],
  ["javascript/builtins/Array/toReversed", "src/diagnose.ts", "toReversed"],
  ["javascript/builtins/Array/toSorted", "src/calls.ts", "toSorted"],
  ["javascript/builtins/Object/hasOwn", "src/phrase-keys.ts", "Object.hasOwn"],
  ["css/at-rules/container", "extension/panel.css", "@container"],
  ["css/selectors/has", "extension/panel.css", ":has("],
  ["css/types/color/color-mix", "extension/panel.css", "color-mix("],
  ["webextensions/api/action/setBadgeText", "extension/badge.ts", "setBadgeText"],
  ["webextensions/api/declarativeNetRequest/updateSessionRules", "extension/trials.ts", "updateSessionRules"],
  ["webextensions/api/devtools/network/onRequestFinished", "extension/finished-requests.ts", "onRequestFinished"],
  ["webextensions/api/devtools/panels/themeName", "extension/panel/theme.ts", "themeName"],
  ["webextensions/api/scripting/ExecutionWorld/MAIN", "extension/precise.ts", `"MAIN"`],
  ["webextensions/api/scripting/executeScript", "extension/evidence.ts", "executeScript"],
  ["webextensions/api/storage/session", "extension/session.ts", "storage.session"],
  ["webextensions/api/webNavigation/onCommitted", "extension/precise.ts", "webNavigation.onCommitted"],
  ["webextensions/manifest/background/type", "manifest.json", `"type": "module"`],
  ["webextensions/manifest/host_permissions", "manifest.json", `"host_permissions"`],
] as const;

/** Since when a browser has something; `≤58` is 58 at the latest. */
function since(path: string, browser: "chrome" | "firefox"): number {
  const found = path.split("/").reduce<Identifier | undefined>((node, key) => node?.[key], compat as unknown as Identifier);
  const support = found?.__compat?.support[browser];
  const latest = Array.isArray(support) ? support[0] : support;
  return Number.parseFloat(String(latest?.version_added).replace("≤", ""));
}

describe.each(["chrome", "firefox"] as const)("the oldest %s of the manifest", (browser) => {
  test.each(USED)("has %s", (path, file, text) => {
    expect(readFileSync(file, "utf8")).toContain(text);
    expect(since(path, browser)).toBeLessThanOrEqual(Number.parseFloat(MINIMUM[browser]));
  });
});

test("nothing older would do: URL.canParse in Chrome; in Firefox what AMO asks for", () => {
  expect(since("api/URL/canParse_static", "chrome")).toBe(Number(MINIMUM.chrome));
  expect(since("webextensions/manifest/browser_specific_settings/gecko/data_collection_permissions", "firefox")).toBe(Number.parseFloat(MINIMUM.firefox));
});

test("the version stands in package.json alone, and the changelog has it, or what is to become it, at the top", () => {
  expect(manifest).not.toHaveProperty("version");
  expect(shipped.version).toMatch(/^\d+\.\d+\.\d+$/);
  const [, first] = /^## (.+)$/m.exec(readFileSync("CHANGELOG.md", "utf8")) ?? [];
  expect([`Unreleased`, shipped.version]).toContain(first?.split(" ")[0]);
});
