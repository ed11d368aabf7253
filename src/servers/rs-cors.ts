import type { Policy, Recipe } from "./recipe.ts";
import { closed } from "./writing/closed.ts";
import { slice, structFields } from "./writing/go-struct.ts";

/**
 * github.com/rs/cors 1. Its handler answers preflights itself and always adds `Vary`; without a list of headers it allows
 * some that nobody asked for, hence one that is always allowed (https://pkg.go.dev/github.com/rs/cors#Options).
 */
export const rsCors: Recipe = {
  id: "rs-cors",
  name: "Go rs/cors",
  kind: "framework",
  write: (policy) => ({ file: "main.go", text: text(policy) }),
};

function text(policy: Policy): string {
  const { origin, credentials, methods } = policy;
  return `handler := cors.New(cors.Options{
${structFields([
    ["AllowedOrigins", slice([origin])],
    ["AllowedMethods", slice(methods)],
    ["AllowedHeaders", slice(closed(policy).headers)],
    ...(credentials ? ([["AllowCredentials", "true"]] as const) : []),
  ])}}).Handler(mux)
`;
}
