import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** What the command made of its arguments. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command. */
export const CLI = resolve("dist/npm/cli.js");

/** Runs the built command in a folder that has some files. */
export function run(args: readonly string[], { files = {}, input = "", env = {} }: { files?: Readonly<Record<string, string | Uint8Array>>; input?: string | Uint8Array; env?: Readonly<Record<string, string>> } = {}): Ran & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "cors-explainer-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd: folder, input, encoding: "utf8", env: { PATH: process.env["PATH"], LANG: "C.UTF-8", ...env } });
  return { status, out: stdout, err: stderr, folder };
}
