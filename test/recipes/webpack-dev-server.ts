import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { webpackDevServer } from "../../src/servers/webpack-dev-server.ts";
import { newerNode, NEWER_NODE, startProgram } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** webpack-dev-server 6, which needs Node.js 22. */
export const webpackDevServerRun: RecipeRun = {
  recipe: webpackDevServer,
  npm: { "webpack-dev-server": "^6", webpack: "^5", "webpack-cli": "^7", ...NEWER_NODE },
  start: async ({ folder, port, text }) => {
    mkdirSync(join(folder, "src"));
    mkdirSync(join(folder, "public"));
    writeFileSync(join(folder, "src/index.js"), "");
    writeFileSync(join(folder, "public/index.html"), "<!doctype html><title>page</title>");
    if (text !== null) writeFileSync(join(folder, "webpack.config.js"), text);
    const args = ["node_modules/webpack/bin/webpack.js", "serve", "--mode", "development", "--host", "127.0.0.1", "--port", String(port)];
    return startProgram(folder, args, newerNode(folder));
  },
};
