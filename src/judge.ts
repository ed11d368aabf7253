import { ENGINES } from "./engines/engines.ts";
import type { EngineRules } from "./engines/rules.ts";
import { isEnded, isPreflight, lastHop } from "./exchange.ts";
import { stopOf, type Stop, type Witness } from "./stop.ts";
import type { Alternative, Engine, Evidence, Exchange, Failure, Hop, NetworkCode, Phase, Refusal, Verdict } from "./model.ts";
import { otherVerdict } from "./other-engine.ts";
import { type Checked, firstFailing, replay } from "./replay.ts";
import { chromiumRefusal } from "./refused-inside.ts";
import { isCrossOrigin, isTainted, MODES, type Mode, needsPreflight, openModes, requestMode, sentCredentials } from "./request.ts";

const OTHER: Readonly<Record<Engine, Engine>> = { chromium: "gecko", gecko: "chromium" };

/**
 * What the browser did with an exchange and why: the engine's checks replayed over the headers that it saw, for each
 * credentials mode that the evidence leaves open, against the place where its events stop.
 */
export function judge(exchange: Exchange, engine: Engine): Verdict {
  const rules = ENGINES[engine];
  const replays = openModes(exchange).map((mode) => ({ mode, checked: replay(exchange, rules, mode) }));
  const stop = stopOf(exchange, rules);
  const consistent = replays.filter(({ checked }) => agrees(checked, stop, rules));
  const only = consistent.length === 1 && !mayBeForbidden(stop, rules) ? consistent[0] : undefined;
  const credentials = only?.mode ?? "unknown";
  const unseen = unseenPreflights(exchange, rules);
  const context: Context = {
    exchange,
    stop,
    refuted: replays.every((each) => consistent.includes(each) || stopsBefore(firstFailing(each.checked), stop)),
    readings: consistent.map(({ mode, checked }) => ({ mode, failures: firstFailing(checked)?.failures ?? [] })),
    base: {
      phase: stop.phase,
      hop: stop.hop,
      unseenPreflights: unseen,
      otherEngine: otherVerdict(exchange, rules, ENGINES[OTHER[engine]], consistent.length > 0 ? consistent.map(({ mode }) => mode) : MODES),
      credentials: sentCredentials(exchange) ? "include" : credentials,
      evidence: circumstances(exchange, unseen, credentials),
    },
  };
  return decide(context, rules);
}

/**
 * The browser's events say by themselves that it let the page have the response: a verdict would be "allowed". Much
 * cheaper than that, and enough to know where only what was blocked is asked for.
 */
export function hasPassed(exchange: Exchange, engine: Engine): boolean {
  if (exchange.refused !== null || exchange.interrupted || !isEnded(exchange) || isPreflight(exchange.hops[0].request)) return false;
  return stopOf(exchange, ENGINES[engine]).kind === "passed";
}

interface Reading {
  readonly mode: Mode;
  /** The failing checks of the first message that fails. */
  readonly failures: readonly Failure[];
}

interface Context {
  readonly exchange: Exchange;
  readonly stop: Stop;
  /** What was sent refutes every credentials mode that isn't among the readings: it would have been stopped before. */
  readonly refuted: boolean;
  /** One for each credentials mode that agrees with the events. */
  readonly readings: readonly Reading[];
  readonly base: Pick<Verdict, "phase" | "hop" | "otherEngine" | "credentials" | "evidence" | "unseenPreflights">;
}

function decide(context: Context, rules: EngineRules): Verdict {
  const { exchange, stop, readings } = context;
  if (!isEnded(exchange)) return unknown(context, ["pending"]);
  if (exchange.refused !== null) return refused(context, rules, exchange.refused);
  if (isPreflight(exchange.hops[0].request)) return unknown(context, ["request-not-seen"]);
  if (hidesTheCause(context, rules)) return unknown(context, ["events-missing"]);
  const mode = requestMode(exchange);
  switch (stop.kind) {
    case "network":
    case "silent":
      return networkFailure(context, rules, stop.error);
    case "passed":
      if (lastHop(exchange).request.end?.error != null) return allowed(context, ["ended-after-response"]);
      if (stop.by === "timing") return allowed(context, ["timing-passed"]);
      return allowed(context, [mode === "no-cors" ? "not-cors-mode" : "completed"]);
    case "check": {
      if (mayBeForbidden(stop, rules) && exchange.call?.violatesPolicy) return networkFailure(context, rules, lastHop(exchange).request.end?.error ?? "");
      if (readings.length > 0 && readings.every(({ failures }) => failures.length > 0)) {
        return blocked(context, rules, [WITNESSES[stop.by] ?? STOPS[stop.phase]]);
      }
      return unexplained(context, rules);
    }
    case "left-http":
      return blocked(context, rules, ["events-stop-at-redirect"]);
    case "unfollowed":
      if (exchange.call?.violatesPolicy) return networkFailure(context, rules, stop.error ?? "");
      if (exchange.call?.redirect === "error" && readings.some(({ failures }) => failures.length === 0)) return redirectForbidden(context, rules);
      if (exchange.call?.redirect === "manual" && readings.some(({ failures }) => failures.length === 0)) return allowed(context, ["redirect-mode-manual"]);
      return stop.error !== null && rules.isCorsError(stop.error) ? unexplained(context, rules) : notFollowed(context);
    case "unreported":
      return unreported(context, rules, mode);
  }
}

