import { fieldLines, get } from "./fetch/headers.ts";
import { corsUnsafeRequestHeaderNames, isForbiddenRequestHeaderName } from "./fetch/safelist.ts";
import type { Engine, Exchange, Hop, Log, Message, NetEvent } from "./model.ts";

/** A log in which nothing has happened. */
export function emptyLog(engine: Engine): Log {
  return { engine, exchanges: [], begun: 0, dropped: 0, cleared: [], clearedTime: 0 };
}

/**
 * Takes one webRequest event into the log: pairs preflights with their requests, follows redirects.
 * Events of one request have to come in the browser's order; those of different requests may interleave.
 * @returns a new log that shares all unchanged exchanges with the old one, which is left as it was
 */
export function step(log: Log, event: NetEvent): Log {
  if (log.cleared.includes(event.requestId)) return withoutCleared(log, event);
  const found = find(log, event);
  if (found === null) return begin(log, event);
  const { index, exchange, part } = found;
  if (part === "preflight") {
    return replace(log, index, withLastHop(exchange, (hop) => ({ ...hop, preflight: advance(hop.preflight ?? newMessage(event), event) })));
  }
  if (event.kind === "error" && event.error === CACHE_PROBE) return remove(log, index);
  const next = advanceRequest(exchange, event);
  const advanced = replace(log, index, next);
  const verdict = verdictOnPreflight(log.engine, event);
  const paired = verdict === null ? advanced : settlePairing(advanced, index, verdict);
  return isUnclaimedPreflight(next, event) ? claim(paired, index) : paired;
}

/**
 * Marks what was in flight while events may have been lost, so that a gap is never taken for evidence.
 * Called when a log is read back by a worker that has just started.
 */
export function resume(log: Log): Log {
  if (log.exchanges.every(isEnded)) return log;
  return { ...log, exchanges: log.exchanges.map((exchange) => (isEnded(exchange) ? exchange : { ...exchange, interrupted: true })) };
}

/**
 * Forgets all exchanges; what is in flight isn't taken up again by its later events.
 * @param time now, in milliseconds since the epoch
 */
export function cleared(log: Log, time: number): Log {
  const inFlight = log.exchanges.filter((exchange) => !isEnded(exchange));
  const ids = inFlight.flatMap(({ id, hops }) => [id, ...hops.flatMap(({ preflight }) => (preflight === null || preflight.end !== null ? [] : [preflight.requestId]))]);
  return { ...log, exchanges: [], dropped: 0, cleared: [...log.cleared, ...ids].slice(-MOST_CLEARED), clearedTime: time };
}

/** Some never end: those are given up. */
const MOST_CLEARED = 1000;

function withoutCleared(log: Log, { kind, requestId }: NetEvent): Log {
  const ends = kind === "completed" || kind === "error";
  return ends ? { ...log, cleared: log.cleared.filter((id) => id !== requestId) } : log;
}

/** Nothing more is to come for this exchange. */
export function isEnded(exchange: Exchange): boolean {
  const { request } = lastHop(exchange);
  return request.end !== null || leavesHttp(request);
}

/** The server redirects to a URL that is not HTTP(S): events tell nothing of what becomes of that. */
export function leavesHttp({ redirectUrl, response }: Message): boolean {
  if (redirectUrl === null || /^https?:/i.test(redirectUrl)) return false;
  // An extension may redirect to a file of its own, and that works.
  return response !== null && get("Non-Authoritative-Reason", response.headers) === null;
}

/** The hop that an exchange has got to. */
export function lastHop({ hops }: Exchange): Hop {
  return hops[hops.length - 1] ?? hops[0];
}

/** Chromium asks its cache for a font first, as a request of its own; what follows over the network has another id. */
const CACHE_PROBE = "net::ERR_CACHE_MISS";

interface Place {
  readonly index: number;
  readonly exchange: Exchange;
  readonly part: "preflight" | "request";
}

