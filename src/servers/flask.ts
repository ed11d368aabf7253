import type { Policy, Recipe } from "./recipe.ts";
import { escaped } from "./writing/escaped.ts";
import { list } from "./writing/literals.ts";
import { subtreePattern } from "./writing/path.ts";

/**
 * Flask-CORS 3 to 6. What looks like a regular expression is one, in resources and in origins; any header is allowed
 * unless they are listed; `*` is sent as such with `send_wildcard` alone; `Vary` is added for more than one origin only
 * (https://flask-cors.readthedocs.io/en/latest/api.html, https://github.com/corydolphin/flask-cors/blob/main/flask_cors/core.py).
 * It adds headers after a request but answers none: a preflight is Flask's to answer, behind all `before_request`, which
 * run in the order of their registration (https://flask.palletsprojects.com/en/stable/lifecycle/).
 */
export const flask: Recipe = {
  id: "flask",
  name: "Flask",
  kind: "framework",
  write: (policy) => ({ file: "app.py", text: text(policy) }),
};

function text({ origin, credentials, methods, headers, path }: Policy): string {
  const pattern = subtreePattern(path);
  const open = origin === "*";
  const options = [
    "app",
    ...(pattern === null ? [] : [`resources=r"${pattern}"`]),
    `origins=${origins(origin)}`,
    ...(open ? ["send_wildcard=True"] : []),
    `methods=${list(methods)}`,
    `allow_headers=${list(headers)}`,
    ...(credentials ? ["supports_credentials=True"] : []),
  ];
  return `from flask import request
from flask_cors import CORS

CORS(
${options.map((option) => `    ${option},\n`).join("")})


@app.before_request
def answer_preflight():
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        return "", 204
${open ? "" : VARY}`;
}

/** The brackets of an IPv6 address would make a regular expression of it. */
function origins(origin: string): string {
  return origin.includes("[") ? `r"^${escaped(origin)}$"` : `"${origin}"`;
}

const VARY = `

@app.after_request
def vary_by_origin(response):
    response.vary.add("Origin")
    return response
`;
