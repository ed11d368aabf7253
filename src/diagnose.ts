import { missingHeader, rejectedPreflight } from "./causes/answer.ts";
import type { Case, Look } from "./causes/case.ts";
import { noAnswer } from "./causes/network.ts";
import { allowedOrigin } from "./causes/origin.ts";
import { refusedRedirect } from "./causes/redirect.ts";
import { refusedRequest } from "./causes/request.ts";
import type { Cause, Exchange, Verdict } from "./model.ts";

const LOOKS: readonly Look[] = [missingHeader, rejectedPreflight, refusedRedirect, allowedOrigin, refusedRequest, noAnswer];

/** How many exchanges before one are looked at: what was kept in a cache or refused just now. */
export const RECENT = 200;

/**
 * Why the server answered so, or nobody did. It goes by what the messages show and never changes a verdict: causes are
 * the likely ones, the likeliest first.
 * @param earlier what began before in the same log, in that order; `RECENT` are enough
 */
export function diagnose(exchange: Exchange, verdict: Verdict, earlier: readonly Exchange[]): Cause[] {
  const [failure] = verdict.failing;
  if (failure === undefined) return [];
  const hop = exchange.hops[failure.hop] ?? exchange.hops[0];
  const message = failure.phase === "preflight" ? (hop.preflight ?? hop.request) : hop.request;
  const at: Case = { exchange, verdict, failure, message, response: message.response, earlier: earlier.toReversed() };
  return LOOKS.flatMap((look) => look(at));
}
