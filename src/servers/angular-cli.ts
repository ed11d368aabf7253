import type { Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";
import { plain } from "./writing/path.ts";

/**
 * Angular CLI 20 and later; `proxyConfig` in angular.json names the file
 * (https://angular.dev/tools/cli/serve#proxying-to-a-backend-server). The server is Vite's, whose keys are the beginning of a
 * path (https://vite.dev/config/server-options#server-proxy): that page says that `/x` is `/x` alone, but what is below is
 * passed on too, and so is a query, which a pattern such as `/x/**` fails on before version 22.
 */
export const angularCli: Recipe = {
  id: "angular-cli",
  name: "Angular CLI",
  kind: "development-proxy",
  write: ({ path, server, credentials }) => ({
    file: "src/proxy.conf.json",
    text: text(JSON.stringify({ [plain(path)]: { target: server, changeOrigin: true, ...(credentials ? { cookieDomainRewrite: "" } : {}) } }, null, 2)),
  }),
};
