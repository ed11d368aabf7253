import type { Recipe } from "./recipe.ts";
import { everyAnswer, preflightAnswer } from "./writing/header-lines.ts";
import { indented, text } from "./writing/lines.ts";
import { property, quoted } from "./writing/literals.ts";
import { literal, trunk } from "./writing/path.ts";

/**
 * Next.js 16: a proxy, called middleware before (https://nextjs.org/docs/app/api-reference/file-conventions/proxy#cors).
 * It runs before routes, but after redirects such as that of a slash at the end
 * (https://nextjs.org/docs/app/api-reference/file-conventions/proxy#execution-order). It answers the preflight whatever is
 * there, and what it hands to `NextResponse.next` is on every answer, errors and what is not found too, in place of what a
 * route says. `headers()` in next.config reaches as far but answers no preflight: that is left to a route handler, which
 * answers OPTIONS, and to an API route of `pages`, which mostly doesn't. `/x/:path*` is also `/x`, and the matcher has to be
 * a constant (https://nextjs.org/docs/app/api-reference/file-conventions/proxy#matcher).
 */
export const nextjs: Recipe = {
  id: "nextjs",
  name: "Next.js",
  kind: "framework",
  write: (policy) => ({
    file: "proxy.ts",
    text: text(
      'import { NextResponse, type NextRequest } from "next/server";',
      "",
      `export const config = { matcher: ${quoted(`${literal(trunk(policy.path))}/:path*`)} };`,
      "",
      "const headers = {",
      ...indented(everyAnswer(policy).map(({ name, value }) => property(name, value))),
      "};",
      "",
      "const preflightHeaders = {",
      ...indented(["...headers,", ...preflightAnswer(policy).map(({ name, value }) => property(name, value))]),
      "};",
      "",
      "export function proxy(request: NextRequest) {",
      ...indented([
        'const isPreflight = request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");',
        "return isPreflight ? new NextResponse(null, { status: 204, headers: preflightHeaders }) : NextResponse.next({ headers });",
      ]),
      "}",
    ),
  }),
};
