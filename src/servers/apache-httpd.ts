import type { Policy, Recipe } from "./recipe.ts";
import { everyAnswer, preflightAnswer } from "./writing/header-lines.ts";
import { isGlob, subtreePattern } from "./writing/path.ts";

/**
 * Apache httpd 2.4, with mod_headers and mod_rewrite. `always` is a table of its own, which errors are sent with too; what
 * comes from a proxied server is in the other, hence `onsuccess unset`
 * (https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header). Outside of `<Location>` a rule is tried before access is
 * checked (https://httpd.apache.org/docs/2.4/rewrite/tech.html#InternalAPI), and a status that is no redirect is the answer
 * (https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_r). `<Location>` takes `*` and `[` for wildcards
 * (https://httpd.apache.org/docs/2.4/mod/core.html#location).
 */
export const apacheHttpd: Recipe = {
  id: "apache-httpd",
  name: "Apache HTTP Server",
  kind: "web-server",
  write: (policy) => ({ file: "/etc/apache2/sites-available/api.conf", text: virtualHost(policy) }),
};

function virtualHost(policy: Policy): string {
  const always = [
    ...(policy.credentials ? [] : ["unset Access-Control-Allow-Credentials"]),
    ...[...everyAnswer(policy), ...preflightAnswer(policy)].map(({ name, value }) => `${name === "Vary" ? "merge" : "set"} ${name} "${value}"`),
  ];
  const pattern = subtreePattern(policy.path);
  const [section, place] = pattern !== null && isGlob(policy.path) ? ["LocationMatch", pattern] : ["Location", policy.path];
  return `RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteCond %{HTTP:Access-Control-Request-Method} .
RewriteRule "${pattern ?? "^"}" - [R=204,L]

<${section} "${place}">
    Header onsuccess unset Access-Control-Allow-Origin
    Header onsuccess unset Access-Control-Allow-Credentials
${always.map((action) => `    Header always ${action}\n`).join("")}</${section}>
`;
}
