import { fastify } from "../../src/servers/fastify.ts";
import { startModule } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Fastify 5 with an authentication behind the text that turns away preflights. */
export const fastifyRun: RecipeRun = {
  recipe: fastify,
  npm: { fastify: "^5", "@fastify/cors": "^11" },
  start: async ({ folder, port, policy, text }) =>
    startModule(folder, [
      'import Fastify from "fastify";',
      "const fastify = Fastify();",
      text ?? "",
      'fastify.addHook("onRequest", async (request, reply) => (request.method === "OPTIONS" ? reply.code(401).send() : undefined));',
      `fastify.route({ method: ["GET", "PUT", "POST"], url: ${JSON.stringify(policy.path)}, handler: async () => ({ ok: true }) });`,
      `await fastify.listen({ port: ${port}, host: "127.0.0.1" });`,
    ]),
};
