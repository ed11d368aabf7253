import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FILES: Readonly<Record<string, string>> = {
  "manifest.json": JSON.stringify({
    manifest_version: 3,
    name: "Bystander",
    version: "1",
    devtools_page: "devtools.html",
    browser_specific_settings: { gecko: { id: "bystander@example.org" } },
  }),
  "devtools.html": '<!doctype html><script src="devtools.js"></script>',
  "devtools.js": '(globalThis.browser ?? chrome).devtools.panels.create("Bystander", "", "panel.html");',
  "panel.html": "<!doctype html><title>Bystander</title>",
};

/**
 * Runs with an extension that only has a panel, which is what the launchers ask for: ours listens to requests, and what
 * other tools write is to be seen without that.
 * @param use gets its folder, which is gone afterwards
 */
export async function withBystander<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "bystander-"));
  try {
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
