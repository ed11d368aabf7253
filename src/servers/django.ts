import type { Policy, Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";
import { list } from "./writing/literals.ts";
import { subtreePattern } from "./writing/path.ts";

/**
 * django-cors-headers 4 (the settings are those of 3.5 and later too), as high up as possible: it answers preflights
 * itself, and adds `Vary: Origin` to whatever CORS_URLS_REGEX matches (https://pypi.org/project/django-cors-headers/).
 */
export const django: Recipe = {
  id: "django",
  name: "Django",
  kind: "framework",
  write: (policy) => ({ file: "settings.py", text: settings(policy) }),
};

function settings({ origin, credentials, methods, headers, path }: Policy): string {
  const pattern = subtreePattern(path);
  return text(
    `INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]`,
    `MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]`,
    "",
    origin === "*" ? "CORS_ALLOW_ALL_ORIGINS = True" : `CORS_ALLOWED_ORIGINS = ["${origin}"]`,
    `CORS_ALLOW_METHODS = ${list(methods)}`,
    `CORS_ALLOW_HEADERS = ${list(headers)}`,
    ...(credentials ? ["CORS_ALLOW_CREDENTIALS = True"] : []),
    ...(pattern === null ? [] : [`CORS_URLS_REGEX = r"${pattern}"`]),
  );
}
