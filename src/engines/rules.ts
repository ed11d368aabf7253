import type { CorsCheckRequest } from "../fetch/cors-check.ts";
import type { PreflightedRequest, PreflightResponse } from "../fetch/preflight.ts";
import type { RedirectedRequest } from "../fetch/redirect.ts";
import type { Code, Engine, Failure, Header, NetworkCode } from "../model.ts";
import type { RedirectCode } from "../reason.ts";

/** A failed check in an engine's words, before it is known on which hop. */
export type Check = Omit<Failure, "hop">;

/** A response to be checked, and where in the chain it stands. */
export interface CheckedResponse extends PreflightResponse {
  readonly headers: readonly Header[];
  /** The request's origin became `null` by a redirect. */
  readonly redirected: boolean;
  /** What answered has the request's own origin: redirects led back to it. */
  readonly sameOrigin: boolean;
}

/** A redirect that HTTP-redirect fetch refuses. */
export interface RefusedRedirect {
  readonly mode: RedirectedRequest["mode"];
  readonly locationUrl: string;
}

/** What one engine does with the standard's checks: their order, and its name for each. */
export interface EngineRules {
  readonly engine: Engine;
  /** All failing checks of the response to a preflight, in the engine's order. */
  preflight(request: PreflightedRequest, response: CheckedResponse): Check[];
  /** All failing CORS checks of a response or, `phase` "redirect", of a redirect. */
  response(request: CorsCheckRequest, response: CheckedResponse, phase: "redirect" | "response"): Check[];
  /** The name for a failure of HTTP-redirect fetch; null where the engine says nothing, or reports a net error. */
  redirectError(code: RedirectCode, redirect: RefusedRedirect): string | null;
  /** Our code for a net error. */
  networkCode(error: string): NetworkCode;
  /** The engine's own name for a network failure: the net error, unless it counts the failure as one of CORS. */
  networkName(code: Code, error: string): string;
  /** Our code for a message that was sent and got no answer, where the error says no more than that a check failed. */
  readonly unanswered: Readonly<Record<"preflight" | "response", NetworkCode>>;
  /** The net error of a failed check. */
  isCorsError(error: string): boolean;
  /** These net errors tell nothing by themselves: what came before has to be known. */
  isVague(error: string): boolean;
  /** A request header, in lower case, that needs no preflight in this engine though the standard's list lacks it. */
  safelists(name: string): boolean;
  /** The preflight of a redirected request names the request's own origin, even where the request itself says `null`. */
  readonly preflightKeepsOrigin: boolean;
  /** What a preflighted request is redirected to is preflighted too, even where the redirect made it a GET that needs none. */
  readonly preflightsAgain: boolean;
  /** The limit on `Access-Control-Max-Age`, in seconds. */
  readonly maxAgeLimit: number;
  /** The length of a URL up to which answers to preflights are kept, or null where there is no limit. */
  readonly longestCachedUrl: number | null;
}
