import type { Policy, Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";
import { list } from "./writing/literals.ts";

/**
 * axum 0.7 and later with tower-http 0.6. The layer answers every OPTIONS, sends one origin whoever asks, adds `Vary`, and
 * replaces what is behind it says (https://docs.rs/tower-http/latest/tower_http/cors/struct.CorsLayer.html). It is around
 * the routes that are there before it, and around the fallback (https://docs.rs/axum/latest/axum/struct.Router.html#method.layer).
 */
export const axum: Recipe = {
  id: "axum",
  name: "axum",
  kind: "framework",
  write: (policy) => ({ file: "src/main.rs", text: layer(policy) }),
};

/** The methods that the http crate has a constant for (https://docs.rs/http/latest/http/method/struct.Method.html). */
const CONSTANTS: readonly string[] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

function layer({ origin, credentials, methods, headers }: Policy): string {
  const open = origin === "*";
  const types = [...(headers.length === 0 ? [] : ["HeaderName"]), ...(open ? [] : ["HeaderValue"]), "Method"];
  const calls = [
    `allow_origin(${open ? "Any" : `HeaderValue::from_static("${origin}")`})`,
    `allow_methods([${methods.map(method).join(", ")}])`,
    ...(headers.length === 0 ? [] : [`allow_headers(${list(headers)}.map(HeaderName::from_static))`]),
    ...(credentials ? ["allow_credentials(true)"] : []),
  ];
  return text(
    `use axum::http::${used(types)};`,
    `use tower_http::cors::${used(open ? ["Any", "CorsLayer"] : ["CorsLayer"])};`,
    "",
    "let cors = CorsLayer::new()",
    `${calls.map((call) => `    .${call}`).join("\n")};`,
    "",
    "let app = app.layer(cors);",
  );
}

function method(name: string): string {
  return CONSTANTS.includes(name) ? `Method::${name}` : `Method::from_bytes(b"${name}").unwrap()`;
}

function used(names: readonly string[]): string {
  return names.length === 1 ? names.join("") : `{${names.join(", ")}}`;
}
