import { diagnose, RECENT } from "../diagnose.ts";
import { explain, explainCause, explainNotice, say, type Words } from "../explain.ts";
import { get } from "../fetch/headers.ts";
import { judge } from "../judge.ts";
import type { Call, Cause, CauseCode, Engine, Exchange, HeaderFault, Message, Notice, NoticeCode, Outcome, Remedy, Verdict } from "../model.ts";
import { notices } from "../notices.ts";
import { remedy } from "../remedy.ts";
import { callSiteOf, isCrossOrigin } from "../request.ts";
import { redacted, redactedUrl } from "./redact.ts";

/** `_cors` of the entries that carry no verdict: the other messages of an exchange. */
export interface CorsLink {
  /** The same for all messages of an exchange. */
  readonly pair: string;
  readonly role: "preflight" | "redirect" | "main";
}

/** `_cors` of the main request: the verdict over the whole exchange. */
export interface CorsVerdict extends CorsLink {
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly phase: Verdict["phase"];
  readonly browserError: string | null;
  readonly alternatives: readonly string[];
  readonly header: HeaderFault | null;
  readonly failing: Verdict["failing"];
  readonly otherEngine: Verdict["otherEngine"];
  readonly evidence: readonly string[];
  readonly credentials: Verdict["credentials"];
  /** Where in the page's code, as `url:line:column`: where DevTools or precise mode tell. */
  readonly callSite: string | null;
  /** How the page asked, in precise mode; null when it was not heard. */
  readonly call: Omit<Call, "url" | "method" | "time" | "violatesPolicy" | "callSite"> | null;
  readonly causes: readonly { readonly code: CauseCode; readonly evidence: string }[];
  /** What works, but costs or surprises. */
  readonly notices: readonly { readonly code: NoticeCode; readonly evidence: string }[];
  readonly remedy: Remedy | null;
}

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
  readonly _initiator?: { readonly type: "preflight"; readonly requestId: string };
  readonly _cors: CorsLink | CorsVerdict;
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

/**
 * A report of exchanges: every message an entry, the verdict on the main request's.
 * Secrets are left out; bodies were never seen.
 * @param words texts in the reader's language
 * @param version the extension's
 */
export function toHar(exchanges: readonly Exchange[], engine: Engine, words: Words, version: string): Har {
  const crossOrigin = exchanges.filter(isCrossOrigin);
  const drafts = crossOrigin.flatMap((exchange, index) => draftsOf(exchange, crossOrigin.slice(Math.max(0, index - RECENT), index), engine, words)).sort((a, b) => a.time - b.time);
  const started = drafts[0]?.time ?? 0;
  const indexes = new Map(drafts.map(({ message }, index) => [message, index]));
  return {
    log: {
      version: "1.2",
      creator: { name: "CORS Explainer", version },
      pages: [{ id: "page_1", startedDateTime: iso(started), title: words("extensionName"), pageTimings: {} }],
      entries: drafts.map((draft) => harEntry(draft, indexes)),
    },
  };
}

interface Draft {
  readonly message: Message;
  readonly time: number;
  readonly type: string;
  readonly comment: string;
  readonly cors: CorsLink | CorsVerdict;
  /** The request that a preflight is for. */
  readonly main: Message | null;
}

function draftsOf(exchange: Exchange, earlier: readonly Exchange[], engine: Engine, words: Words): Draft[] {
  const verdict = withRedactedUrls(judge(exchange, engine));
  const causes = diagnose(exchange, verdict, earlier);
  const worthKnowing = notices(exchange, verdict, engine);
  const last = exchange.hops.length - 1;
  return exchange.hops.flatMap(({ preflight, request }, index) => {
    const draft = (message: Message, role: CorsLink["role"], main: Message | null): Draft => ({
      message,
      time: message.startedTime,
      type: role === "preflight" ? "preflight" : exchange.type,
      // Who looks for the fault looks at the message that has it.
      comment: role === "main" || (role === "preflight" && verdict.phase === "preflight" && verdict.hop === index) ? say(words, explain(verdict, exchange).sentence) : "",
      cors: role === "main" ? verdictOf(verdict, causes, worthKnowing, exchange, words) : { pair: exchange.id, role },
      main,
    });
    return [
      ...(preflight === null ? [] : [draft(preflight, "preflight", request)]),
      draft(request, index === last ? "main" : "redirect", null),
    ];
  });
}

