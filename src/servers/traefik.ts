import type { Policy, Recipe } from "./recipe.ts";

/**
 * Traefik 3, for its file provider. The middleware answers preflights by itself and replaces a proxied origin with the one it
 * allows; an empty value removes a proxied field, which else would stay for everybody else
 * (https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/headers/).
 */
export const traefik: Recipe = {
  id: "traefik",
  name: "Traefik",
  kind: "web-server",
  write: (policy) => ({ file: "/etc/traefik/dynamic/cors.yml", text: middleware(policy) }),
};

function middleware({ origin, credentials, methods, headers }: Policy): string {
  return `http:
  middlewares:
    cors:
      headers:
        accessControlAllowOriginList:
          - "${origin}"
${credentials ? "        accessControlAllowCredentials: true\n" : ""}        accessControlAllowMethods:
${items(methods)}${headers.length > 0 ? `        accessControlAllowHeaders:\n${items(headers)}` : ""}${origin === "*" ? "" : "        addVaryHeader: true\n"}        customResponseHeaders:
          Access-Control-Allow-Origin: ""
          Access-Control-Allow-Credentials: ""
`;
}

function items(values: readonly string[]): string {
  return values.map((value) => `          - "${value}"\n`).join("");
}
