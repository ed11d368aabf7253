import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../browsers/browser.ts";
import type { Field } from "./case.ts";

/** As tracing tools, sign-ins and header editors add them: each to every fifth case. */
export const ADDED_HEADERS: readonly Field[] = [["X-Added", "1"], ["Authorization", "Bearer added"], ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]];

/**
 * Writes an unpacked extension that adds request headers by `declarativeNetRequest`.
 * @param fields the first goes to cases whose number ends in 0 or 1, the next to those in 2 or 3, …
 * @returns its folder
 */
export async function secondExtension(engine: Engine, fields: readonly Field[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "second-extension-"));
  const manifest = {
    manifest_version: 3,
    name: "Adds request headers",
    version: "1",
    permissions: ["declarativeNetRequestWithHostAccess"],
    host_permissions: ["<all_urls>"],
    declarative_net_request: { rule_resources: [{ id: "rules", enabled: true, path: "rules.json" }] },
    ...(engine === "gecko" ? { browser_specific_settings: { gecko: { id: "adds-request-headers@example.org" } } } : {}),
  };
  const rules = fields.map(([header, value], index) => ({
    id: index + 1,
    action: { type: "modifyHeaders", requestHeaders: [{ header, operation: "set", value }] },
    condition: {
      regexFilter: `/r/[^/]*[${2 * index}${2 * index + 1}]/[0-9]+$`,
      resourceTypes: ["xmlhttprequest", "image", "script", "stylesheet", "font", "media", "other"],
    },
  }));
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "rules.json"), JSON.stringify(rules));
  return folder;
}