/** Requests in flight are among the newest, so the search goes backwards. */
function find(log: Log, { requestId }: NetEvent): Place | null {
  for (let index = log.exchanges.length - 1; index >= 0; index--) {
    const exchange = log.exchanges[index];
    if (exchange === undefined) continue;
    if (exchange.id === requestId) return { index, exchange, part: "request" };
    if (exchange.hops.some((hop) => hop.preflight?.requestId === requestId)) return { index, exchange, part: "preflight" };
  }
  return null;
}

function begin(log: Log, event: NetEvent): Log {
  const exchange: Exchange = {
    id: event.requestId,
    order: log.begun,
    tabId: event.tabId,
    frameId: event.frameId,
    type: event.type,
    origin: event.initiator,
    serviceWorker: event.tabId === -1,
    hops: [{ preflight: null, request: newMessage(event) }],
    twins: [],
    responseStatus: null,
    call: null,
    callSite: null,
    unheard: false,
    refused: null,
    interrupted: event.kind !== "before-request",
  };
  const begun: Log = { ...log, exchanges: [...log.exchanges, exchange], begun: log.begun + 1 };
  return event.kind === "before-request" ? begun : step(begun, event);
}

function newMessage(event: NetEvent): Message {
  return {
    requestId: event.requestId,
    url: event.url,
    method: event.method,
    startedTime: event.time,
    requestHeaders: null,
    response: null,
    responseStarted: false,
    redirectUrl: null,
    end: null,
  };
}

/** A message after an event of its own. */
function advance(message: Message, event: NetEvent): Message {
  switch (event.kind) {
    case "before-request":
      return message;
    case "send-headers":
      return { ...message, requestHeaders: event.requestHeaders };
    case "headers-received":
      return { ...message, response: responseOf(event) };
    case "before-redirect":
      return { ...message, response: message.response ?? redirectResponse(event), redirectUrl: event.redirectUrl };
    case "response-started":
      // Firefox "starts" the target of a redirect that it has refused.
      return message.redirectUrl === null ? { ...message, responseStarted: true } : message;
    case "completed":
      return { ...message, end: { time: event.time, error: null, fromCache: event.fromCache } };
    case "error":
      return { ...message, end: { time: event.time, error: event.error, fromCache: false } };
  }
}

function responseOf(event: Extract<NetEvent, { readonly responseHeaders: unknown }>): Message["response"] {
  return { status: event.status, statusText: event.statusText, headers: event.responseHeaders, linesKnown: false, time: event.time };
}

/** A redirect that an extension or the browser itself makes has no answer of a server: Firefox gives it status 0. */
function redirectResponse(event: Extract<NetEvent, { readonly kind: "before-redirect" }>): Message["response"] {
  return event.status === 0 ? null : responseOf(event);
}

/** The main request: like any message, but a redirect begins a new hop. */
function advanceRequest(exchange: Exchange, event: NetEvent): Exchange {
  const { request } = lastHop(exchange);
  if (!beginsHop(request, event)) return withLastHop(exchange, (hop) => ({ ...hop, request: advance(hop.request, event) }));
  const [first, ...others] = exchange.hops;
  return {
    ...exchange,
    // Without the redirect's own event, or the hop's beginning, something was lost.
    interrupted: exchange.interrupted || request.redirectUrl === null || event.kind !== "before-request",
    hops: [first, ...others, { preflight: null, request: advance(newMessage(event), event) }],
  };
}

/** Whether an event is the first that is seen of a new hop. */
function beginsHop(request: Message, event: NetEvent): boolean {
  const elsewhere = withoutFragment(request.url) !== withoutFragment(event.url);
  // An announced redirect: Firefox tells the end of one that it refuses at the URL that it never asked.
  const announced = request.redirectUrl !== null;
  const active = event.kind === "before-request" || event.kind === "send-headers" || event.kind === "headers-received";
  return announced ? active : elsewhere;
}

function isUnclaimedPreflight(exchange: Exchange, event: NetEvent): boolean {
  if (event.method !== "OPTIONS" || exchange.hops.length !== 1 || exchange.hops[0].preflight !== null) return false;
  if (event.kind === "send-headers") return isPreflight(exchange.hops[0].request);
  // A preflight that dies before it is sent never shows what it is.
  return event.kind === "error" && exchange.hops[0].request.requestHeaders === null;
}

