import type { Header } from "../../model.ts";
import type { Policy } from "../recipe.ts";

/** The headers of every answer, errors and preflights too, where a server has no CORS of its own and they are written out. */
export function everyAnswer({ origin, credentials }: Policy): Header[] {
  return [
    { name: "Access-Control-Allow-Origin", value: origin },
    ...(credentials ? [{ name: "Access-Control-Allow-Credentials", value: "true" }] : []),
    ...(origin === "*" ? [] : [{ name: "Vary", value: "Origin" }]),
  ];
}

/** The headers that only the answer to a preflight needs. */
export function preflightAnswer({ methods, headers }: Policy): Header[] {
  return [
    { name: "Access-Control-Allow-Methods", value: methods.join(", ") },
    ...(headers.length === 0 ? [] : [{ name: "Access-Control-Allow-Headers", value: headers.join(", ") }]),
  ];
}
