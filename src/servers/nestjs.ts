import type { Recipe } from "./recipe.ts";
import { corsOptions, EXPRESS_NAMES, originList } from "./writing/cors-options.ts";
import { indented, text } from "./writing/lines.ts";

/**
 * NestJS 11 and 12. `enableCors` hands its options to Express's `cors` or to `@fastify/cors`, whichever Nest runs on
 * (https://docs.nestjs.com/security/cors); these mean the same to both, and a list of origins brings `Vary: Origin` in both.
 */
export const nestjs: Recipe = {
  id: "nestjs",
  name: "NestJS",
  kind: "framework",
  write: (policy) => ({
    file: "src/main.ts",
    text: text("app.enableCors({", ...indented(corsOptions(policy, EXPRESS_NAMES, originList(policy.origin))), "});"),
  }),
};
