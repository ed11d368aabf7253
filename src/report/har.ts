import { RECENT } from "../diagnose.ts";
import { explain, say, type Words } from "../explain.ts";
import { get } from "../fetch/headers.ts";
import { parsedUrl } from "../fetch/url.ts";
import type { Source } from "../har/source.ts";
import { judge } from "../judge.ts";
import type { Engine, Exchange, Message } from "../model.ts";
import { callSiteOf, isCrossOrigin, requestOrigin } from "../request.ts";
import { CONTRACT_VERSION, type Cors, type CorsLink, judgement, seenMessage } from "./contract.ts";
import { type NetworkDetails, type NetworkLog, networkLog } from "./network.ts";
import { redactedExchange } from "./redact.ts";

/** An entry of HAR 1.2 with what we add. */
export interface HarEntry {
  readonly pageref: string;
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: object;
  readonly response: object;
  readonly cache: object;
  readonly timings: object;
  readonly comment: string;
  readonly _resourceType: string;
  readonly _initiator?: object;
  readonly _cors: Cors;
}

/** HAR 1.2: http://www.softwareishard.com/blog/har-12-spec/ */
export interface Har {
  readonly log: {
    readonly version: "1.2";
    readonly creator: { readonly name: string; readonly version: string };
    readonly pages: readonly object[];
    readonly entries: readonly HarEntry[];
  };
}

/** How a report is written. */
export interface ReportOptions {
  /** Texts in the reader's language. */
  readonly words: Words;
  /** The extension's. */
  readonly version: string;
  /** With cookies, tokens and all else that redact.ts would take out. */
  readonly sensitive: boolean;
  /** What `devtools.network.getHAR` gives, where there is DevTools: times, addresses and stacks come from there. */
  readonly network?: readonly unknown[];
  /** Who recorded the file that they are of: people are told what it lacks. */
  readonly source?: Source | null;
}

/** The name under which we write files. */
export const CREATOR = "CORS Explainer";

/** A report of exchanges: every message an entry, the verdict on the main request's. Bodies were never seen. */
export function toHar(exchanges: readonly Exchange[], engine: Engine, { words, version, sensitive, network = [] }: ReportOptions): Har {
  const crossOrigin = exchanges.filter(isCrossOrigin);
  const details = detailsOf(crossOrigin, networkLog(network, sensitive));
  const reported = crossOrigin.map((exchange) => (sensitive ? exchange : redactedExchange(exchange)));
  const drafts = reported.flatMap((exchange, index) => draftsOf(exchange, reported.slice(Math.max(0, index - RECENT), index), engine, words)).sort((a, b) => a.message.startedTime - b.message.startedTime);
  const started = drafts[0]?.message.startedTime ?? 0;
  const indexes = new Map(drafts.map(({ message }, index) => [message, index]));
  return {
    log: {
      version: "1.2",
      creator: { name: CREATOR, version },
      pages: [{ id: "page_1", startedDateTime: iso(started), title: reported[0] === undefined ? words("extensionName") : requestOrigin(reported[0]), pageTimings: {} }],
      entries: drafts.map((draft) => harEntry(draft, indexes, details.get(keyOf(draft.message)) ?? null)),
    },
  };
}

/** By message: redaction makes others of them. */
function detailsOf(exchanges: readonly Exchange[], network: NetworkLog): ReadonlyMap<string, NetworkDetails> {
  const messages = exchanges.flatMap(({ hops }) => hops.flatMap(({ preflight, request }) => [request, ...(preflight === null ? [] : [preflight])]));
  return new Map(messages.flatMap((message) => {
    const found = network(message);
    return found === null ? [] : [[keyOf(message), found]];
  }));
}

/** Hops of one exchange share their id. */
function keyOf({ requestId, startedTime }: Message): string {
  return `${requestId} ${startedTime}`;
}

interface Draft {
  readonly message: Message;
  readonly type: string;
  /** Of the main request and its redirects, where it is known. */
  readonly callSite: string | null;
  readonly comment: string;
  readonly cors: Cors;
  /** The request that a preflight is for. */
  readonly main: Message | null;
}

