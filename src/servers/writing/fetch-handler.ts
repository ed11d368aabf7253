import type { Policy } from "../recipe.ts";
import { everyAnswer, preflightAnswer } from "./header-lines.ts";
import { indented, text } from "./lines.ts";
import { quoted } from "./literals.ts";

/** How a function that is given a `Request` knows a preflight: no other OPTIONS has that header. */
export const IS_PREFLIGHT = 'const preflight = request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");';

/** Statements that put the headers of a policy on a `Response`; whatever it had of them goes, but for other names in `Vary`. */
export function responseHeaders(policy: Policy): string[] {
  return [
    ...everyAnswer(policy).map(({ name, value }) => `response.headers.${name === "Vary" ? "append" : "set"}(${quoted(name)}, ${quoted(value)});`),
    ...(policy.credentials ? [] : ['response.headers.delete("Access-Control-Allow-Credentials");']),
    "if (preflight) {",
    ...indented(preflightAnswer(policy).map(({ name, value }) => `response.headers.set(${quoted(name)}, ${quoted(value)});`)),
    "}",
  ];
}

/**
 * A module for functions that take a `Request` and return a `Response`: `withCors` around one of them answers preflights,
 * and gives the headers to all else, to what it throws too, since a runtime's own error page has none. The copy is needed
 * where the headers can't be changed, as those of a redirect or of what `fetch` returned.
 */
export function withCors(policy: Policy): string {
  return text(
    "export function withCors<Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Response | Promise<Response>) {",
    "  return async (request: Request, ...rest: Rest): Promise<Response> => {",
    `    ${IS_PREFLIGHT}`,
    "    let answer = new Response(null, { status: 204 });",
    "    try {",
    "      if (!preflight) answer = await handler(request, ...rest);",
    "    } catch (error) {",
    "      console.error(error);",
    '      answer = new Response("Internal Server Error", { status: 500 });',
    "    }",
    "    const response = new Response(answer.body, answer);",
    ...indented(responseHeaders(policy), 2),
    "    return response;",
    "  };",
    "}",
  );
}
