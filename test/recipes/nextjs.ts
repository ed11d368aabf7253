import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nextjs } from "../../src/servers/nextjs.ts";
import { NEXT, writeNextApp } from "./next-app.ts";
import { startProgram } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Next.js 16 as it is in production, with a route handler. */
export const nextjsRun: RecipeRun = {
  recipe: nextjs,
  npm: NEXT,
  start: async ({ folder, port, policy, text }) => {
    writeNextApp(folder);
    const route = join(folder, "app", policy.path);
    mkdirSync(route, { recursive: true });
    writeFileSync(join(route, "route.ts"), ["GET", "PUT", "POST"].map((method) => `export const ${method} = async () => Response.json({ ok: true });\n`).join(""));
    if (text !== null) writeFileSync(join(folder, "proxy.ts"), text);
    const next = "node_modules/next/dist/bin/next";
    const build = startProgram(folder, [next, "build"]);
    const output: Buffer[] = [];
    build.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
    build.stderr?.on("data", (chunk: Buffer) => output.push(chunk));
    const [status] = await once(build, "exit");
    if (status !== 0) throw new Error(`next build failed: ${Buffer.concat(output).toString().slice(-2_000)}`);
    return startProgram(folder, [next, "start", "--hostname", "127.0.0.1", "--port", String(port)]);
  },
};
