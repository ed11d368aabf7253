import type { Recipe } from "./recipe.ts";
import { closed } from "./writing/closed.ts";
import { ALLOW_NAMES, corsOptions } from "./writing/cors-options.ts";
import { indented, text } from "./writing/lines.ts";
import { quoted } from "./writing/literals.ts";
import { trunk } from "./writing/path.ts";

/**
 * Hono 4 with its own `hono/cors`, which comes before the routes (https://hono.dev/docs/middleware/builtin/cors). It answers
 * every OPTIONS with 204 and names the origin, with `Vary: Origin`, to that origin only; every header that is asked for is
 * allowed unless `allowHeaders` names one (https://github.com/honojs/hono/blob/main/src/middleware/cors/index.ts). `/x/*` is
 * also `/x`; what is registered first runs first (https://hono.dev/docs/api/routing#routing-priority).
 */
export const hono: Recipe = {
  id: "hono",
  name: "Hono",
  kind: "framework",
  write: (policy) => ({
    file: "src/index.ts",
    text: text(
      'import { cors } from "hono/cors";',
      "",
      "app.use(",
      ...indented([`${quoted(`${trunk(policy.path)}/*`)},`, "cors({", ...indented(corsOptions(closed(policy), ALLOW_NAMES)), "}),"]),
      ");",
    ),
  }),
};
