import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RecipeRun } from "./recipe-run.ts";

const INSTALL_MILLISECONDS = 600_000;

/**
 * Installs Debian packages that are missing.
 * @throws if one can't be installed; the message says what to do by hand
 */
export function installDebian(packages: readonly string[]): void {
  const missing = packages.filter((name) => debianVersion(name) === null);
  if (missing.length === 0) return;
  const advice = `On Debian: apt-get install ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new Error(`Missing: ${missing.join(", ")}. ${advice}.`);
  run("apt-get", ["install", "-y", "--no-install-recommends", ...missing], ".");
}

/** Empties the folder of a recipe, but for the npm packages in it, and installs those if they aren't the ones it needs. */
export function emptyFolder(folder: string, npm: Readonly<Record<string, string>> = {}): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name !== "node_modules") rmSync(join(folder, name), { recursive: true, force: true });
  const wanted = JSON.stringify({ private: true, dependencies: npm });
  writeFileSync(join(folder, "package.json"), wanted);
  if (Object.keys(npm).length === 0) return;
  const installed = join(folder, "node_modules", ".installed.json");
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) return;
  rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  run("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], folder);
  writeFileSync(installed, wanted);
}

/** What ran: the first package that a recipe needs, with its version; Node.js itself where it needs none. */
export function installedVersion(folder: string, { debian = [], npm = {} }: RecipeRun): string {
  const [npmName] = Object.keys(npm);
  if (npmName !== undefined) return `${npmName} ${JSON.parse(readFileSync(join(folder, "node_modules", npmName, "package.json"), "utf8")).version}`;
  const [debianName] = debian;
  if (debianName === undefined) return `Node.js ${process.versions.node}`;
  // Upstream's part: without Debian's epoch and revision.
  return `${debianName} ${(debianVersion(debianName) ?? "").replace(/^\d+:/, "").replace(/[-~].*$/, "")}`;
}

function debianVersion(name: string): string | null {
  const { status, stdout } = spawnSync("dpkg-query", ["-W", "-f", "${db:Status-Status} ${Version}", name], { encoding: "utf8" });
  const [state, version = null] = status === 0 ? stdout.split(" ") : [];
  return state === "installed" ? version : null;
}

function run(command: string, args: readonly string[], cwd: string): void {
  process.stderr.write(`${command} ${args.join(" ")}\n`);
  const { status } = spawnSync(command, args, { cwd, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, stdio: ["ignore", 2, 2], timeout: INSTALL_MILLISECONDS });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed (exit ${status})`);
}
