import { lastHop } from "../exchange.ts";
import { get } from "../fetch/headers.ts";
import type { Engine, Exchange, Verdict } from "../model.ts";
import type { HarLog } from "./read.ts";

/** Who recorded a file, and what follows from that. */
export interface Source {
  /** As it names itself, or "". */
  readonly tool: string;
  /** Whose checks apply. */
  readonly engine: Engine;
  readonly seenBy: Exchange["seenBy"];
  /** The browser was neither: its own checks aren't known here. */
  readonly foreign: boolean;
}

/** They write what the browser made of a request; others that name a browser stand on the way, or read what it logged elsewhere. */
const TOLD_BY_BROWSERS = /^(WebInspector|Firefox|WebKit Web Inspector|Playwright|CORS Explainer)$/i;

/** By the program that wrote it, else by the browser that its requests name. */
export function sourceOf({ creator, browserName, entries }: HarLog): Source {
  const named = `${browserName} ${creator}`;
  const agent = entries.map(({ requestHeaders }) => get("User-Agent", requestHeaders)).find((value) => value !== null) ?? "";
  const isNamed = /firefox|chrom|webkit|safari|WebInspector/i.test(named);
  const firefox = isNamed ? /firefox/i.test(named) : /\bFirefox\//.test(agent);
  const webkit = isNamed ? /webkit|safari/i.test(named) : /\bSafari\//.test(agent) && !/\b(Chrom(e|ium)|HeadlessChrome)\//.test(agent);
  // What WebKit says of a failure are sentences of its own.
  const told = TOLD_BY_BROWSERS.test(creator) && !webkit;
  return { tool: creator, engine: firefox ? "gecko" : "chromium", seenBy: told ? "browser" : "proxy", foreign: webkit };
}

/** What a file doesn't tell of a request, and a browser would have. */
export type Lack =
  | /** What the browser made of the response. */ "outcome"
  | /** Any answer of the server: neither the preflight nor the response is there. */ "answer"
  | /** What ended it: Firefox writes no errors. */ "error"
  | /** Whether cookies went along: tools leave them out. */ "credentials"
  | /** The browser isn't one whose checks are known. */ "engine";

/** What is lacking for a certain verdict; empty where nothing is. */
export function lacksOf(exchange: Exchange, verdict: Verdict, source: Source): Lack[] {
  const { preflight, request } = lastHop(exchange);
  const lacks: Lack[] = [];
  if (source.foreign) lacks.push("engine");
  if (verdict.outcome === "allowed") return lacks;
  if (verdict.evidence.includes("headers-only") || verdict.evidence.includes("response-outcome-not-reported")) lacks.push("outcome");
  if (verdict.outcome === "unknown" && request.response === null && preflight?.response == null) lacks.push(request.end?.error == null ? "error" : "answer");
  if (verdict.outcome === "unknown" || verdict.alternatives.length > 0) {
    if (verdict.credentials === "unknown") lacks.push("credentials");
  }
  return lacks;
}
