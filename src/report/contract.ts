import { diagnose } from "../diagnose.ts";
import { explain, explainCause, explainNotice, say, type Words } from "../explain.ts";
import { judge } from "../judge.ts";
import type { Call, CauseCode, End, Engine, Exchange, HeaderFault, Message, NoticeCode, Outcome, Remedy, ResponseHead, Verdict } from "../model.ts";
import { notices } from "../notices.ts";
import { remedy } from "../remedy.ts";
import { callSiteOf } from "../request.ts";

/** The version of `_cors`: schema/cors-1.schema.json. Another one for every change that a reader could stumble over. */
export const CONTRACT_VERSION = 1;

/** `_cors` of every entry: which exchange it belongs to, and what HAR has no field for. */
export interface CorsLink {
  readonly version: typeof CONTRACT_VERSION;
  /** The same for all messages of an exchange. */
  readonly pair: string;
  readonly role: "preflight" | "redirect" | "main";
  /** What the browser told of this message. */
  readonly message: SeenMessage;
}

/** What a message has beyond an entry of HAR. */
export interface SeenMessage extends Pick<Message, "requestId" | "startedTime" | "responseStarted" | "redirectUrl"> {
  /** Its headers went out, or were about to: see `Message.requestHeaders`. */
  readonly sent: boolean;
  readonly response: Pick<ResponseHead, "time" | "linesKnown"> | null;
  readonly end: End | null;
}

/** `_cors` of the main request: the verdict over the whole exchange. */
export interface CorsVerdict extends CorsLink {
  readonly engine: Engine;
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
  /** It was made while fixes were on trial in the tab: these response headers are not all the server's. */
  readonly onTrial: boolean;
  /** What the verdict rests on, beside the messages: with them it can be judged again. */
  readonly exchange: Omit<Exchange, "id" | "hops">;
}

/** What an entry may have as `_cors`. */
export type Cors = CorsLink | CorsVerdict;

/** The judgement of an exchange, as reports and the command line give it. */
export type Judgement = Omit<CorsVerdict, keyof CorsLink>;

/**
 * Judges an exchange and puts it into words.
 * @param earlier what began before it in the same log
 * @param words texts in the reader's language
 */
export function judgement(exchange: Exchange, earlier: readonly Exchange[], engine: Engine, words: Words, verdict = judge(exchange, engine)): Judgement {
  const { alternatives, evidence } = explain(verdict, exchange);
  const { id, hops, ...rest } = exchange;
  return {
    engine,
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
    callSite: callSiteOf(exchange),
    causes: diagnose(exchange, verdict, earlier).map((cause) => ({ code: cause.code, evidence: say(words, explainCause(cause).sentence) })),
    notices: notices(exchange, verdict, engine).map((notice) => ({ code: notice.code, evidence: say(words, explainNotice(notice).sentence) })),
    remedy: remedy(exchange, verdict, engine),
    onTrial: exchange.trials.length > 0,
    exchange: rest,
  };
}

/** What HAR has no field for. */
export function seenMessage({ requestId, startedTime, requestHeaders, response, responseStarted, redirectUrl, end }: Message): SeenMessage {
  return {
    requestId,
    startedTime,
    sent: requestHeaders !== null,
    response: response === null ? null : { time: response.time, linesKnown: response.linesKnown },
    responseStarted,
    redirectUrl,
    end,
  };
}

function callOf({ call }: Exchange): CorsVerdict["call"] {
  if (call === null) return null;
  const { api, mode, credentials, redirect } = call;
  return { api, mode, credentials, redirect };
}
