import { lastHop } from "./exchange.ts";
import { parsedUrl } from "./fetch/url.ts";
import { clausesOf, type Headline, isVariant, keyOf } from "./phrase-keys.ts";
import type { Lack } from "./har/source.ts";
import type { Cause, Elsewhere, Engine, Exchange, Failure, Notice, PageChange, Verdict } from "./model.ts";
import { isCorsSafelistedMethod } from "./fetch/safelist.ts";
import { preflightedRequest, requestOrigin } from "./request.ts";

/** Looks a message up in the reader's language: `browser.i18n.getMessage`, or the command line's own. */
export type Words = (key: string, params?: readonly string[]) => string;

/** A message to be worded: its key, and what stands for `$1`, `$2`, …, which may be a message itself. */
export interface Phrase {
  readonly key: string;
  readonly params: readonly (string | Phrase)[];
}

/** One failing check in words. */
export interface FailureWords {
  readonly failure: Failure;
  readonly title: Phrase;
  readonly sentence: Phrase;
  /** How a near miss differs. */
  readonly variant: Phrase | null;
}

/** A verdict in words. */
export interface Explanation {
  readonly title: Phrase;
  readonly sentence: Phrase;
  /** Every failing check; the first is the verdict, or what it would be where the outcome is not known. */
  readonly failing: readonly FailureWords[];
  readonly alternatives: readonly { readonly browserError: string; readonly condition: Phrase }[];
  readonly evidence: readonly Phrase[];
}

/** The text of a phrase. */
export function say(words: Words, { key, params }: Phrase): string {
  return words(key, params.map((param) => (typeof param === "string" ? param : say(words, param))));
}

/** Puts a verdict into message keys and parameters. */
export function explain(verdict: Verdict, exchange: Exchange): Explanation {
  const failing = verdict.failing.map((failure) => explainFailure(failure, exchange));
  return {
    ...headline(verdict, exchange, failing[0]),
    failing,
    alternatives: verdict.alternatives.map(({ browserError, condition }) => ({
      browserError,
      condition: phrase("condition", condition),
    })),
    evidence: verdict.evidence.map((evidence) => phrase("evidence", evidence)),
  };
}

/**
 * Puts one failing check into words. The parameters of `explain_<code>` are, in this order:
 * 1 the value sent (or `value_missing`), 2 a value that passes, 3 the subject (method or header name), 4 the server
 * (host and port), 5 the status, 6 the header's name, 7 the page's origin, 8 the message (`message_<phase>`),
 * 9 the browser's own name for the error. Those of `variant_<variant>` are 1 and 2.
 */
export function explainFailure(failure: Failure, exchange: Exchange): FailureWords {
  const { code, header, variant, subject, phase } = failure;
  const hop = exchange.hops[failure.hop] ?? exchange.hops[0];
  const message = phase === "preflight" ? hop.preflight : hop.request;
  const actual = header?.actual == null ? words("value_missing") : shortened(header.actual);
  const expected = shortened(header?.expected ?? "");
  return {
    failure,
    title: phrase("title", code),
    sentence: {
      key: keyOf("explain", code),
      params: [
        actual,
        expected,
        shortened(subject ?? ""),
        hostOf(hop.request.url),
        String(message?.response?.status ?? ""),
        header?.name ?? "",
        requestOrigin(exchange),
        phrase("message", phase),
        failure.browserError ?? "",
      ],
    },
    variant: isVariant(variant) ? { key: keyOf("variant", variant), params: [actual, expected] } : null,
  };
}

/** Why the server answered so: what it is called, and how it shows. */
export function explainCause({ code, params }: Cause): { readonly title: Phrase; readonly sentence: Phrase } {
  const clauses = clausesOf(code);
  const clause = (param: string, index: number): string | Phrase => {
    const key = clauses[index];
    return key === undefined || param === "" ? shortened(param) : { key, params: [shortened(param)] };
  };
  return { title: phrase("cause", code), sentence: { key: keyOf("why", code), params: params.map(clause) } };
}

/** What made the browser ask before it sent the request of a hop: null where no preflight was seen. */
export function explainPreflight(exchange: Exchange, hop: number, safelists: (name: string) => boolean): Phrase | null {
  if ((exchange.hops[hop] ?? exchange.hops[0]).preflight === null) return null;
  const { method, unsafeHeaderNames } = preflightedRequest(exchange, hop, "omit");
  const reasons = [...(isCorsSafelistedMethod(method) ? [] : [method]), ...unsafeHeaderNames.filter((name) => !safelists(name))];
  return reasons.length === 0 ? words("preflight_because_unseen") : { key: "preflight_because", params: [shortened(reasons.join(", "))] };
}

/** What works, but costs or surprises: what it is called, and what it means. */
export function explainNotice({ code, params }: Notice): { readonly title: Phrase; readonly sentence: Phrase } {
  return { title: phrase("notice", code), sentence: { key: keyOf("note", code), params: params.map(shortened) } };
}

/** What the page can do, in a sentence. */
export function explainPageChange({ code, params }: PageChange): Phrase {
  return { key: keyOf("page", code), params: params.map(shortened) };
}

/** What to do where it is no matter of CORS. */
export function explainElsewhere({ code, params }: Elsewhere): Phrase {
  return { key: keyOf("elsewhere", code), params: params.map(shortened) };
}

/** What a file doesn't tell of a request. */
export function explainLack(lack: Lack): Phrase {
  return phrase("lack", lack);
}

/** What the engine that this is not would say. */
export function explainOtherEngine({ otherEngine: { outcome, browserError } }: Verdict, engine: Engine): Phrase {
  const other = phrase("engine", engine === "chromium" ? "gecko" : "chromium");
  if (outcome === "blocked" && browserError !== null) return { key: "other_blocked_as", params: [other, browserError] };
  return { key: keyOf("other", outcome), params: [other] };
}

function headline(
  verdict: Verdict,
  exchange: Exchange,
  first: FailureWords | undefined,
): Pick<Explanation, "title" | "sentence"> {
  if (verdict.outcome === "blocked" && first) return { title: first.title, sentence: first.sentence };
  const name = verdict.outcome === "unknown" && verdict.code !== null ? verdict.code : headlineOf(verdict, exchange);
  const error = lastHop(exchange).request.end?.error ?? "";
  const params = [hostOf(lastHop(exchange).request.url), error];
  return { title: phrase("title", name), sentence: { key: keyOf("explain", name), params } };
}

function headlineOf({ outcome, evidence, failing }: Verdict, exchange: Exchange): Headline {
  if (outcome === "allowed") return evidence.includes("not-cors-mode") ? "not-cors" : "allowed";
  if (evidence.includes("pending")) return "pending";
  if (failing.length > 0) return "maybe-blocked";
  if (evidence.includes("events-missing")) return "events-missing";
  return lastHop(exchange).request.end?.error == null ? "outcome-unseen" : "failed-unexplained";
}

function phrase(group: string, code: string): Phrase {
  return words(keyOf(group, code));
}

function words(key: string): Phrase {
  return { key, params: [] };
}

/** A value may be of any length; in a sentence its beginning has to do. */
function shortened(value: string): string {
  return value.length > LONGEST_IN_A_SENTENCE ? `${value.slice(0, LONGEST_IN_A_SENTENCE)}…` : value;
}

const LONGEST_IN_A_SENTENCE = 120;

function hostOf(url: string): string {
  const parsed = parsedUrl(url);
  return parsed === null || parsed.origin === "null" ? shortened(url) : parsed.host;
}
