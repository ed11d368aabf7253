import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import type { Engine } from "./browser.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The extension for a browser: the folder that was built, or, when `PACKED` is set, the archive that `npm run package` wrote.
 * @throws if it has to be packed and isn't
 */
export function extensionFor(engine: Engine): string {
  if (!process.env["PACKED"]) return join(ROOT, "dist", engine === "chromium" ? "chrome" : "firefox");
  const folder = join(ROOT, "out/packages");
  const archive = existsSync(folder) && readdirSync(folder).find((name) => name.endsWith(engine === "chromium" ? "-chrome.zip" : "-firefox.xpi"));
  if (!archive) throw new Error(`${folder} has no package: run npm run package first`);
  return join(folder, archive);
}

/** The manifest of an extension, be it a folder or an archive. */
export function manifestOf(extension: string): unknown {
  const text = statSync(extension).isDirectory() ? readFileSync(join(extension, "manifest.json")) : unzipSync(readFileSync(extension))["manifest.json"];
  return JSON.parse(new TextDecoder().decode(text));
}

/** Writes an extension's files, be it a folder or an archive, into a folder. */
export async function unpackInto(folder: string, extension: string): Promise<void> {
  if (statSync(extension).isDirectory()) return cp(extension, folder, { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(extension)))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

/** The extension as a folder, which is all that Chrome loads without a user's hands; an archive is unpacked until this process ends. */
export async function unpacked(extension: string): Promise<string> {
  if (statSync(extension).isDirectory()) return extension;
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await unpackInto(folder, extension);
  return folder;
}
