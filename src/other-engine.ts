import { isEnded, lastHop, requestedHeaderNames, unsafeHeaderNames } from "./exchange.ts";
import type { EngineRules } from "./engines/rules.ts";
import type { CredentialsMode, Exchange, Hop, Message, Verdict } from "./model.ts";
import { firstFailing, replay } from "./replay.ts";
import { becameNull, isCrossOrigin, isTainted, needsPreflight, requestMode, requestOrigin, serializedOrigin } from "./request.ts";

/**
 * What another engine than the one that was watched would make of the same responses: unknown where it would have
 * asked for one that was not seen.
 * @param own the rules of the engine that was watched
 * @param modes the credentials modes that are possible
 */
export function otherVerdict(
  exchange: Exchange,
  own: EngineRules,
  other: EngineRules,
  modes: readonly CredentialsMode[],
): Verdict["otherEngine"] {
  if (!isEnded(exchange)) return UNKNOWN;
  if (requestMode(exchange) === "no-cors" || !isCrossOrigin(exchange)) return { browserError: null, outcome: "allowed" };
  const [head, ...tail] = exchange.hops.map((_, hop) => asSentBy(exchange, hop, own, other));
  if (!head || tail.some((hop) => hop === null)) return UNKNOWN;
  const asSent: Exchange = { ...exchange, hops: [head, ...tail.filter((hop) => hop !== null)] };
  const firsts = modes.map((mode) => firstFailing(replay(asSent, other, mode))?.failures[0] ?? null);
  const [first] = firsts;
  if (first === undefined) return UNKNOWN;
  if (firsts.every((failure) => failure !== null)) {
    const same = firsts.every((failure) => failure?.browserError === first?.browserError);
    return { browserError: same ? (first?.browserError ?? null) : null, outcome: "blocked" };
  }
  if (firsts.some((failure) => failure !== null)) return UNKNOWN;
  const { response, end, redirectUrl } = lastHop(exchange).request;
  const complete = response !== null && redirectUrl === null && end?.error == null;
  return complete ? { browserError: null, outcome: "allowed" } : UNKNOWN;
}

const UNKNOWN: Verdict["otherEngine"] = { browserError: null, outcome: "unknown" };

/** A hop as the other engine would have sent it, or null where that would have been a preflight that was not seen. */
function asSentBy(exchange: Exchange, hop: number, own: EngineRules, other: EngineRules): Hop | null {
  const seen = exchange.hops[hop] ?? exchange.hops[0];
  const needed = needsPreflight(exchange, hop, other);
  const neededHere = needsPreflight(exchange, hop, own);
  if (seen.preflight === null) return needed && !neededHere && isTainted(exchange, hop) ? null : seen;
  if (neededHere && !needed) return { ...seen, preflight: null };
  return { ...seen, preflight: preflightSentBy(other, exchange, hop, seen.preflight, seen.request) };
}

function preflightSentBy(other: EngineRules, exchange: Exchange, hop: number, preflight: Message, request: Message): Message {
  const names = new Set([...requestedHeaderNames(preflight), ...unsafeHeaderNames(request)].filter((name) => !other.safelists(name)));
  const origin = becameNull(exchange, hop) ? (other.preflightKeepsOrigin ? requestOrigin(exchange) : "null") : serializedOrigin(exchange, hop, "preflight");
  const replaced = ["origin", "access-control-request-headers"];
  return {
    ...preflight,
    requestHeaders: [
      ...(preflight.requestHeaders ?? []).filter(({ name }) => !replaced.includes(name.toLowerCase())),
      { name: "Origin", value: origin },
      { name: "Access-Control-Request-Headers", value: [...names].join(",") },
    ],
  };
}
