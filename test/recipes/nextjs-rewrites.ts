import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nextjsRewrites } from "../../src/servers/nextjs-rewrites.ts";
import { NEXT, writeNextApp } from "./next-app.ts";
import { startProgram } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Next.js 16's development server. */
export const nextjsRewritesRun: RecipeRun = {
  recipe: nextjsRewrites,
  npm: NEXT,
  start: async ({ folder, port, text }) => {
    writeNextApp(folder);
    if (text !== null) writeFileSync(join(folder, "next.config.ts"), text);
    return startProgram(folder, ["node_modules/next/dist/bin/next", "dev", "--hostname", "127.0.0.1", "--port", String(port)]);
  },
};
