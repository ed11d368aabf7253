import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { vercel } from "../../src/servers/vercel.ts";
import { fetchApplication, writeFiles } from "./fetch-application.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** A function in what `vercel dev` starts for it; that command itself wants a login. */
export const vercelRun: RecipeRun = {
  recipe: vercel,
  npm: { "@vercel/node": "*" },
  start: async ({ folder, port, policy, text }) => {
    writeFiles(folder, {
      "lib/cors.ts": text,
      "api/items.ts": fetchApplication(policy.path, text === null ? null : "../lib/cors", (handler) => `export default { fetch: ${handler} };`),
    });
    const tsx = createRequire(join(folder, "node_modules/@vercel/node/package.json")).resolve("tsx");
    const env = { ...process.env, VERCEL_DEV_ENTRYPOINT: "api/items.ts", VERCEL_DEV_PORT: String(port), NODE_OPTIONS: `--import ${pathToFileURL(tsx).href}` };
    const server = spawn(process.execPath, ["node_modules/@vercel/node/dist/dev-server.mjs"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    await ready(server);
    return server;
  },
};

/** It answers with 500 before it has loaded the function, and then says where it listens. */
function ready(server: ChildProcessByStdio<null, Readable, Readable>): Promise<void> {
  return new Promise((resolve) => {
    server.stdout.on("data", (chunk: Buffer) => chunk.includes("Dev server listening") && resolve());
    server.once("exit", () => resolve());
  });
}