/** A request that shows itself to be a preflight: scripts can't set `Access-Control-Request-Method`. */
export function isPreflight({ method, requestHeaders }: Message): boolean {
  return method === "OPTIONS" && requestHeaders !== null && get("Access-Control-Request-Method", requestHeaders) !== null;
}

/** Gives an OPTIONS request to the exchange that it is the preflight of, the oldest that waits; without one it stays on its own. */
function claim(log: Log, index: number): Log {
  const orphan = log.exchanges[index];
  if (orphan === undefined) return log;
  const possible = log.exchanges.filter((candidate) => candidate !== orphan && awaits(log.engine, candidate, orphan));
  const fitting = possible.filter((candidate) => fits(orphan.hops[0].request, lastHop(candidate).request));
  const waiting = fitting.length > 0 ? fitting : possible;
  const owner = waiting[0];
  if (owner === undefined) return log;
  const claimed = withLastHop(owner, (hop) => ({ ...hop, preflight: orphan.hops[0].request }));
  const paired = replace(log, log.exchanges.indexOf(owner), claimed);
  return remove(waiting.length < 2 ? paired : markTwins(paired, waiting.map(({ id }) => id)), index);
}

function markTwins(log: Log, ids: readonly string[]): Log {
  const mark = (exchange: Exchange): Exchange => ({
    ...exchange,
    twins: [...new Set([...exchange.twins, ...ids.filter((id) => id !== exchange.id)])],
  });
  return { ...log, exchanges: log.exchanges.map((exchange) => (ids.includes(exchange.id) ? mark(exchange) : exchange)) };
}

/** Whether an exchange may be the one that a preflight is for: same URL, frame and origin, and not yet on its way. */
function awaits(engine: Engine, candidate: Exchange, orphan: Exchange): boolean {
  const { preflight, request } = lastHop(candidate);
  const options = orphan.hops[0].request;
  return (
    preflight === null &&
    request.response === null &&
    request.startedTime <= options.startedTime &&
    !(engine === "chromium" && request.requestHeaders !== null) &&
    candidate.tabId === orphan.tabId &&
    candidate.frameId === orphan.frameId &&
    candidate.origin === orphan.origin &&
    withoutFragment(request.url) === withoutFragment(options.url) &&
    asksFor(options, request) &&
    // Nothing ends before its preflight has begun.
    (request.end === null || (request.end.error !== null && options.end !== null && request.end.time >= options.startedTime))
  );
}

/** Whether a preflight asks for the method of a request. One that was never sent asks for nothing. */
function asksFor({ requestHeaders }: Message, { method }: Message): boolean {
  return requestHeaders === null || get("Access-Control-Request-Method", requestHeaders) === method;
}

/** Whether what a preflight asks for is what the request does, as far as the headers of both are known. */
function fits(options: Message, request: Message): boolean {
  if (request.requestHeaders === null) return asksFor(options, request);
  const sent = new Set(request.requestHeaders.map(({ name }) => name.toLowerCase()));
  return asksFor(options, request) && requestedHeaderNames(options).every((name) => sent.has(name));
}

/** The names in `Access-Control-Request-Headers`: lower case, as sent. */
export function requestedHeaderNames({ requestHeaders }: Message): string[] {
  return fieldLines("Access-Control-Request-Headers", requestHeaders ?? [])
    .flatMap((line) => line.split(","))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}

/** The event that says that the preflight of a request has been judged, and how. */
function verdictOnPreflight(engine: Engine, event: NetEvent): "passed" | "rejected" | null {
  if (event.kind === (engine === "chromium" ? "send-headers" : "headers-received")) return "passed";
  return event.kind === "error" && event.error === REJECTED[engine] ? "rejected" : null;
}

const REJECTED: Readonly<Record<Engine, string>> = { chromium: "net::ERR_FAILED", gecko: "NS_ERROR_DOM_BAD_URI" };

/**
 * A request that moves on has had its preflight answered. Of those that twins were given by order, the one that ended
 * first and fits is taken for its own, unless the order is better known.
 */
