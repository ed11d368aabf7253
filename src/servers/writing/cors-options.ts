import type { Policy } from "../recipe.ts";
import { list, quoted } from "./literals.ts";

/** What a package calls the two lists; `origin` and `credentials` have these names in all of them. */
export interface OptionNames {
  readonly methods: string;
  readonly headers: string;
}

/** The names in Express's `cors`, which Fastify and Nest took over. */
export const EXPRESS_NAMES: OptionNames = { methods: "methods", headers: "allowedHeaders" };

/** The names in Koa's and Hono's packages. */
export const ALLOW_NAMES: OptionNames = { methods: "allowMethods", headers: "allowHeaders" };

/**
 * The properties of the object that the CORS packages of Node.js take, one a line.
 * @param value the origin as the package wants it, written in JavaScript
 */
export function corsOptions({ origin, methods, headers, credentials }: Policy, names: OptionNames, value = quoted(origin)): string[] {
  return [
    `origin: ${value},`,
    `${names.methods}: ${list(methods)},`,
    `${names.headers}: ${list(headers)},`,
    ...(credentials ? ["credentials: true,"] : []),
  ];
}

/** A list of one origin, for packages that compare with a list, and say `Vary: Origin` only then. */
export function originList(origin: string): string {
  return origin === "*" ? quoted(origin) : list([origin]);
}
