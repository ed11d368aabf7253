import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ESBUILD = fileURLToPath(new URL("../../node_modules/.bin/esbuild", import.meta.url));

/**
 * Makes one JavaScript file of TypeScript ones. By esbuild's command: its API keeps a process, and a run ends all that were
 * started in it.
 * @throws if they can't be read
 */
export function bundle(folder: string, entry: string, output: string, ...options: readonly string[]): void {
  const { status, stderr } = spawnSync(ESBUILD, [entry, "--bundle", `--outfile=${output}`, "--log-level=error", ...options], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}
