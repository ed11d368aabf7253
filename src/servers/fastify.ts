import type { Recipe } from "./recipe.ts";
import { corsOptions, EXPRESS_NAMES, originList } from "./writing/cors-options.ts";
import { indented, text } from "./writing/lines.ts";

/**
 * Fastify 5 with `@fastify/cors` 11. Its hook answers preflights with 204 before any route or later hook, and adds the
 * headers to errors and to what is not found; `methods` is GET, HEAD and POST unless given, and every header that is asked
 * for is allowed unless `allowedHeaders` is given (https://github.com/fastify/fastify-cors#options). A list of origins is
 * compared with the request's and brings `Vary: Origin`; a string is sent to everybody.
 */
export const fastify: Recipe = {
  id: "fastify",
  name: "Fastify",
  kind: "framework",
  write: (policy) => ({
    file: "server.js",
    text: text('import cors from "@fastify/cors";', "", "await fastify.register(cors, {", ...indented(corsOptions(policy, EXPRESS_NAMES, originList(policy.origin))), "});"),
  }),
};
