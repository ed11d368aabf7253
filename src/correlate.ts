import { isEnded, lastHop, withInFlight, withLastHop, withoutFragment } from "./exchange.ts";
import { append, placeOf, remove, replace } from "./exchange-list.ts";
import type { Engine, Exchange, Log, Message, NetEvent } from "./model.ts";
import { claim, claimPassed, isUnclaimedPreflight, settlePairing, verdictOnPreflight } from "./pairing.ts";

/** A log in which nothing has happened. */
export function emptyLog(engine: Engine): Log {
  return { engine, exchanges: [], begun: 0, dropped: 0, cleared: [], clearedTime: 0, heardTime: 0, gap: null };
}

/**
 * Takes one webRequest event into the log: pairs preflights with their requests, follows redirects.
 * Events of one request have to come in the browser's order; those of different requests may interleave.
 * @returns a new log that shares all unchanged exchanges with the old one, which is left as it was
 */
export function step(log: Log, event: NetEvent): Log {
  return { ...take(log, event), heardTime: event.time };
}

function take(log: Log, event: NetEvent): Log {
  if (log.cleared.includes(event.requestId)) return withoutCleared(log, event);
  const found = placeOf(log, event.requestId);
  if (found === null) return begin(log, event);
  const { index, exchange, part } = found;
  if (part === "preflight") {
    return replace(log, index, withLastHop(exchange, (hop) => ({ ...hop, preflight: advance(hop.preflight ?? newMessage(event), event) })));
  }
  if (event.kind === "error" && event.error === CACHE_PROBE) return remove(log, index);
  const next = advanceRequest(exchange, event);
  const advanced = replace(log, index, next);
  const verdict = verdictOnPreflight(log.engine, event);
  const settled = verdict === null ? advanced : settlePairing(advanced, index, verdict);
  if (isUnclaimedPreflight(next, event)) return claim(settled, index);
  return verdict === "passed" ? claimPassed(settled, index) : settled;
}

/**
 * Marks what was in flight while events may have been lost, so that a gap is never taken for evidence.
 * Called when a log is read back by a worker that has just started.
 * @param time now, in milliseconds since the epoch
 */
export function resume(log: Log, time: number): Log {
  const unrepaired = log.gap !== null && time - log.gap.to <= REPAIRED_AFTER_MILLISECONDS;
  // What the clock said before it was set back says nothing.
  const sinceThen = (then: number): number => (then <= time ? then : 0);
  const gap = { from: unrepaired ? log.gap.from : sinceThen(log.heardTime), to: time };
  return { ...log, clearedTime: sinceThen(log.clearedTime), gap, exchanges: log.exchanges.map((exchange) => (isEnded(exchange) ? exchange : { ...exchange, interrupted: true })) };
}

/**
 * Forgets all exchanges; what is in flight isn't taken up again by its later events.
 * @param time now, in milliseconds since the epoch
 */
export function cleared(log: Log, time: number): Log {
  return { ...log, exchanges: [], dropped: 0, cleared: withInFlight(log.cleared, log.exchanges), clearedTime: time };
}

/** Until then DevTools have told what was lost. */
const REPAIRED_AFTER_MILLISECONDS = 45_000;

function withoutCleared(log: Log, { kind, requestId }: NetEvent): Log {
  const ends = kind === "completed" || kind === "error";
  return ends ? { ...log, cleared: log.cleared.filter((id) => id !== requestId) } : log;
}

/** Chromium asks its cache for a font first, as a request of its own; what follows over the network has another id. */
const CACHE_PROBE = "net::ERR_CACHE_MISS";

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
    trials: [],
    interrupted: event.kind !== "before-request",
    seenBy: "browser",
  };
  const begun: Log = { ...append(log, exchange), begun: log.begun + 1 };
  return event.kind === "before-request" ? begun : take(begun, event);
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
