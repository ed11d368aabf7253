import { spawn, type ChildProcess } from "node:child_process";
import { anyPort } from "./ports.ts";
import { startUpstream } from "./upstream.ts";

/** What an API may have sent since long ago: a field that is there already, and wrong. */
const STALE = { "Access-Control-Allow-Origin": "https://old.example", "Access-Control-Allow-Credentials": "true" };

/**
 * Starts a server in front of an API that already sends CORS headers, the wrong ones; the API ends with it.
 * @param command given the API's address, writes the configuration and says how to start the server
 */
export async function startProxy(path: string, command: (upstream: string) => readonly [program: string, ...args: string[]]): Promise<ChildProcess> {
  const port = await anyPort();
  const upstream = await startUpstream({ port, path, headers: STALE });
  const [program, ...args] = command(`127.0.0.1:${port}`);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const end = () => {
    upstream.close();
    upstream.closeAllConnections();
  };
  child.once("exit", end);
  child.once("error", end);
  return child;
}
