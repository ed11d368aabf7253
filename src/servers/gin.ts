import type { Policy, Recipe } from "./recipe.ts";
import { slice, structFields } from "./writing/go-struct.ts";

/**
 * github.com/gin-contrib/cors 1. On the engine it answers preflights of routes that have no OPTIONS as well, and refuses
 * other origins with 403 (https://pkg.go.dev/github.com/gin-contrib/cors#Config). `Vary` it adds only to what it allows: not
 * to a refusal, nor to an answer to no origin, which a cache must not give to the page either
 * (https://github.com/gin-contrib/cors/blob/master/utils.go).
 */
export const gin: Recipe = {
  id: "gin",
  name: "Gin",
  kind: "framework",
  write: (policy) => ({ file: "main.go", text: text(policy) }),
};

function text({ origin, credentials, methods, headers }: Policy): string {
  return `router.Use(func(c *gin.Context) { c.Header("Vary", "Origin") })
router.Use(cors.New(cors.Config{
${structFields([
    origin === "*" ? ["AllowAllOrigins", "true"] : ["AllowOrigins", slice([origin])],
    ["AllowMethods", slice(methods)],
    ...(headers.length === 0 ? [] : ([["AllowHeaders", slice(headers)]] as const)),
    ...(credentials ? ([["AllowCredentials", "true"]] as const) : []),
  ])}}))
`;
}
