import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackage } from "../browsers/install.ts";

/** What a program left behind when it ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in which whatever runs, or reads a file, that should not, shows. */
export interface Scene {
  run(program: string, args: readonly string[], input?: string): Promise<Ended>;
  /** The names of all files that were not there at first. */
  traces(): string[];
  remove(): void;
}

/** The programs that commands call; every other one that a hostile text may name leaves a trace. */
const REAL = ["curl", "tr", "awk", "sh", "bash"];
const TRAPS = ["canary", "touch", "cat", "ls", "a", "Z", "0", "out", "secret", "X"];

export function prepareScene(): Scene {
  if (pathOf("curl") === "") installPackage("curl", "No curl found", "Install curl (on Debian: apt-get install curl)");
  const folder = mkdtempSync(join(tmpdir(), "cors-commands-"));
  const [work, bin, home] = [join(folder, "work"), join(folder, "bin"), join(folder, "home")];
  for (const path of [work, bin, home]) mkdirSync(path);
  for (const name of REAL) symlinkSync(pathOf(name), join(bin, name));
  for (const name of TRAPS) {
    writeFileSync(join(bin, name), `#!/bin/sh\n: > '${join(work, `ran-${name}`)}'\n`);
    chmodSync(join(bin, name), 0o755);
  }
  for (const name of ["secret", "-", "a", "0"]) writeFileSync(join(work, name), "READ FROM A FILE");
  writeFileSync(join(home, ".curlrc"), 'header = "X-Curlrc: read"\ninclude\n');
  const before = readdirSync(work);
  const env = { PATH: bin, HOME: home, LC_ALL: "C.UTF-8" };
  return {
    run: (program, args, input = "") =>
      new Promise((resolve, reject) => {
        const child = spawn(join(bin, program), args, { cwd: work, env, timeout: 20_000 });
        let [stdout, stderr] = ["", ""];
        child.stdout.setEncoding("utf8").on("data", (data) => (stdout += String(data)));
        child.stderr.setEncoding("utf8").on("data", (data) => (stderr += String(data)));
        child.on("error", reject).on("close", (status) => resolve({ status, stdout, stderr }));
        child.stdin.on("error", () => undefined).end(input);
      }),
    traces: () => readdirSync(work).filter((name) => !before.includes(name)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function pathOf(program: string): string {
  return spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).stdout.trim();
}
