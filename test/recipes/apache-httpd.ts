import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apacheHttpd } from "../../src/servers/apache-httpd.ts";
import { startProxy } from "./proxied.ts";
import type { RecipeRun } from "./recipe-run.ts";

const MODULES = ["mpm_event", "authz_core", "proxy", "proxy_http", "headers", "rewrite"];

/** Apache httpd in front of an API. */
export const apacheHttpdRun: RecipeRun = {
  recipe: apacheHttpd,
  debian: ["apache2"],
  start: ({ folder, port, policy, text }) =>
    startProxy(policy.path, (upstream) => {
      writeFileSync(join(folder, "cors.conf"), text ?? "");
      const file = join(folder, "httpd.conf");
      writeFileSync(file, configuration(folder, port, upstream));
      return ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f", file];
    }),
};

function configuration(folder: string, port: number, upstream: string): string {
  return `ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/httpd.pid
ErrorLog ${folder}/error.log
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`).join("")}<VirtualHost *:${port}>
    Include ${folder}/cors.conf
    ProxyPass / http://${upstream}/
</VirtualHost>
`;
}
