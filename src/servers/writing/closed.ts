import type { Policy } from "../recipe.ts";

/** For what takes no list of headers, or an empty one, for all or some of them: `accept`, which a page may send anyway, keeps it closed. */
export function closed(policy: Policy): Policy {
  return policy.headers.length > 0 ? policy : { ...policy, headers: ["accept"] };
}
