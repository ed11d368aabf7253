import type { Policy, Recipe } from "./recipe.ts";
import { escaped } from "./writing/escaped.ts";
import { everyAnswer, preflightAnswer } from "./writing/header-lines.ts";

/**
 * nginx 1.22 and later. `map` belongs to `http`, and its plain strings to a hash with buckets that a long origin doesn't fit
 * in, hence the regular expression (https://nginx.org/en/docs/http/ngx_http_map_module.html#map,
 * https://nginx.org/en/docs/hash.html). `always` adds to whatever status, and an `if` that adds nothing itself has the fields
 * around it (https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header); that one without a value is left out was
 * seen in runs. `return` comes before access is checked (https://nginx.org/en/docs/dev/development_guide.html#http_phases).
 * `proxy_hide_header` keeps back what the proxied server sends
 * (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_hide_header).
 */
export const nginx: Recipe = {
  id: "nginx",
  name: "nginx",
  kind: "web-server",
  write: (policy) => ({ file: "/etc/nginx/conf.d/api.conf", text: policy.origin === "*" ? location(policy) : `${map(policy)}\n${location(policy, "$cors_origin")}` }),
};

function map({ origin }: Policy): string {
  return `map $http_origin $cors_origin {
    "~^${escaped(origin)}$" "${origin}";
}
`;
}

function location(policy: Policy, origin = policy.origin): string {
  const fields = [...everyAnswer({ ...policy, origin }), ...preflightAnswer(policy)];
  return `# in the location of ${policy.path}
if ($request_method = OPTIONS) {
    return 204;
}
proxy_hide_header Access-Control-Allow-Origin;
proxy_hide_header Access-Control-Allow-Credentials;
${fields.map(({ name, value }) => `add_header ${name} "${value}" always;\n`).join("")}`;
}
