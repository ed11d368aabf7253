import type { Recipe } from "./recipe.ts";
import { corsOptions, EXPRESS_NAMES } from "./writing/cors-options.ts";
import { indented, text } from "./writing/lines.ts";

/**
 * Cloud Functions for Firebase, 2nd generation, firebase-functions 6 and later, which brings `cors` 2 and Express's types.
 * Its own option `cors` takes origins and nothing else: every method and header is allowed, credentials never are
 * (https://firebase.google.com/docs/functions/http-events#configuring_cors), so this calls the package that is behind the
 * option as the option does, and waits for `finish` because a preflight goes no further. The package names a fixed origin
 * with `Vary: Origin`, answers every OPTIONS with 204, and allows every header that is asked for unless `allowedHeaders` is
 * given, if only as an empty list (https://github.com/expressjs/cors#configuration-options). `headers` in firebase.json
 * are for Hosting's own files (https://firebase.google.com/docs/hosting/full-config#headers). A function that isn't public
 * refuses a preflight (https://cloud.google.com/run/docs/authenticating/public).
 */
export const firebase: Recipe = {
  id: "firebase",
  name: "Cloud Functions for Firebase",
  kind: "service",
  write: (policy) => ({
    file: "functions/src/cors.ts",
    text: text(
      'import cors from "cors";',
      'import type { Response } from "express";',
      'import type { Request } from "firebase-functions/https";',
      "",
      "const allow = cors({",
      ...indented(corsOptions(policy, EXPRESS_NAMES)),
      "});",
      "",
      "export function withCors(handler: (request: Request, response: Response) => void | Promise<void>) {",
      "  return (request: Request, response: Response) =>",
      "    new Promise<void>((resolve) => {",
      '      response.on("finish", resolve);',
      "      allow(request, response, () => resolve(handler(request, response)));",
      "    });",
      "}",
    ),
  }),
};
