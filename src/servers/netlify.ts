import type { Recipe } from "./recipe.ts";
import { IS_PREFLIGHT, responseHeaders } from "./writing/fetch-handler.ts";
import { indented, text } from "./writing/lines.ts";
import { list } from "./writing/literals.ts";
import { literal, trunk } from "./writing/path.ts";

/**
 * Netlify, by an edge function in front of all that answers at the path. `_headers` and `[[headers]]` would reach files
 * only, neither functions nor what is proxied (https://docs.netlify.com/manage/routing/headers/#limitations), and no
 * status. `context.next()` is the answer of what is behind, an error's too, and its headers can be changed
 * (https://docs.netlify.com/build/edge-functions/api/#modify-a-response); `path` is a URLPattern
 * (https://docs.netlify.com/build/edge-functions/declarations/).
 */
export const netlify: Recipe = {
  id: "netlify",
  name: "Netlify",
  kind: "service",
  write: (policy) => ({
    file: "netlify/edge-functions/cors.ts",
    text: text(
      'import type { Config, Context } from "@netlify/edge-functions";',
      "",
      "export default async (request: Request, context: Context) => {",
      ...indented([
        IS_PREFLIGHT,
        "const response = preflight ? new Response(null, { status: 204 }) : await context.next();",
        ...responseHeaders(policy),
        "return response;",
      ]),
      "};",
      "",
      `export const config: Config = { path: ${list(atAndBelow(policy.path))} };`,
    ),
  }),
};

function atAndBelow(path: string): string[] {
  const own = literal(trunk(path));
  return own === "" ? ["/*"] : [own, `${own}/*`];
}
