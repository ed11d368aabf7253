import { express } from "../../src/servers/express.ts";
import { startModule } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Express 5 with an authentication behind the text that turns away preflights. */
export const expressRun: RecipeRun = {
  recipe: express,
  npm: { express: "^5", cors: "^2" },
  start: async ({ folder, port, policy, text }) =>
    startModule(folder, [
      'import express from "express";',
      "const app = express();",
      text ?? "",
      'app.use((request, response, next) => (request.method === "OPTIONS" ? response.sendStatus(401) : next()));',
      `for (const method of ["get", "put", "post"]) app[method](${JSON.stringify(policy.path)}, (request, response) => response.json({ ok: true }));`,
      `app.listen(${port}, "127.0.0.1");`,
    ]),
};
