import { fieldLines } from "./fetch/headers.ts";
import type { Exchange, Header, Log, Message } from "./model.ts";
import type { AnsweredRequest } from "./protocol.ts";
import { isSameRequest } from "./same-request.ts";

const ALLOW_ORIGIN = "Access-Control-Allow-Origin";

/**
 * Whether it matters how a response's fields were divided into lines: Firefox joins them for webRequest, and leaves out
 * empty ones, but counts the lines of `Access-Control-Allow-Origin` before it compares. DevTools have them as they came.
 */
export function hasDoubtfulLines(headers: readonly Header[]): boolean {
  const lines = fieldLines(ALLOW_ORIGIN, headers);
  return lines.length > 1 || lines.some((line) => line.includes(","));
}

/** Gives responses the header lines that DevTools saw. Nothing links the two but URL, method, status and time. */
export function withFieldLines(log: Log, answered: readonly AnsweredRequest[]): Log {
  if (log.engine !== "gecko") return log;
  const open = answered.toSorted((a, b) => a.startedTime - b.startedTime);
  let changed = false;
  const told = (message: Message): Message => {
    const { response } = message;
    if (response === null || response.linesKnown) return message;
    const index = open.findIndex((each) => isSameRequest(each, message) && each.status === response.status);
    const [found] = index === -1 ? [] : open.splice(index, 1);
    if (found === undefined) return message;
    changed = true;
    return { ...message, response: { ...response, headers: found.responseHeaders, linesKnown: true } };
  };
  const exchanges = log.exchanges.map((exchange): Exchange => {
    // DevTools have the server's lines, the page has those of the trial.
    if (open.length === 0 || exchange.trials.length > 0) return exchange;
    const [first, ...others] = exchange.hops.map((hop) => {
      const preflight = hop.preflight === null ? null : told(hop.preflight);
      const request = told(hop.request);
      return preflight === hop.preflight && request === hop.request ? hop : { preflight, request };
    });
    const same = [first, ...others].every((hop, index) => hop === exchange.hops[index]);
    return same || first === undefined ? exchange : { ...exchange, hops: [first, ...others] };
  });
  return changed ? { ...log, exchanges } : log;
}
