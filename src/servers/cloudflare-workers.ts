import type { Recipe } from "./recipe.ts";
import { withCors } from "./writing/fetch-handler.ts";

/**
 * Cloudflare Workers as ES modules, which Wrangler 4 builds from TypeScript as they are. A Worker is called with
 * `request, env, ctx` and has to answer OPTIONS itself
 * (https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/,
 * https://developers.cloudflare.com/workers/examples/cors-header-proxy/). Only a copy of what `fetch` returned takes other
 * headers (https://developers.cloudflare.com/workers/examples/alter-headers/). What it throws becomes Cloudflare's own
 * error page (https://developers.cloudflare.com/workers/observability/errors/).
 */
export const cloudflareWorkers: Recipe = {
  id: "cloudflare-workers",
  name: "Cloudflare Workers",
  kind: "service",
  write: (policy) => ({ file: "src/cors.ts", text: withCors(policy) }),
};
