import { diagnose } from "./diagnose.ts";
import { isEnded, lastHop } from "./exchange.ts";
import { explain, explainCause, type Phrase } from "./explain.ts";
import { originOf } from "./fetch/redirect.ts";
import { parsedUrl } from "./fetch/url.ts";
import { hasPassed, judge } from "./judge.ts";
import type { CauseCode, Engine, Exchange, HeaderFault, Outcome, Verdict } from "./model.ts";
import { isCrossOrigin, requestMode } from "./request.ts";

/** What the list shows: what was, or may have been, blocked; or every request that touched another origin. */
export type Scope = "blocked" | "all";

/** An exchange with what follows from it, worked out once. */
export interface Entry {
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  readonly row: Row;
  /** In which lists it is: "blocked" is in both, "nowhere" never left its own origin. */
  readonly listed: Scope | "nowhere";
  /** What the filter looks at, in lower case. */
  readonly searched: string;
}

/** A line of the list. */
export interface Row {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** The last part of the path, or the host where there is none. */
  readonly name: string;
  readonly host: string;
  /** As DevTools call it. */
  readonly type: string;
  readonly outcome: Outcome;
  readonly code: string | null;
  /** It isn't over. */
  readonly pending: boolean;
  /** It was made while a fix for it was on trial. */
  readonly onTrial: boolean;
  /** What blocked it, or what would have where that is not known. */
  readonly title: Phrase;
  /** Why the server answered so, as far as the exchange itself tells; or null. */
  readonly cause: Phrase | null;
  readonly fault: HeaderFault | null;
  /** The same for requests that failed alike at the same server; null for those that did not fail. */
  readonly group: string | null;
  /** Milliseconds since the epoch. */
  readonly startedTime: number;
  /** The end of the last message, or null while it isn't over. */
  readonly endedTime: number | null;
}

/** Judges an exchange: to be done once, when it arrives or changes. */
export function entryOf(exchange: Exchange, engine: Engine): Entry {
  const verdict = judge(exchange, engine);
  const row = rowOf(exchange, verdict);
  const { method, url, type, code, fault } = row;
  const errors = [verdict.browserError, ...verdict.alternatives.map(({ browserError }) => browserError)];
  const statuses = exchange.hops.flatMap(({ preflight, request }) => [preflight?.response?.status, request.response?.status]);
  const urls = exchange.hops.slice(1).map(({ request }) => request.url);
  return {
    exchange,
    verdict,
    row,
    listed: listedIn(exchange, verdict),
    searched: [method, url, ...urls, type, exchange.type, code, fault?.name, ...errors, ...statuses].join("\n").toLowerCase(),
  };
}

/**
 * The same, judged only when somebody asks for more than in which lists it is: most requests of a page pass, and a list
 * of the blocked ones never asks. Spread or sent to another thread it would be without all that.
 */
export function entryWhenAsked(exchange: Exchange, engine: Engine): Entry {
  return new AskedEntry(exchange, engine);
}

class AskedEntry implements Entry {
  readonly listed: Entry["listed"];
  #whole: Entry | null = null;

  constructor(
    readonly exchange: Exchange,
    readonly engine: Engine,
  ) {
    this.listed = mayBeBlocked(exchange) && !hasPassed(exchange, engine) ? this.#judged().listed : listedUnblocked(exchange);
  }

  get verdict(): Verdict {
    return this.#judged().verdict;
  }

  get row(): Row {
    return this.#judged().row;
  }

  get searched(): string {
    return this.#judged().searched;
  }

  #judged(): Entry {
    return (this.#whole ??= entryOf(this.exchange, this.engine));
  }
}

function rowOf(exchange: Exchange, verdict: Verdict): Row {
  const { url, method } = exchange.hops[0].request;
  const explanation = explain(verdict, exchange);
  // What only earlier requests could tell, such as a stored copy, is left out of it.
  const [cause] = verdict.failing.length > 0 && verdict.outcome !== "allowed" ? diagnose(exchange, verdict, []) : [];
  return {
    id: exchange.id,
    method,
    url,
    ...nameOf(url),
    type: exchange.type === "xmlhttprequest" ? "fetch/xhr" : exchange.type,
    outcome: verdict.outcome,
    code: verdict.code ?? verdict.failing[0]?.code ?? null,
    pending: !isEnded(exchange),
    onTrial: exchange.trials.length > 0,
    title: explanation.failing[0]?.title ?? explanation.title,
    cause: cause === undefined ? null : explainCause(cause).title,
    fault: verdict.header,
    group: groupOf(exchange, verdict, cause?.code ?? null),
    startedTime: exchange.hops[0].request.startedTime,
    endedTime: lastHop(exchange).request.end?.time ?? null,
  };
}

/** What was wrong, whose message said so, and why: the same for what failed alike; null for what didn't fail. */
export function groupOf(exchange: Exchange, verdict: Verdict, cause: CauseCode | null): string | null {
  const [failure] = verdict.failing;
  if (failure === undefined || verdict.outcome === "allowed") return null;
  const { url } = (exchange.hops[failure.hop] ?? exchange.hops[0]).request;
  return [verdict.outcome, failure.code, failure.phase, failure.subject ?? "", cause ?? failure.variant ?? "", originOf(url)].join(" ");
}

function nameOf(url: string): { name: string; host: string } {
  const parsed = parsedUrl(url);
  if (parsed === null) return { name: url, host: "" };
  const { pathname, search, host } = parsed;
  const last = pathname.split("/").findLast((part) => part !== "") ?? "/";
  return { name: `${last}${search}`, host };
}

/** In which lists an exchange belongs: what failed without CORS, or because the page gave up, isn't among the blocked. */
export function listedIn(exchange: Exchange, { outcome, code }: Verdict): Entry["listed"] {
  if (!mayBeBlocked(exchange)) return listedUnblocked(exchange);
  if (outcome === "blocked") return code === "aborted" ? "all" : "blocked";
  // What may have been blocked belongs to what was: hiding it would be to claim that it was let through.
  return outcome === "unknown" ? "blocked" : "all";
}

/** A request without CORS fails for other reasons, and says so in the Network panel. */
function mayBeBlocked(exchange: Exchange): boolean {
  return isEnded(exchange) && isCrossOrigin(exchange) && requestMode(exchange) !== "no-cors";
}

function listedUnblocked(exchange: Exchange): "all" | "nowhere" {
  return isCrossOrigin(exchange) ? "all" : "nowhere";
}
