import type { Policy, Recipe } from "./recipe.ts";
import { everyAnswer, preflightAnswer } from "./writing/header-lines.ts";
import { trunk } from "./writing/path.ts";

/**
 * HAProxy 2.4 and later. `http-after-response` is for every response, also for HAProxy's own, such as those of `http-request
 * return`; `set-header` replaces what the server sent. The path is of the request: a response knows it by a variable
 * (https://docs.haproxy.org/3.2/configuration.html, under these names).
 */
export const haproxy: Recipe = {
  id: "haproxy",
  name: "HAProxy",
  kind: "web-server",
  write: (policy) => ({ file: "/etc/haproxy/haproxy.cfg", text: frontend(policy) }),
};

function frontend(policy: Policy): string {
  const actions = [
    ...[...everyAnswer(policy), ...preflightAnswer(policy)].map(({ name, value }) => `${name === "Vary" ? "add-header" : "set-header"} ${name} "${value}"`),
    ...(policy.credentials ? [] : ["del-header Access-Control-Allow-Credentials"]),
  ];
  return `    http-request set-var(txn.cors) bool(true) if { path ${policy.path} } or { path_beg ${trunk(policy.path)}/ }
    http-request return status 204 if { var(txn.cors) -m bool } METH_OPTIONS { req.hdr(Access-Control-Request-Method) -m found }
${actions.map((action) => `    http-after-response ${action} if { var(txn.cors) -m bool }\n`).join("")}`;
}
