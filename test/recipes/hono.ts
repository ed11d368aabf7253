import { hono } from "../../src/servers/hono.ts";
import { startModule } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Hono 4 on Node.js with an authentication behind the text that turns away preflights. */
export const honoRun: RecipeRun = {
  recipe: hono,
  npm: { hono: "^4", "@hono/node-server": "^2" },
  start: async ({ folder, port, policy, text }) =>
    startModule(folder, [
      'import { serve } from "@hono/node-server";',
      'import { Hono } from "hono";',
      "const app = new Hono();",
      text ?? "",
      'app.use((context, next) => (context.req.method === "OPTIONS" ? context.text("", 401) : next()));',
      `app.on(["GET", "PUT", "POST"], ${JSON.stringify(policy.path)}, (context) => context.json({ ok: true }));`,
      `serve({ fetch: app.fetch, port: ${port}, hostname: "127.0.0.1" });`,
    ]),
};
