import type { Recipe } from "./recipe.ts";
import { withCors } from "./writing/fetch-handler.ts";

/**
 * Supabase Edge Functions, which `Deno.serve` serves. They have to answer preflights themselves and to send the headers
 * with every answer; what functions share is in `_shared` (https://supabase.com/docs/guides/functions/cors). The package's
 * own `@supabase/supabase-js/cors` allows every origin, so it is not used.
 */
export const supabaseEdge: Recipe = {
  id: "supabase-edge",
  name: "Supabase Edge Functions",
  kind: "service",
  write: (policy) => ({ file: "supabase/functions/_shared/cors.ts", text: withCors(policy) }),
};
