import type { Recipe } from "./recipe.ts";
import { withCors } from "./writing/fetch-handler.ts";

/**
 * Vercel Functions without a framework, as web handlers: `export default { fetch }` gets every method, a named export its
 * own only (https://vercel.com/docs/functions/functions-api-reference). They get no CORS headers from Vercel
 * (https://vercel.com/kb/guide/how-to-enable-cors); `headers` in vercel.json would add them and leave a preflight the
 * status the function gives it, and those of a middleware don't replace a function's
 * (https://github.com/vercel/next.js/issues/71604). Deployment Protection turns a preflight away before the function sees
 * it (https://vercel.com/docs/deployment-protection/methods-to-bypass-deployment-protection/options-allowlist).
 */
export const vercel: Recipe = {
  id: "vercel",
  name: "Vercel Functions",
  kind: "service",
  write: (policy) => ({ file: "lib/cors.ts", text: withCors(policy) }),
};
