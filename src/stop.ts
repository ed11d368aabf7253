import { lastHop, leavesHttp } from "./exchange.ts";
import { countedAllowOrigin } from "./engines/gecko.ts";
import type { EngineRules } from "./engines/rules.ts";
import type { Exchange, Phase } from "./model.ts";
import { firstFailing, isRedirect, replay } from "./replay.ts";
import { openModes, requestMode } from "./request.ts";

/** What tells where an exchange stopped: the browser's events, Resource Timing in the page, or the header lines in DevTools. */
export type Witness = "events" | "timing" | "lines";

/** Where the events of an exchange stop, and what that says. */
export type Stop = { readonly hop: number; readonly phase: Phase } &
  (
    | /** The browser handed the response to the page. */ { readonly kind: "passed"; readonly by: Witness }
    | /** A check of this message failed. */ { readonly kind: "check"; readonly by: Witness }
    | /** The browser does not say whether it let the response through. */ { readonly kind: "unreported" }
    | /** The redirect passed its checks, but was not followed. */ { readonly kind: "unfollowed"; readonly error: string | null }
    | /** The redirect passed its CORS check, but what it leads to is not HTTP. */ { readonly kind: "left-http" }
    | /** Something other than a check failed. */ { readonly kind: "network"; readonly error: string }
    | /** Nothing came, and nobody says why: a preflight may have passed or not. */ { readonly kind: "silent"; readonly error: string }
  );

/** Reads the stop from the events and, where they leave it open, from Resource Timing; see ARCHITECTURE.md for the order of events in both browsers. */
export function stopOf(exchange: Exchange, rules: EngineRules): Stop {
  const place = { hop: exchange.hops.length - 1, phase: phaseOf(exchange, rules) };
  const error = lastHop(exchange).request.end?.error ?? null;
  const stop = rules.engine === "chromium" ? chromiumStop(exchange, place, error, rules) : geckoStop(exchange, place, error, rules);
  return { ...place, ...stop };
}

type At = Pick<Stop, "hop" | "phase">;
type Kind = Stop extends infer Each ? (Each extends Stop ? Omit<Each, "hop" | "phase"> : never) : never;

/** Chromium lets a response start only once its checks have passed, and says ERR_FAILED for each that did not. */
function chromiumStop(exchange: Exchange, { phase }: At, error: string | null, rules: EngineRules): Kind {
  const { request } = lastHop(exchange);
  if (error === null && leavesHttp(request)) return { kind: "left-http" };
  if (error === null && exchange.seenBy === "proxy") return { kind: "unreported" };
  // The page has the response; what ended it after that was not a check.
  if (error === null || request.responseStarted) return { kind: "passed", by: "events" };
  const aborted = rules.networkCode(error) === "aborted";
  if (request.redirectUrl !== null && (aborted || rules.isCorsError(error))) return { kind: "unfollowed", error };
  if (!rules.isCorsError(error)) return { kind: "network", error };
  if (phase === "response" && request.response === null) return { kind: "network", error };
  return { kind: "check", by: "events" };
}

/** Firefox says nothing of a response that it withholds, but has errors for preflights and redirects. */
function geckoStop(exchange: Exchange, { phase }: At, error: string | null, rules: EngineRules): Kind {
  const { preflight, request } = lastHop(exchange);
  if (error === null && leavesHttp(request)) return { kind: "check", by: "events" };
  if (error === null) return timed(exchange, phase);
  if (phase === "redirect") {
    const code = rules.networkCode(error);
    if (code === "aborted") return { kind: "unfollowed", error };
    // A refused redirect ends with whatever the channel was at: an error of no meaning.
    return code === "network-error" ? { kind: "check", by: "events" } : { kind: "network", error };
  }
  if (phase === "preflight") {
    if (rules.isCorsError(error) && preflight !== null && preflight.response !== null) return { kind: "check", by: "events" };
    return { kind: "network", error: preflight?.end?.error ?? error };
  }
  if (request.response === null) return { kind: rules.isCorsError(error) ? "silent" : "network", error };
  const code = rules.networkCode(error);
  // Extensions stop responses before they start; after that it is the page that wants no more, such as an EventSource of a wrong type.
  if (code === "aborted" || (code === "blocked-by-client" && request.responseStarted)) return { kind: "unreported" };
  return rules.isCorsError(error) ? { kind: "check", by: "events" } : { kind: "network", error };
}

/** A page may read the status of a response unless it is withheld, or opaque for want of CORS. */
function timed(exchange: Exchange, phase: Phase): Kind {
  const { responseStatus } = exchange;
  // Firefox withholds what has the field on several lines, though Resource Timing then tells its status.
  if (hasRepeatedAllowOrigin(exchange) && requestMode(exchange) === "cors") return { kind: "check", by: "lines" };
  if (responseStatus === null || requestMode(exchange) !== "cors") return { kind: "unreported" };
  if (responseStatus === 0) return { kind: "check", by: "timing" };
  return phase === "redirect" ? { kind: "unfollowed", error: null } : { kind: "passed", by: "timing" };
}

function hasRepeatedAllowOrigin(exchange: Exchange): boolean {
  const { response } = lastHop(exchange).request;
  return response !== null && response.linesKnown && countedAllowOrigin(response.headers) > 1;
}

/** Whether the headers of the last preflight prove that it was rejected, whatever of the credentials mode is open. */
function isRejected(exchange: Exchange, rules: EngineRules): boolean {
  return openModes(exchange).every((mode) => firstFailing(replay(exchange, rules, mode))?.place.hop === exchange.hops.length - 1);
}

function phaseOf(exchange: Exchange, rules: EngineRules): Phase {
  const { preflight, request } = lastHop(exchange);
  if (request.response !== null) {
    return isRedirect(request) ? "redirect" : "response";
  }
  const error = request.end?.error ?? null;
  // Nothing came of it, and nobody says why: its preflight may.
  if (error === null) return preflight !== null && request.end !== null ? "preflight" : "response";
  // A preflight that Firefox rejects ends with an error of its own; in version 140 it ends like any other.
  if (rules.engine === "gecko") {
    if (preflight === null) return "response";
    return preflight.end?.error !== null || (rules.isCorsError(error) && isRejected(exchange, rules)) ? "preflight" : "response";
  }
  if (request.requestHeaders !== null) return "response";
  // Stopped before it was sent: by its preflight, or, when there was none and it is no matter of CORS, by itself.
  return preflight === null && !rules.isCorsError(error) ? "request" : "preflight";
}
