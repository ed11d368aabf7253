import type { Policy, Recipe } from "./recipe.ts";
import { preflightAnswer } from "./writing/header-lines.ts";

/**
 * Envoy 1.3x, a part of an HttpConnectionManager. The filter answers preflights of origins that match, wherever it is before
 * others, and is on unless told otherwise; it names the origin that asked even where any may (`*`), without a `Vary`
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cors_filter,
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/cors/v3/cors.proto). What the route removes is
 * the proxied field: filters see the response after it
 * (https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto).
 */
export const envoy: Recipe = {
  id: "envoy",
  name: "Envoy",
  kind: "web-server",
  write: (policy) => ({ file: "/etc/envoy/envoy.yaml", text: routeAndFilters(policy) }),
};

function routeAndFilters(policy: Policy): string {
  const lists = preflightAnswer(policy).map(({ name, value }) => `          ${name.replace("Access-Control-", "").replace("-", "_").toLowerCase()}: "${value}"\n`);
  return `route_config:
  virtual_hosts:
  - name: api
    domains: ["${new URL(policy.server).host}"]
    routes:
    - match: { prefix: "${policy.path}" }
      route: { cluster: api }
      response_headers_to_remove: [access-control-allow-origin, access-control-allow-credentials]
      response_headers_to_add:
      - header: { key: Vary, value: Origin }
      typed_per_filter_config:
        envoy.filters.http.cors:
          "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
          allow_origin_string_match:
          - exact: "${policy.origin}"
${lists.join("")}${policy.credentials ? "          allow_credentials: true\n" : ""}http_filters:
- name: envoy.filters.http.cors
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors
- name: envoy.filters.http.router
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
`;
}
