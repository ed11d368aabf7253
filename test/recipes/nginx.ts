import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nginx } from "../../src/servers/nginx.ts";
import { startProxy } from "./proxied.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** nginx in front of an API. */
export const nginxRun: RecipeRun = {
  recipe: nginx,
  debian: ["nginx"],
  start: ({ folder, port, policy, text }) =>
    startProxy(policy.path, (upstream) => {
      const [map = "", location = ""] = text === null ? [] : text.startsWith("map") ? text.split(/\n(?=#)/) : ["", text];
      writeFileSync(join(folder, "http.conf"), map);
      writeFileSync(join(folder, "location.conf"), location);
      const file = join(folder, "nginx.conf");
      writeFileSync(file, configuration(folder, port, policy.path, upstream));
      return ["/usr/sbin/nginx", "-p", folder, "-e", "stderr", "-c", file];
    }),
};

function configuration(folder: string, port: number, path: string, upstream: string): string {
  return `daemon off;
pid ${folder}/nginx.pid;
worker_processes 1;
events {}
http {
    access_log off;
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
    include ${folder}/http.conf;
    server {
        listen 127.0.0.1:${port};
        location ${path} {
            include ${folder}/location.conf;
            proxy_pass http://${upstream};
        }
    }
}
`;
}
