import { STATUS, withLines } from "./advised.ts";
import { countedAllowOrigin } from "./engines/gecko.ts";
import { withoutFragment } from "./exchange.ts";
import { get } from "./fetch/headers.ts";
import type { Answer, Engine, Exchange, Line, Log, NetEvent, Remedy } from "./model.ts";

/** What a browser lets no extension change. */
export type Untriable =
  | /** A status, and so a redirect of a preflight. */ "status"
  | /** Firefox counts the lines of `Access-Control-Allow-Origin` as they came, before extensions change them. */ "repeated-lines"
  | /** What a service worker asks for belongs to no tab. */ "service-worker";

/** The header lines of a remedy, tried in the tab before anybody touches the server. */
export interface Trial {
  /** The exchange whose remedy it is; what else is here tells requests that are made as it was. */
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly type: string;
  readonly origin: string | null;
  readonly changes: readonly TrialChange[];
  /** Empty where the trial is the whole remedy. */
  readonly cannot: readonly Untriable[];
}

/** What the responses from one URL are to say, to preflights or to other requests. */
export interface TrialChange {
  /** Without fragment. */
  readonly url: string;
  /** Of the message that is answered: `OPTIONS` for a preflight. */
  readonly method: string;
  readonly lines: readonly Pick<Line, "name" | "value">[];
}

/** A rule of `declarativeNetRequest`, as far as we use them. https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest#type-Rule */
export interface TrialRule {
  readonly id: number;
  readonly condition: TrialCondition & ({ readonly urlFilter: string } | { readonly regexFilter: string }) & ({ readonly requestMethods: RuleMethod[] } | { readonly excludedRequestMethods: RuleMethod[] });
  readonly action: { readonly type: "modifyHeaders"; readonly responseHeaders: { readonly header: string; readonly operation: "set" | "remove"; readonly value?: string }[] };
}

interface TrialCondition {
  readonly isUrlFilterCaseSensitive: true;
  readonly tabIds: number[];
}

/** The methods that rules know by name. */
const RULE_METHODS = ["connect", "delete", "get", "head", "options", "patch", "post", "put"] as const;
type RuleMethod = (typeof RULE_METHODS)[number];

/** The part of a remedy that header lines can do. Where it isn't known whether credentials are used, it allows them. */
export function trialOf(exchange: Exchange, { answers }: Remedy, engine: Engine): Trial {
  const { url, method } = exchange.hops[0].request;
  const changes = answers.map((answer): TrialChange => ({
    url: withoutFragment(answer.url),
    method: answer.method,
    lines: [...answer.lines.filter(({ name, need }) => name !== STATUS && need !== "caches"), ...leavesNothing(answer)],
  }));
  return { id: exchange.id, url: withoutFragment(url), method, type: exchange.type, origin: exchange.origin, changes, cannot: untriable(exchange, answers, engine) };
}

/**
 * A trial as rules for one tab and no other URL. They are applied before the CORS check, to preflights and redirects too.
 * @param firstId ids of rules begin with it
 */
export function rulesOf({ changes }: Trial, tabId: number, firstId: number): TrialRule[] {
  const conditions = changes.flatMap(({ url, ...rest }) => urlConditions(url).map((condition) => ({ condition, ...rest })));
  return conditions.map(({ condition, method, lines }, index) => ({
    id: firstId + index,
    condition: { ...condition, isUrlFilterCaseSensitive: true, tabIds: [tabId], ...methodCondition(method) },
    action: { type: "modifyHeaders", responseHeaders: lines.map(({ name, value }) => (value === null ? { header: name, operation: "remove" } : { header: name, operation: "set", value })) },
  }));
}

/** What the response to a request is going to say, and by which trials, as things stand when it begins. */
export interface UnderTrial {
  readonly lines: TrialChange["lines"];
  /** Ids. */
  readonly trials: readonly string[];
}

/** The trials that a request is under, or null. Browsers settle that when a request begins, and again at each redirect. */
export function trialsAt(trials: readonly Trial[], { url, method }: Pick<NetEvent, "url" | "method">): UnderTrial | null {
  const concerned = trials.flatMap(({ id, changes }) => changes.filter((change) => change.url === withoutFragment(url) && change.method === method).map(({ lines }) => ({ id, lines })));
  if (concerned.length === 0) return null;
  const lines = concerned.flatMap((change) => change.lines);
  return {
    // Two trials may change the same field; the browser takes the first.
    lines: lines.filter(({ name }, index) => lines.findIndex((other) => other.name === name) === index),
    trials: [...new Set(concerned.map(({ id }) => id))],
  };
}

/** The event as the page's checks see it: extensions are shown what the server sent, before their rules. */
export function underTrial(event: NetEvent, { lines }: UnderTrial): NetEvent {
  return event.kind === "headers-received" || event.kind === "before-redirect" ? { ...event, responseHeaders: withLines(event.responseHeaders, lines) } : event;
}

/** The log with the exchange of a request marked as made under trials. */
export function markedTrials(log: Log, requestId: string, { trials }: UnderTrial): Log {
  const has = (exchange: Exchange): boolean => exchange.id === requestId || exchange.hops.some(({ preflight }) => preflight?.requestId === requestId);
  return { ...log, exchanges: log.exchanges.map((exchange) => (has(exchange) ? { ...exchange, trials: [...new Set([...exchange.trials, ...trials])] } : exchange)) };
}

/** When the trial is over nothing of it may be left: neither in the preflight cache nor in the page's memory. */
function leavesNothing({ phase }: Answer): TrialChange["lines"] {
  return [phase === "preflight" ? { name: "Access-Control-Max-Age", value: "0" } : { name: "Cache-Control", value: "no-store" }];
}

function untriable(exchange: Exchange, answers: readonly Answer[], engine: Engine): Untriable[] {
  const found: Untriable[] = [];
  if (answers.some(({ lines }) => lines.some(({ name }) => name === STATUS))) found.push("status");
  if (engine === "gecko" && answers.some((answer) => isRepeated(exchange, answer))) found.push("repeated-lines");
  if (exchange.serviceWorker) found.push("service-worker");
  return found;
}

/** A value with a comma may be two lines, joined. */
function isRepeated({ hops }: Exchange, { hop, phase, lines }: Answer): boolean {
  const response = (phase === "preflight" ? hops[hop]?.preflight : hops[hop]?.request)?.response;
  if (response == null || !lines.some(({ name }) => name === "Access-Control-Allow-Origin")) return false;
  return response.linesKnown ? countedAllowOrigin(response.headers) > 1 : (get("Access-Control-Allow-Origin", response.headers) ?? "").includes(",");
}

/**
 * One address, whatever its fragment: browsers match that too. A filter has wildcards and nothing to take their meaning
 * from them, a regular expression has a limit of length.
 */
function urlConditions(url: string): ({ readonly urlFilter: string } | { readonly regexFilter: string })[] {
  if (/[*^|]/.test(url)) return [{ regexFilter: `^${url.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(#.*)?$` }];
  return [{ urlFilter: `|${url}|` }, { urlFilter: `|${url}#` }];
}

/** A request of the method OPTIONS and its preflight can't be told apart: what is for one is for both. */
function methodCondition(method: string): { readonly requestMethods: RuleMethod[] } | { readonly excludedRequestMethods: RuleMethod[] } {
  const known = RULE_METHODS.find((each) => each === method.toLowerCase());
  return known === undefined ? { excludedRequestMethods: [...RULE_METHODS] } : { requestMethods: [known] };
}
