import { spawn } from "node:child_process";
import { cloudflareWorkers } from "../../src/servers/cloudflare-workers.ts";
import { bundle } from "./bundle.ts";
import { fetchApplication, writeFiles } from "./fetch-application.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** A Worker in workerd, Cloudflare's own runtime, built as Wrangler builds it: by esbuild. */
export const cloudflareWorkersRun: RecipeRun = {
  recipe: cloudflareWorkers,
  npm: { miniflare: "^4" },
  start: async ({ folder, port, policy, text }) => {
    writeFiles(folder, {
      "src/cors.ts": text,
      "src/index.ts": fetchApplication(policy.path, text === null ? null : "./cors", (handler) => `export default { fetch: ${handler} };`),
      "serve.mjs": serve(port),
    });
    bundle(folder, "src/index.ts", "worker.mjs", "--format=esm");
    return spawn(process.execPath, ["serve.mjs"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  },
};

function serve(port: number): string {
  return `import { Miniflare } from "miniflare";

const worker = new Miniflare({ modules: true, scriptPath: "worker.mjs", compatibilityDate: "2025-09-01", host: "127.0.0.1", port: ${port}, cf: false });
await worker.ready;
`;
}
