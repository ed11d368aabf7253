import type { Recipe } from "./recipe.ts";
import { corsOptions, EXPRESS_NAMES } from "./writing/cors-options.ts";
import { indented, text } from "./writing/lines.ts";
import { quoted } from "./writing/literals.ts";
import { literal, trunk } from "./writing/path.ts";

/**
 * Express 5 with its own package `cors` 2. `app.use` with a path takes all below it; the package answers every OPTIONS
 * there with 204, names a fixed origin with `Vary: Origin`, and allows every header that is asked for unless
 * `allowedHeaders` is given, if only as an empty list (https://expressjs.com/en/resources/middleware/cors.html,
 * https://github.com/expressjs/cors#configuration-options). `:`, `*` and brackets in a path need a backslash
 * (https://expressjs.com/en/guide/migrating-5.html#path-syntax).
 */
export const express: Recipe = {
  id: "express",
  name: "Express",
  kind: "framework",
  write: (policy) => ({
    file: "app.js",
    text: text(
      'import cors from "cors";',
      "",
      "app.use(",
      ...indented([`${quoted(literal(trunk(policy.path)) || "/")},`, "cors({", ...indented(corsOptions(policy, EXPRESS_NAMES)), "}),"]),
      ");",
    ),
  }),
};
