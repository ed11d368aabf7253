import type { Policy } from "../recipe.ts";
import { list } from "./literals.ts";

/** The properties that API Gateway's HTTP APIs and Lambda's function URLs both have for CORS, in YAML, which takes JSON's lists and strings as they are. */
export function awsCors({ origin, methods, headers, credentials }: Policy): string[] {
  return [
    `AllowOrigins: ${list([origin])}`,
    `AllowMethods: ${list(methods)}`,
    ...(headers.length > 0 ? [`AllowHeaders: ${list(headers)}`] : []),
    ...(credentials ? ["AllowCredentials: true"] : []),
  ];
}
