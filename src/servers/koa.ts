import type { Recipe } from "./recipe.ts";
import { closed } from "./writing/closed.ts";
import { ALLOW_NAMES, corsOptions } from "./writing/cors-options.ts";
import { indented, text } from "./writing/lines.ts";

/**
 * Koa 3 with `@koa/cors` 5. It answers preflights with 204, says `Vary: Origin` always, and keeps its headers on errors
 * unless told otherwise (`keepHeadersOnError`, https://github.com/koajs/cors#corsoptions). Every header that is asked for
 * is allowed unless `allowHeaders` names one (https://github.com/koajs/cors/blob/master/index.js).
 */
export const koa: Recipe = {
  id: "koa",
  name: "Koa",
  kind: "framework",
  write: (policy) => ({
    file: "app.js",
    text: text('import cors from "@koa/cors";', "", "app.use(", ...indented(["cors({", ...indented(corsOptions(closed(policy), ALLOW_NAMES)), "}),"]), ");"),
  }),
};
