import type { Policy, Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";
import { list } from "./writing/literals.ts";

/**
 * actix-cors 0.7. `Cors::default()` allows nothing and adds `Vary`; any origin is answered with itself unless
 * `send_wildcard()` (https://docs.rs/actix-cors/latest/actix_cors/struct.Cors.html). What is wrapped last is run first
 * (https://docs.rs/actix-web/latest/actix_web/struct.App.html#method.wrap).
 */
export const actix: Recipe = {
  id: "actix",
  name: "Actix Web",
  kind: "framework",
  write: (policy) => ({ file: "src/main.rs", text: wrapped(policy) }),
};

function wrapped({ origin, credentials, methods, headers }: Policy): string {
  const calls = [
    ...(origin === "*" ? ["allow_any_origin()", "send_wildcard()"] : [`allowed_origin("${origin}")`]),
    `allowed_methods(${list(methods)})`,
    ...(headers.length === 0 ? [] : [`allowed_headers(${list(headers)})`]),
    ...(credentials ? ["supports_credentials()"] : []),
  ];
  return text(
    "use actix_cors::Cors;",
    "",
    "let cors = Cors::default()",
    `${calls.map((call) => `    .${call}`).join("\n")};`,
    "",
    "App::new().wrap(cors)",
  );
}
