import { koa } from "../../src/servers/koa.ts";
import { startModule } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Koa 3 with an authentication behind the text that turns away preflights; what isn't found is thrown. */
export const koaRun: RecipeRun = {
  recipe: koa,
  npm: { koa: "^3", "@koa/cors": "^5" },
  start: async ({ folder, port, policy, text }) =>
    startModule(folder, [
      'import Koa from "koa";',
      "const app = new Koa();",
      "app.silent = true;",
      text ?? "",
      'app.use((context, next) => (context.method === "OPTIONS" ? context.throw(401) : next()));',
      "app.use((context) => {",
      `  if (context.path !== ${JSON.stringify(policy.path)}) context.throw(404);`,
      "  context.body = { ok: true };",
      "});",
      `app.listen(${port}, "127.0.0.1");`,
    ]),
};