function verdictOf(verdict: Verdict, causes: readonly Cause[], worthKnowing: readonly Notice[], exchange: Exchange, words: Words): CorsVerdict {
  const { alternatives, evidence } = explain(verdict, exchange);
  return {
    pair: exchange.id,
    role: "main",
    outcome: verdict.outcome,
    code: verdict.code,
    phase: verdict.phase,
    browserError: verdict.browserError,
    alternatives: alternatives.map(({ browserError, condition }) => `${browserError} ${say(words, condition)}`),
    header: verdict.header,
    failing: verdict.failing,
    otherEngine: verdict.otherEngine,
    evidence: evidence.map((phrase) => say(words, phrase)),
    credentials: verdict.credentials,
    call: callOf(exchange),
    callSite: redactedCallSite(exchange),
    causes: causes.map((cause) => ({ code: cause.code, evidence: say(words, explainCause(cause).sentence) })),
    notices: worthKnowing.map((notice) => ({ code: notice.code, evidence: say(words, explainNotice(notice).sentence) })),
    remedy: remedy(exchange, verdict),
  };
}

function redactedCallSite(exchange: Exchange): string | null {
  const site = callSiteOf(exchange);
  return site === null ? null : redactedUrl(site);
}

function callOf({ call }: Exchange): CorsVerdict["call"] {
  if (call === null) return null;
  const { api, mode, credentials, redirect } = call;
  return { api, mode, credentials, redirect };
}

/** `Location` may hold the user info that it is blamed for. */
function withRedactedUrls(verdict: Verdict): Verdict {
  return {
    ...verdict,
    header: cleaned(verdict.header),
    failing: verdict.failing.map((failure) => ({ ...failure, header: cleaned(failure.header) })),
  };
}

function cleaned(header: HeaderFault | null): HeaderFault | null {
  if (header?.actual == null || header.name !== "Location") return header;
  // A field sent twice is one value here.
  return { ...header, actual: header.actual.split(", ").map(redactedUrl).join(", "), expected: redactedUrl(header.expected) };
}

function harEntry({ message, type, comment, cors, main }: Draft, indexes: ReadonlyMap<Message, number>): HarEntry {
  const { response, end } = message;
  const ended = end?.time ?? response?.time ?? message.startedTime;
  const headersTime = response?.time ?? ended;
  const url = redactedUrl(message.url);
  return {
    pageref: "page_1",
    startedDateTime: iso(message.startedTime),
    time: Math.max(0, ended - message.startedTime),
    request: {
      method: message.method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: redacted(message.requestHeaders ?? []),
      queryString: URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [],
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.statusText ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: redacted(response?.headers ?? []),
      content: { size: 0, mimeType: get("Content-Type", response?.headers ?? []) ?? "" },
      redirectURL: get("Location", redacted(response?.headers ?? [])) ?? "",
      headersSize: -1,
      bodySize: -1,
      ...(end?.error == null ? {} : { _error: end.error }),
    },
    cache: {},
    timings: {
      send: 0,
      wait: Math.max(0, headersTime - message.startedTime),
      receive: Math.max(0, ended - headersTime),
    },
    comment,
    _resourceType: type,
    // Chrome's importer names requests by their place in the file: this links the two rows again.
    ...(main === null ? {} : { _initiator: { type: "preflight", requestId: `har-${indexes.get(main) ?? 0}` } }),
    _cors: cors,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
