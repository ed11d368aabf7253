import type { Recipe } from "./recipe.ts";
import { indented, text } from "./writing/lines.ts";
import { list } from "./writing/literals.ts";
import { plain } from "./writing/path.ts";
import { proxied } from "./writing/proxied.ts";

/**
 * webpack-dev-server 5 and 6, which take a list of proxies and no object any more
 * (https://github.com/webpack/webpack-dev-server/blob/main/migration-v5.md). `context` is the beginning of a path
 * (https://webpack.js.org/configuration/dev-server/#devserverproxy), or a pattern if it looks like one.
 */
export const webpackDevServer: Recipe = {
  id: "webpack-dev-server",
  name: "webpack-dev-server",
  kind: "development-proxy",
  write: (policy) => ({
    file: "webpack.config.js",
    text: text(
      "module.exports = {",
      ...indented(["devServer: {", ...indented(["proxy: [", ...indented(["{", ...indented([`context: ${list([plain(policy.path)])},`, ...proxied(policy)]), "},"]), "],"]), "},"]),
      "};",
    ),
  }),
};
