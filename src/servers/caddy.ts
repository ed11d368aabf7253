import type { Header } from "../model.ts";
import type { Policy, Recipe } from "./recipe.ts";
import { everyAnswer, preflightAnswer } from "./writing/header-lines.ts";
import { isGlob, subtreePattern, trunk } from "./writing/path.ts";

/**
 * Caddy 2. A field that is set at once is on Caddy's own errors too, but a proxied one comes next to it; with `defer` it
 * replaces that, but never gets to an error: it takes both (https://caddyserver.com/docs/caddyfile/directives/header,
 * https://caddyserver.com/docs/modules/http.handlers.headers). `respond` comes before `reverse_proxy`, but after what
 * authenticates (https://caddyserver.com/docs/caddyfile/directives#directive-order). A path with `*` or `[` in it is a pattern
 * (https://caddyserver.com/docs/caddyfile/matchers#path).
 */
export const caddy: Recipe = {
  id: "caddy",
  name: "Caddy",
  kind: "web-server",
  write: (policy) => ({ file: "/etc/caddy/Caddyfile", text: site(policy) }),
};

function site(policy: Policy): string {
  const every = everyAnswer(policy);
  const pattern = isGlob(policy.path) ? subtreePattern(policy.path) : null;
  const paths = pattern === null ? `path ${policy.path} ${trunk(policy.path)}/*` : `path_regexp ${pattern}`;
  return `@cors ${paths}
header @cors {
${operations([...every, ...preflightAnswer(policy)])}}
header @cors {
${operations(every.filter(({ name }) => name !== "Vary"))}${policy.credentials ? "" : "\t-Access-Control-Allow-Credentials\n"}	defer
}
@preflight {
	${paths}
	method OPTIONS
	header Access-Control-Request-Method *
}
respond @preflight 204
`;
}

function operations(fields: readonly Header[]): string {
  return fields.map(({ name, value }) => `\t${name === "Vary" ? "+" : ""}${name} "${value}"\n`).join("");
}
