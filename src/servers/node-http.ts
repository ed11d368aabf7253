import type { Recipe } from "./recipe.ts";
import { everyAnswer, preflightAnswer } from "./writing/header-lines.ts";
import { indented, text } from "./writing/lines.ts";
import { property, quoted } from "./writing/literals.ts";

/**
 * Node.js without a framework, 20 and later. What `setHeader` set is merged into a later `writeHead`, whose own headers
 * win: each is there once, on errors too (https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers).
 * `request.url` is the path with the query (https://nodejs.org/api/http.html#messageurl), names in `request.headers` are
 * in lower case (https://nodejs.org/api/http.html#messageheaders).
 */
export const nodeHttp: Recipe = {
  id: "node-http",
  name: "Node.js",
  kind: "framework",
  write: (policy) => ({
    file: "server.js",
    text: text(
      "function allowOrigin(request, response) {",
      ...indented([
        `if (!request.url.startsWith(${quoted(policy.path)})) return false;`,
        ...everyAnswer(policy).map(({ name, value }) => `response.setHeader(${quoted(name)}, ${quoted(value)});`),
        'if (request.method !== "OPTIONS" || !request.headers["access-control-request-method"]) return false;',
        "response.writeHead(204, {",
        ...indented(preflightAnswer(policy).map(({ name, value }) => property(name, value))),
        "});",
        "response.end();",
        "return true;",
      ]),
      "}",
    ),
  }),
};
