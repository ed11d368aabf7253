import { nodeHttp } from "../../src/servers/node-http.ts";
import { startModule } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** A request listener that turns away what it has no method for, as an authentication would, and writes its headers itself. */
export const nodeHttpRun: RecipeRun = {
  recipe: nodeHttp,
  start: async ({ folder, port, policy, text }) =>
    startModule(folder, [
      'import { createServer } from "node:http";',
      text ?? "",
      "createServer((request, response) => {",
      text === null ? "" : "  if (allowOrigin(request, response)) return;",
      `  const status = !["GET", "PUT", "POST"].includes(request.method) ? 401 : request.url === ${JSON.stringify(policy.path)} ? 200 : 404;`,
      '  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ ok: status === 200 }));',
      `}).listen(${port}, "127.0.0.1");`,
    ]),
};
