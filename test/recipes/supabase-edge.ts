import { spawn } from "node:child_process";
import { supabaseEdge } from "../../src/servers/supabase-edge.ts";
import { fetchApplication, writeFiles } from "./fetch-application.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** A function in Deno, which Supabase's runtime is made of; its types are checked before. */
export const supabaseEdgeRun: RecipeRun = {
  recipe: supabaseEdge,
  npm: { deno: "^2" },
  start: async ({ folder, port, policy, text }) => {
    writeFiles(folder, {
      "supabase/functions/_shared/cors.ts": text,
      "supabase/functions/items/index.ts": fetchApplication(policy.path, text === null ? null : "../_shared/cors.ts", (handler) => `Deno.serve(${handler});`),
    });
    const env = { ...process.env, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, DENO_DIR: `${folder}/deno`, DENO_NO_UPDATE_CHECK: "1" };
    return spawn("node_modules/.bin/deno", ["run", "--check", "--no-config", "--allow-net=127.0.0.1", "supabase/functions/items/index.ts"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  },
};