const WITNESSES: Readonly<Partial<Record<Witness, Evidence>>> = { timing: "timing-withheld", lines: "repeated-field" };

/** Nothing is checked before anything was sent but the need for a preflight. */
const STOPS: Readonly<Record<Phase, Evidence>> = {
  request: "events-stop-at-preflight",
  preflight: "events-stop-at-preflight",
  redirect: "events-stop-at-redirect",
  response: "events-stop-at-response",
};

/** Events were lost, and what is left would be taken for something else. */
function hidesTheCause({ exchange, stop, refuted }: Context, rules: EngineRules): boolean {
  if (!exchange.interrupted) return false;
  // An OPTIONS request without its headers may be a preflight, whose end says nothing of what it is for.
  if (exchange.hops[0].request.method === "OPTIONS" && exchange.hops[0].request.requestHeaders === null) return true;
  if (stop.kind === "passed") return false;
  // Where events were lost, that they stop somewhere proves nothing; only what came after a check does.
  if (stop.kind === "check" && !refuted) return true;
  if (stop.kind === "network") return rules.isVague(stop.error);
  const { preflight, request } = lastHop(exchange);
  const checked = stop.phase === "preflight" ? preflight : request;
  return checked === null || checked.requestHeaders === null || checked.response === null;
}

/** The browser doesn't say whether it let the response through: the headers have to. */
function unreported(context: Context, rules: EngineRules, mode: ReturnType<typeof requestMode>): Verdict {
  const { exchange, stop, readings } = context;
  if (!isCrossOrigin(exchange)) return allowed(context, ["same-origin"]);
  if (mode === "no-cors") return allowed(context, ["not-cors-mode"]);
  const failing = readings.filter(({ failures }) => failures.length > 0);
  if (lastHop(exchange).request.response === null && failing.length === 0) return unknown(context, ["events-missing"]);
  if (readings.length === 0) return unknown(context, ["headers-do-not-explain"]);
  if (failing.length === 0) return stop.phase === "redirect" ? notFollowed(context) : allowed(context, ["headers-only"]);
  if (mode === "unknown") return unknown(context, ["response-outcome-not-reported", "mode-unknown"], failing);
  if (failing.length === readings.length) return blocked(context, rules, ["headers-only"]);
  return unknown(context, ["response-outcome-not-reported", "credentials-unknown"], failing);
}

/** The browser says that a check failed, but the headers pass: what is left are checks that headers don't show. */
function unexplained(context: Context, rules: EngineRules): Verdict {
  const { exchange, stop } = context;
  const { preflight, request } = lastHop(exchange);
  if (exchange.interrupted) return unknown(context, ["events-missing"]);
  // A request that is stopped before it is sent has had a preflight.
  if (stop.phase === "preflight" && preflight === null) return unknown(context, ["events-missing"]);
  if (preflight?.end?.error && preflight.response === null) return networkFailure(context, rules, request.end?.error ?? "");
  if (stop.phase !== "redirect") return unknown(context, ["headers-do-not-explain"]);
  if (requestMode(exchange) !== "same-origin") {
    if (mayBeForbidden(stop, rules)) return networkFailure(context, rules, request.end?.error ?? "");
    return unknown(context, ["headers-do-not-explain", "redirect-mode-unknown"]);
  }
  const browserError = rules.engine === "chromium" ? "DisallowedByMode" : null;
  const failure: Failure = {
    code: "redirect-mode-same-origin",
    phase: "redirect",
    hop: stop.hop,
    variant: null,
    subject: null,
    browserError,
    header: { name: "Sec-Fetch-Mode", on: "request", actual: "same-origin", expected: "cors" },
  };
  return fromFailures(context, [failure], ["events-stop-at-redirect"], []);
}

/** What the browser itself says of requests that it doesn't even try. */
const REFUSALS: Readonly<Record<Refusal, Readonly<Record<Engine, string | null>>>> = {
  "content-security-policy": { chromium: "csp", gecko: null },
  "mode-same-origin": { chromium: "DisallowedByMode", gecko: null },
  "scheme-not-supported": { chromium: "CorsDisabledScheme", gecko: "CORSRequestNotHttp" },
  "mixed-content": { chromium: "mixed-content", gecko: null },
};

