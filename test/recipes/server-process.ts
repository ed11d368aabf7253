import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a program into a folder and runs it there. */
export function runFile(folder: string, name: string, source: string, [program, ...args]: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}): ChildProcess {
  writeFileSync(join(folder, name), source);
  return spawn(program, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}
