import type { Policy, Recipe } from "./recipe.ts";
import { list } from "./writing/literals.ts";

/**
 * FastAPI with its CORSMiddleware, which is Starlette's: the last that is added is the outermost, preflights are answered
 * there, and `Vary: Origin` is added where an origin is named (https://fastapi.tiangolo.com/tutorial/cors/,
 * https://fastapi.tiangolo.com/reference/middleware/). Outside of all of them is the one that answers exceptions nobody
 * caught (https://www.starlette.io/middleware/). To wrap the application from outside instead would have those too, but
 * `fastapi run` wants a FastAPI object. An older Starlette answers a request with cookies by naming its origin where `*` is
 * allowed, without allowing credentials, so that it is of no use to anybody (https://github.com/Kludex/starlette/pull/3137).
 */
export const fastapi: Recipe = {
  id: "fastapi",
  name: "FastAPI",
  kind: "framework",
  write: (policy) => ({ file: "main.py", text: text(policy) }),
};

function text({ origin, credentials, methods, headers }: Policy): string {
  const options = [
    "CORSMiddleware",
    `allow_origins=["${origin}"]`,
    ...(credentials ? ["allow_credentials=True"] : []),
    `allow_methods=${list(methods)}`,
    ...(headers.length === 0 ? [] : [`allow_headers=${list(headers)}`]),
  ];
  return `from fastapi.middleware.cors import CORSMiddleware

app.add_middleware(
${options.map((option) => `    ${option},\n`).join("")})
`;
}
