import { ENGINES } from "./engines/engines.ts";
import { type PreflightSource, preflightSource } from "./preflight-source.ts";
import type { Engine, Exchange, Failure, Header, Message, Phase, ResponseHead, Verdict } from "./model.ts";

/** One request with its response as the detail view shows it. */
export interface Station {
  /** Stable within an exchange. */
  readonly key: string;
  readonly kind: "preflight" | "request" | "redirected";
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly FieldLine[] | null;
  readonly response: ResponseHead | null;
  readonly responseHeaders: readonly FieldLine[];
  readonly redirectUrl: string | null;
  readonly ended: boolean;
  /** The browser's net error that it ended with, or null. */
  readonly error: string | null;
  readonly fromCache: boolean;
  /** The checks of this message that fail, in order. */
  readonly failing: readonly Failure[];
  /** The status code is at fault. */
  readonly statusAtFault: boolean;
  /** Why there is nothing to show of it, or null. */
  readonly absent: "not-sent" | "preflight-unseen" | null;
  /** Of an unseen preflight: the earlier one that the browser's cache had kept, where it was watched. */
  readonly source: PreflightSource | null;
}

/** A header as it was, or as it is lacking (`value` null), and whether a check fails on it. */
export interface FieldLine {
  readonly name: string;
  readonly value: string | null;
  readonly atFault: boolean;
}

/**
 * The preflights, redirects and requests of an exchange, in the order in which they happened.
 * @param earlier what began before it in the same log
 */
export function stations(exchange: Exchange, verdict: Verdict, engine: Engine, earlier: readonly Exchange[]): Station[] {
  return exchange.hops.flatMap((hop, index) => {
    const at = (phases: readonly Phase[]): Failure[] =>
      verdict.failing.filter((failure) => failure.hop === index && phases.includes(failure.phase));
    const preflight = at(["preflight"]);
    const stopped = verdict.outcome === "blocked" && preflight.length > 0;
    return [
      ...(hop.preflight !== null ? [station(hop.preflight, index, "preflight", preflight, null)] : []),
      ...(verdict.unseenPreflights.includes(index) ? [unseenPreflight(hop.request, index, preflightSource(exchange, index, earlier, ENGINES[engine]))] : []),
      station(hop.request, index, index === 0 ? "request" : "redirected", at(["request", "redirect", "response"]), stopped ? "not-sent" : null),
    ];
  });
}

function station(
  message: Message,
  hop: number,
  kind: Station["kind"],
  failing: readonly Failure[],
  absent: Station["absent"],
): Station {
  const faults = (phases: readonly Phase[]): string[] =>
    failing.flatMap(({ header }) => (header !== null && phases.includes(header.on) ? [header.name] : []));
  const onResponse = faults(["preflight", "redirect", "response"]);
  return {
    key: `${hop}-${kind}`,
    kind,
    method: message.method,
    url: message.url,
    requestHeaders: absent === null && message.requestHeaders !== null ? fieldLines(message.requestHeaders, faults(["request"])) : null,
    response: message.response,
    responseHeaders: message.response === null ? [] : fieldLines(message.response.headers, onResponse),
    redirectUrl: message.redirectUrl,
    ended: message.end !== null,
    error: absent === null ? (message.end?.error ?? null) : null,
    fromCache: message.end?.fromCache === true,
    failing,
    statusAtFault: onResponse.includes(":status"),
    absent,
    source: null,
  };
}

function unseenPreflight({ url }: Message, hop: number, source: PreflightSource | null): Station {
  return {
    key: `${hop}-preflight`,
    kind: "preflight",
    method: "OPTIONS",
    url,
    requestHeaders: null,
    response: null,
    responseHeaders: [],
    redirectUrl: null,
    ended: false,
    error: null,
    fromCache: false,
    failing: [],
    statusAtFault: false,
    absent: "preflight-unseen",
    source,
  };
}

/** The headers in the order in which they came, those at fault marked, and those lacking after them. */
function fieldLines(headers: readonly Header[], faults: readonly string[]): FieldLine[] {
  const isAt = (name: string, list: readonly string[]): boolean =>
    list.some((other) => other.toLowerCase() === name.toLowerCase());
  const present = headers.map(({ name }) => name);
  const lacking = [...new Set(faults)].filter((name) => name !== ":status" && !isAt(name, present));
  return [
    ...headers.map(({ name, value }) => ({ name, value, atFault: isAt(name, faults) })),
    ...lacking.map((name) => ({ name, value: null, atFault: true })),
  ];
}