function refused(context: Context, rules: EngineRules, code: Refusal): Verdict {
  const failure: Failure = { code, phase: "request", hop: 0, variant: null, subject: null, header: null, browserError: REFUSALS[code][rules.engine] };
  return { ...fromFailures(context, [failure], ["never-sent"], []), otherEngine: { browserError: REFUSALS[code][OTHER[rules.engine]], outcome: "blocked" } };
}

/** The page itself forbade redirects. Neither engine has a CORS error for it. */
function redirectForbidden(context: Context, rules: EngineRules): Verdict {
  const failure: Failure = {
    code: "redirect-mode-error",
    phase: "redirect",
    hop: context.stop.hop,
    variant: null,
    subject: null,
    header: null,
    browserError: rules.engine === "chromium" ? "net::ERR_FAILED" : null,
  };
  return fromFailures(context, [failure], [], []);
}

/** Firefox refuses the target of a redirect for the page's own policy with the same meaningless error as for CORS. */
function mayBeForbidden(stop: Stop, rules: EngineRules): boolean {
  return rules.engine === "gecko" && stop.kind === "check" && stop.phase === "redirect";
}

function blocked(context: Context, rules: EngineRules, evidence: readonly Evidence[]): Verdict {
  const [likely, other] = context.readings;
  const failures = likely?.failures ?? [];
  const differs = other !== undefined && other.failures[0]?.browserError !== failures[0]?.browserError;
  const alternatives: Alternative[] = differs ? conditional([other]) : [];
  const joined = linesKnown(context, failures[0]) ? null : joinedField(failures[0]);
  // A page that was heard would have been told of its policy.
  const forbidden: Alternative[] =
    mayBeForbidden(context.stop, rules) && context.exchange.call === null && lastHop(context.exchange).request.end !== null && failures[0]?.browserError !== FORBIDDEN.browserError ? [FORBIDDEN] : [];
  return fromFailures(
    context,
    failures,
    [...evidence, ...(differs ? (["credentials-unknown"] as const) : []), ...(joined ? (["joined-field"] as const) : [])],
    [...alternatives, ...(joined ? [joined] : []), ...forbidden],
  );
}

function fromFailures(
  { base }: Context,
  failures: readonly Failure[],
  evidence: readonly Evidence[],
  alternatives: readonly Alternative[],
): Verdict {
  const [first] = failures;
  return {
    ...base,
    outcome: "blocked",
    code: first?.code ?? null,
    phase: first?.phase ?? base.phase,
    hop: first?.hop ?? base.hop,
    browserError: first?.browserError ?? null,
    alternatives,
    header: first?.header ?? null,
    failing: failures,
    evidence: [...evidence, ...base.evidence],
  };
}

function linesKnown({ exchange }: Context, failure: Failure | undefined): boolean {
  const hop = exchange.hops[failure?.hop ?? 0];
  const message = failure?.phase === "preflight" ? hop?.preflight : hop?.request;
  return message?.response?.linesKnown === true;
}

/** Firefox joins field lines before it shows them, but counts them before it judges. */
function joinedField(failure: Failure | undefined): Alternative | null {
  if (failure?.browserError !== "CORSAllowOriginNotMatchingOrigin") return null;
  if (!failure.header?.actual?.includes(", ")) return null;
  return { browserError: "CORSMultipleAllowOriginNotAllowed", condition: "field-repeated" };
}

const FORBIDDEN: Alternative = { browserError: "CORSDidNotSucceed", condition: "redirect-target-forbidden" };

function networkFailure(context: Context, rules: EngineRules, error: string): Verdict {
  const { exchange, stop } = context;
  const refusal = rules.engine === "chromium" ? chromiumRefusal(exchange, stop, error) : null;
  const code = refusal?.code ?? networkCode(exchange, stop, rules, error);
  const browserError = refusal?.browserError ?? rules.networkName(code, error);
  const failure: Failure = { code, phase: stop.phase, hop: stop.hop, variant: null, subject: null, header: refusal?.header ?? null, browserError };
  // Firefox 140 ends a preflight that it rejects like any other.
  const rejected = stop.kind === "silent" ? conditional(context.readings.filter(({ failures }) => failures.length > 0)) : [];
  return fromFailures(context, [failure], ["net-error", ...(rejected.length > 0 ? (["credentials-unknown"] as const) : [])], [...(refusal?.alternatives ?? []), ...rejected]);
}

