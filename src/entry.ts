import { isEnded } from "./exchange.ts";
import { explain, type Phrase } from "./explain.ts";
import { judge } from "./judge.ts";
import type { Engine, Exchange, HeaderFault, Outcome, Verdict } from "./model.ts";
import { isCrossOrigin, requestMode } from "./request.ts";

/** What the list shows: what was, or may have been, blocked; or every request that touched another origin. */
export type Scope = "blocked" | "all";

/** An exchange with what follows from it, worked out once, when it arrives. */
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
  /** What blocked it, or what would have where that is not known. */
  readonly title: Phrase;
  readonly fault: HeaderFault | null;
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

function rowOf(exchange: Exchange, verdict: Verdict): Row {
  const { url, method } = exchange.hops[0].request;
  const explanation = explain(verdict, exchange);
  return {
    id: exchange.id,
    method,
    url,
    ...nameOf(url),
    type: exchange.type === "xmlhttprequest" ? "fetch/xhr" : exchange.type,
    outcome: verdict.outcome,
    code: verdict.code ?? verdict.failing[0]?.code ?? null,
    pending: !isEnded(exchange),
    title: explanation.failing[0]?.title ?? explanation.title,
    fault: verdict.header,
  };
}

function nameOf(url: string): { name: string; host: string } {
  if (!URL.canParse(url)) return { name: url, host: "" };
  const { pathname, search, host } = new URL(url);
  const last = pathname.split("/").findLast((part) => part !== "") ?? "/";
  return { name: `${last}${search}`, host };
}

function listedIn(exchange: Exchange, { outcome, code }: Verdict): Entry["listed"] {
  if (!isCrossOrigin(exchange)) return "nowhere";
  // A request without CORS fails for other reasons, and says so in the Network panel.
  if (requestMode(exchange) === "no-cors") return "all";
  if (outcome === "blocked") return code === "aborted" ? "all" : "blocked";
  // What may have been blocked belongs to what was: hiding it would be to claim that it was let through.
  return outcome === "unknown" && isEnded(exchange) ? "blocked" : "all";
}
