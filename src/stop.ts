import { lastHop } from "./correlate.ts";
import type { EngineRules } from "./engines/rules.ts";
import type { Exchange } from "./model.ts";
import { isRedirect, type Place } from "./replay.ts";

/** Where the events of an exchange stop, and what that says. */
export type Stop = Place &
  (
    | /** The browser handed the response to the page. */ { readonly kind: "passed" }
    | /** A check of this message failed. */ { readonly kind: "check" }
    | /** The browser does not say whether it let the response through. */ { readonly kind: "unreported" }
    | /** Something other than a check failed. */ { readonly kind: "network"; readonly error: string }
  );

/** Reads the stop from the events alone; see ARCHITECTURE.md for the order of events in both browsers. */
export function stopOf(exchange: Exchange, rules: EngineRules): Stop {
  const { preflight, request } = lastHop(exchange);
  const at = { hop: exchange.hops.length - 1, phase: phaseOf(exchange, rules) };
  const error = request.end?.error ?? null;
  if (error === null) return { ...at, kind: rules.engine === "gecko" ? "unreported" : "passed" };
  if (rules.engine === "chromium") {
    if (!rules.isCorsError(error)) return { ...at, kind: "network", error };
    // The page has the response; what failed after that was not a check.
    if (request.responseStarted) return { ...at, kind: "passed" };
    if (at.phase === "response" && request.response === null) return { ...at, kind: "network", error };
    return { ...at, kind: "check" };
  }
  if (at.phase === "redirect") return { ...at, kind: "check" };
  if (at.phase === "preflight") {
    const failed = preflight?.end?.error ?? null;
    const answered = preflight !== null && preflight.response !== null;
    return rules.isCorsError(error) && answered ? { ...at, kind: "check" } : { ...at, kind: "network", error: failed ?? error };
  }
  const answered = request.response !== null;
  return rules.isCorsError(error) && answered ? { ...at, kind: "check" } : { ...at, kind: "network", error };
}

function phaseOf(exchange: Exchange, rules: EngineRules): Place["phase"] {
  const { preflight, request } = lastHop(exchange);
  if (request.response !== null) {
    return isRedirect(request.response) || request.redirectUrl !== null ? "redirect" : "response";
  }
  const unsent = rules.engine === "chromium" ? request.requestHeaders === null : preflight !== null;
  return unsent && request.end?.error != null ? "preflight" : "response";
}