function settlePairing(log: Log, index: number, verdict: "passed" | "rejected"): Log {
  const exchange = log.exchanges[index];
  if (exchange === undefined || exchange.twins.length === 0) return log;
  const { preflight, request } = lastHop(exchange);
  const suits = (other: Message | null): boolean =>
    other !== null && other.end !== null && fits(other, request) && (verdict === "rejected" ? mayBeRejected(log.engine, other) : hasPassed(log.engine, other));
  const waiting = log.exchanges.flatMap((twin, at) => (exchange.twins.includes(twin.id) && !hasMoved(log.engine, twin) ? [at] : []));
  const at = (place: number): Message | null => (log.exchanges[place] === undefined ? null : lastHop(log.exchanges[place]).preflight);
  // Chromium begins preflights in the order of their requests, and says nothing better of those that it rejects.
  const keeps = log.engine === "chromium" && verdict === "rejected" && suits(preflight);
  const [best] = keeps ? [index] : [index, ...waiting].filter((place) => suits(at(place))).sort((a, b) => endTime(at(a)) - endTime(at(b)));
  // One that surely isn't its own goes to a twin that has none.
  const place = best ?? (preflight !== null && !fits(preflight, request) ? waiting.find((other) => at(other) === null) : undefined);
  return place === undefined || place === index ? log : swapPreflights(log, index, place);
}

function hasMoved(engine: Engine, twin: Exchange): boolean {
  const { request } = lastHop(twin);
  return request.end !== null || request.response !== null || (engine === "chromium" && request.requestHeaders !== null);
}

/** Firefox ends a preflight that it rejects with an error; Chromium completes it. */
function mayBeRejected(engine: Engine, { end }: Message): boolean {
  return engine === "chromium" || end?.error != null;
}

function hasPassed(engine: Engine, preflight: Message): boolean {
  return hasOkStatus(preflight) && !(engine === "gecko" && mayBeRejected(engine, preflight));
}

/** https://fetch.spec.whatwg.org/#ok-status */
function hasOkStatus({ response }: Message): boolean {
  return response !== null && response.status >= 200 && response.status <= 299;
}

function endTime(message: Message | null): number {
  return message?.end?.time ?? Infinity;
}

function swapPreflights(log: Log, a: number, b: number): Log {
  const [one, other] = [log.exchanges[a], log.exchanges[b]];
  if (one === undefined || other === undefined) return log;
  const given = (to: Exchange, from: Exchange): Exchange => withLastHop(to, (hop) => ({ ...hop, preflight: lastHop(from).preflight }));
  return replace(replace(log, a, given(one, other)), b, given(other, one));
}

/**
 * The header names for which a request needs a preflight, from the headers that it was sent with. Those that only the
 * browser sets are left out, and those that it adds by itself on reloads, revalidation or for media.
 */
export function unsafeHeaderNames({ requestHeaders }: Message): string[] {
  return corsUnsafeRequestHeaderNames(
    (requestHeaders ?? []).filter(({ name }) => !isForbiddenRequestHeaderName(name) && !ADDED_BY_BROWSERS.has(name.toLowerCase())),
  );
}

const ADDED_BY_BROWSERS = new Set([
  "alt-used",
  "cache-control",
  "if-modified-since",
  "if-none-match",
  "last-event-id",
  "ping-from",
  "ping-to",
  "pragma",
  "priority",
  "purpose",
  "range",
  "upgrade-insecure-requests",
  "user-agent",
  "x-client-data",
]);

function withLastHop(exchange: Exchange, change: (hop: Hop) => Hop): Exchange {
  const [first, ...others] = exchange.hops;
  const last = others.pop();
  return { ...exchange, hops: last === undefined ? [change(first)] : [first, ...others, change(last)] };
}

function replace(log: Log, index: number, exchange: Exchange): Log {
  return { ...log, exchanges: log.exchanges.with(index, exchange) };
}

function remove(log: Log, index: number): Log {
  return { ...log, exchanges: log.exchanges.toSpliced(index, 1) };
}

/** A URL as it goes over the wire. */
export function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? url;
}