function draftsOf(exchange: Exchange, earlier: readonly Exchange[], engine: Engine, words: Words): Draft[] {
  const verdict = judge(exchange, engine);
  const sentence = say(words, explain(verdict, exchange).sentence);
  const onTrial = exchange.trials.length > 0 ? [words("trial_made_under")] : [];
  const last = exchange.hops.length - 1;
  return exchange.hops.flatMap(({ preflight, request }, index) => {
    const draft = (message: Message, role: CorsLink["role"], main: Message | null): Draft => {
      const link: CorsLink = { version: CONTRACT_VERSION, pair: exchange.id, role, message: seenMessage(message) };
      // Who looks for the fault looks at the message that has it.
      const explained = role === "main" || (role === "preflight" && verdict.phase === "preflight" && verdict.hop === index);
      return {
        message,
        type: role === "preflight" ? "preflight" : resourceType(exchange),
        callSite: role === "preflight" ? null : callSiteOf(exchange),
        comment: [...onTrial, ...(explained ? [sentence] : [])].join(" "),
        cors: role === "main" ? { ...link, ...judgement(exchange, earlier, engine, words, verdict) } : link,
        main,
      };
    };
    return [
      ...(preflight === null ? [] : [draft(preflight, "preflight", request)]),
      draft(request, index === last ? "main" : "redirect", null),
    ];
  });
}

/** As Chrome's importer knows them. */
function resourceType({ type, call }: Exchange): string {
  if (type !== "xmlhttprequest") return type;
  return call?.api === "xhr" ? "xhr" : call?.api === "event-source" ? "eventsource" : "fetch";
}

/** A place in the page's code as Chrome's importer reads it: it counts from 0. */
function initiatorOf(callSite: string | null): object | null {
  const [, url, line, column] = /^(.*):(\d+):(\d+)$/.exec(callSite ?? "") ?? [];
  return url === undefined ? null : { type: "script", url, lineNumber: Number(line) - 1, columnNumber: Number(column) - 1 };
}

/** To the microsecond: browsers tell no more. */
function rounded(milliseconds: number): number {
  return Math.round(Math.max(0, milliseconds) * 1000) / 1000;
}

function harEntry({ message, type, callSite, comment, cors, main }: Draft, indexes: ReadonlyMap<Message, number>, details: NetworkDetails | null): HarEntry {
  const { url, response, end } = message;
  const ended = end?.time ?? response?.time ?? message.startedTime;
  const headersTime = response?.time ?? ended;
  const initiator = details?.initiator ?? initiatorOf(callSite);
  const httpVersion = details?.httpVersion ?? "HTTP/1.1";
  return {
    pageref: "page_1",
    startedDateTime: iso(message.startedTime),
    time: rounded(ended - message.startedTime),
    request: {
      method: message.method,
      url,
      httpVersion,
      cookies: [],
      headers: message.requestHeaders ?? [],
      queryString: [...(parsedUrl(url)?.searchParams ?? [])].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.statusText ?? "",
      httpVersion,
      cookies: [],
      headers: response?.headers ?? [],
      content: { size: 0, mimeType: get("Content-Type", response?.headers ?? []) ?? "" },
      redirectURL: get("Location", response?.headers ?? []) ?? "",
      headersSize: -1,
      bodySize: -1,
      ...(end?.error == null ? {} : { _error: end.error }),
    },
    cache: {},
    timings: details?.timings ?? {
      send: 0,
      wait: rounded(headersTime - message.startedTime),
      receive: rounded(ended - headersTime),
    },
    ...(details?.serverIPAddress == null ? {} : { serverIPAddress: details.serverIPAddress }),
    comment,
    _resourceType: type,
    // Chrome's importer names requests by their place in the file: this links the two rows again.
    ...(main === null ? (initiator === null ? {} : { _initiator: initiator }) : { _initiator: { type: "preflight", requestId: `har-${indexes.get(main) ?? 0}` } }),
    _cors: cors,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
