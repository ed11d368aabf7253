import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { haproxy } from "../../src/servers/haproxy.ts";
import { startProxy } from "./proxied.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** HAProxy in front of an API. */
export const haproxyRun: RecipeRun = {
  recipe: haproxy,
  debian: ["haproxy"],
  start: ({ folder, port, policy, text }) =>
    startProxy(policy.path, (upstream) => {
      const file = join(folder, "haproxy.cfg");
      writeFileSync(file, configuration(port, upstream, text ?? ""));
      return ["/usr/sbin/haproxy", "-db", "-f", file];
    }),
};

function configuration(port: number, upstream: string, text: string): string {
  return `defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s

frontend www
    bind 127.0.0.1:${port}
${text}    default_backend api

backend api
    server api ${upstream}
`;
}
