import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The processes that a process started, and those that they started. */
export function descendants(ancestor: number): number[] {
  const parents = processParents();
  const below = (parent: number): number[] => parents.flatMap(([pid, ppid]) => (ppid === parent ? [pid, ...below(pid)] : []));
  return below(ancestor);
}

/** Every process with the one that started it. Without `ps`, or when a busy machine can't start it, Linux tells by its files. */
function processParents(): (readonly [pid: number, parent: number])[] {
  const { error, stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  if (error === undefined && stdout.trim() !== "") return stdout.trim().split("\n").map((line) => pair(line.trim().split(/\s+/)));
  return listed("/proc").filter((name) => /^\d+$/.test(name)).map((name) => pair([name, /^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1] ?? "0"]));
}

function pair([pid = "0", parent = "0"]: readonly string[]): readonly [pid: number, parent: number] {
  return [Number(pid), Number(parent)];
}

function listed(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A process may end before its file is read. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Asks processes to end, and kills those that don't within five seconds. */
export async function endProcesses(pids: readonly number[]): Promise<void> {
  let left = pids.filter((pid) => signal(pid, "SIGTERM"));
  for (let tries = 0; left.length > 0 && tries < 50; tries += 1) {
    await sleep(100);
    left = left.filter((pid) => signal(pid, 0));
  }
  for (const pid of left) signal(pid, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