function networkCode(exchange: Exchange, stop: Stop, rules: EngineRules, error: string): NetworkCode {
  if (mayBeForbidden(stop, rules) || stop.kind === "unfollowed") return "redirect-refused";
  const { preflight, request } = lastHop(exchange);
  if (stop.phase === "preflight" && rules.isCorsError(error)) return preflight?.requestHeaders ? rules.unanswered.preflight : "preflight-network-error";
  const passed = preflight !== null && preflight.end?.error === null;
  // Without a preflight the error of a failed check can be the page's: a URL that it may not ask for.
  const vague = rules.isVague(error) && (passed || !rules.isCorsError(error));
  if (stop.phase === "response" && request.response === null && vague) return rules.unanswered.response;
  return rules.networkCode(error);
}

function allowed({ base }: Context, evidence: readonly Evidence[]): Verdict {
  return {
    ...base,
    outcome: "allowed",
    code: null,
    browserError: null,
    alternatives: [],
    header: null,
    failing: [],
    evidence: [...evidence, ...base.evidence],
  };
}

function unknown({ base }: Context, evidence: readonly Evidence[], failing: readonly Reading[] = []): Verdict {
  return {
    ...base,
    outcome: "unknown",
    code: null,
    browserError: null,
    alternatives: conditional(failing),
    header: failing[0]?.failures[0]?.header ?? null,
    failing: failing[0]?.failures ?? [],
    evidence: [...evidence, ...base.evidence],
  };
}

/** The browser had no objection to a redirect, and asked for nothing more. */
function notFollowed(context: Context): Verdict {
  return { ...unknown(context, ["redirect-not-followed"]), code: "redirect-not-followed" };
}

function conditional(readings: readonly Reading[]): Alternative[] {
  return readings.flatMap(({ mode, failures: [first] }) => {
    if (!first?.browserError) return [];
    const condition = mode === "include" ? "credentials-include" : "credentials-not-include";
    const joined = joinedField(first);
    return [{ browserError: first.browserError, condition } as const, ...(joined ? [joined] : [])];
  });
}

/** A replay agrees with the events if the first message that fails in it is the one at which they stop. */
function agrees(checked: readonly Checked[], stop: Stop, rules: EngineRules): boolean {
  const first = firstFailing(checked);
  const code = first?.failures[0]?.code;
  switch (stop.kind) {
    case "network":
    case "unreported":
      return first === null || isAt(first, stop);
    case "silent":
      return first === null || first.place.hop === stop.hop;
    case "passed":
      return first === null;
    case "unfollowed":
      // Firefox tells of a redirect before it checks it.
      return first === null || (rules.engine === "gecko" && isAt(first, stop));
    case "left-http":
      return first !== null && isAt(first, stop) && code === "redirect-not-http";
    case "check":
      // Chromium has net errors for a `Location` of no use; a check is a matter of CORS.
      if (rules.engine === "chromium" && (code === "redirect-not-http" || code === "redirect-invalid")) return false;
      return first !== null && isAt(first, stop);
  }
}

function stopsBefore(first: Checked | null, stop: Stop): boolean {
  if (first === null) return false;
  const { hop, phase } = first.place;
  return hop < stop.hop || (hop === stop.hop && phase === "preflight" && stop.phase !== "preflight");
}

function isAt({ place }: Checked, stop: Stop): boolean {
  return place.hop === stop.hop && place.phase === stop.phase;
}

/** Needed, none seen, and answered all the same. */
function unseenPreflights(exchange: Exchange, rules: EngineRules): number[] {
  if (requestMode(exchange) !== "cors" || exchange.interrupted) return [];
  return exchange.hops.flatMap(({ preflight, request }, hop) => {
    const unseen = preflight === null && request.response !== null && isTainted(exchange, hop);
    return unseen && needsPreflight(exchange, hop, rules) ? [hop] : [];
  });
}

function circumstances(exchange: Exchange, unseen: readonly number[], credentials: Mode | "unknown"): Evidence[] {
  const evidence: Evidence[] = [];
  if (sentCredentials(exchange)) evidence.push("cookie-sent");
  else if (exchange.call?.credentials != null) evidence.push("page-probe");
  else if (credentials !== "unknown") evidence.push("credentials-by-elimination");
  if (exchange.unheard) evidence.push("not-heard");
  if (unseen.length > 0) evidence.push("preflight-unseen");
  if (exchange.twins.length > 0) evidence.push("preflights-paired-by-order");
  if (exchange.interrupted && exchange.hops.some(hasHoles)) evidence.push("events-missing");
  return evidence;
}

/** Something of a hop that must have come was not seen. */
function hasHoles({ preflight, request }: Hop): boolean {
  const stopped = preflight !== null && preflight.response !== null && request.end?.error != null;
  return !stopped && (request.requestHeaders === null || request.response === null);
}
