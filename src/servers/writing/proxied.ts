import type { Policy } from "../recipe.ts";
import { quoted } from "./literals.ts";

/**
 * Where a development server passes requests on to, as the proxies of Vite and webpack are told: `changeOrigin` is about
 * the header Host, and without the domain of a cookie it belongs to the development server
 * (https://github.com/http-party/node-http-proxy#options).
 */
export function proxied({ server, credentials }: Policy): string[] {
  return [`target: ${quoted(server)},`, "changeOrigin: true,", ...(credentials ? ['cookieDomainRewrite: "",'] : [])];
}
