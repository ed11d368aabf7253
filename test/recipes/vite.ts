import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { vite } from "../../src/servers/vite.ts";
import { startProgram } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Vite 8's development server. */
export const viteRun: RecipeRun = {
  recipe: vite,
  npm: { vite: "^8" },
  start: async ({ folder, port, text }) => {
    writeFileSync(join(folder, "index.html"), "<!doctype html><title>page</title>");
    if (text !== null) writeFileSync(join(folder, "vite.config.ts"), text);
    return startProgram(folder, ["node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", String(port), "--strictPort"]);
  },
};
