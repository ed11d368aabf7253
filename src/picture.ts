import { compare, type Relation } from "./difference.ts";
import { explain, explainFailure, type Phrase } from "./explain.ts";
import { originOf } from "./fetch/redirect.ts";
import { type Station, stations } from "./messages.ts";
import type { Engine, Exchange, Failure, Verdict } from "./model.ts";
import { labelText } from "./picture-text.ts";
import { requestOrigin } from "./request.ts";

/** One who takes part in an exchange. */
export interface Lane {
  readonly kind: "page" | "service-worker" | "browser" | "server";
  /** The host, or the origin where two lanes have the same host; of the browser, its name. */
  readonly name: string;
  /** All of the origin, as far as a label may have it. */
  readonly origin: string;
}

/** What a line of a label is: said by the way, at fault, or what had to be. */
export type Tone = "plain" | "quiet" | "fault" | "wanted";

/** A line of a label: data from the network as it was, or words. */
export interface LabelLine {
  readonly text: string | Phrase;
  readonly tone: Tone;
}

/** One step of an exchange, from one lane to another, or within the browser. */
export interface Step {
  /** The key of its station (`stations` in messages.ts). */
  readonly key: string;
  /** Indexes of lanes. */
  readonly from: number;
  readonly to: number;
  /** `cached`: the browser's preflight cache answers; `stop`: where the browser goes no further; the last two: what the page gets. */
  readonly kind: "request" | "answer" | "cached" | "stop" | "delivered" | "withheld";
  /** A failing request got no answer; an unseen step may have been, or may come to be. */
  readonly state: "passed" | "failing" | "never-sent" | "unseen";
  readonly label: readonly LabelLine[];
}

/** An exchange as a sequence diagram: who took part, and what went between them, in the order of time. */
export interface Picture {
  /** The page, the browser, and the servers in the order in which they appear. */
  readonly lanes: readonly Lane[];
  readonly steps: readonly Step[];
  /** A fix was on trial: the answers are as the trial changed them. */
  readonly trial: boolean;
}

const PAGE = 0;
const BROWSER = 1;

/**
 * Draws up the picture of an exchange.
 * @param earlier what began before it in the same log
 */
export function picture(exchange: Exchange, verdict: Verdict, engine: Engine, earlier: readonly Exchange[]): Picture {
  const all = stations(exchange, verdict, engine, earlier);
  const origins = [...new Set(all.map(({ url }) => laneOrigin(url)))];
  const certain = verdict.outcome === "blocked";
  const failing = all.findIndex((station) => station.failing.length > 0);
  const stopsAt = certain && failing === -1 ? all.length - 1 : failing;
  const between = all.flatMap((station, index): Step[] => {
    const place = { ...station, server: BROWSER + 1 + origins.indexOf(laneOrigin(station.url)), waits: isAwaited(all[index - 1]) };
    const failures = station.failing.length > 0 ? station.failing : verdict.failing;
    if (index === stopsAt) return stopping(place, failures, exchange, certain);
    return certain && index > stopsAt ? [neverSent(place)] : passing(place);
  });
  return {
    lanes: [...requester(exchange, engine), ...servers(origins)],
    steps: [called(exchange, all), ...between, ...ending(all.at(-1), exchange, verdict)],
    trial: exchange.trials.length > 0,
  };
}

/** Which sentence tells a step in words: its parameters are where it begins, where it ends, and its label. */
export function sentenceKey({ kind, state }: Step): string {
  if (kind === "cached") return "picture_within";
  if (kind === "stop") return state === "failing" ? "picture_stopped" : "picture_may_stop";
  if (state === "unseen") return "picture_unseen";
  return kind === "request" && state === "failing" ? "picture_unanswered" : "picture_sent";
}

interface Place extends Station {
  /** The index of its server's lane. */
  readonly server: number;
  /** Its preflight has no answer yet. */
  readonly waits: boolean;
}

/** A station at which nothing stopped, as far as is known. */
function passing(place: Place): Step[] {
  const { key, absent, source, response, ended, error, requestHeaders, waits } = place;
  if (absent === "not-sent") return [neverSent(place)];
  if (absent === "preflight-unseen") {
    const text = words(source === null ? "picture_preflight_unseen" : "picture_preflight_cached");
    return [{ key, from: BROWSER, to: BROWSER, kind: "cached", state: source === null ? "unseen" : "passed", label: [{ text, tone: "quiet" }] }];
  }
  if (response !== null) return [asked(place, "passed"), answered(place, "passed")];
  if (ended || error !== null || requestHeaders === null || waits) return [asked(place, "unseen")];
  return [asked(place, "passed"), { key, from: place.server, to: BROWSER, kind: "answer", state: "unseen", label: [{ text: words("station_pending"), tone: "quiet" }] }];
}

/** The station at which the browser stopped, or would have. */
function stopping(place: Place, failures: readonly Failure[], exchange: Exchange, certain: boolean): Step[] {
  const stop: Step = {
    key: place.key,
    from: BROWSER,
    to: BROWSER,
    kind: "stop",
    state: certain ? "failing" : "unseen",
    label: stopLabel(failures, exchange, certain),
  };
  if (place.absent !== null || !certain) return [...passing(place), stop];
  if (place.response !== null) return [asked(place, "passed"), answered(place, "failing"), stop];
  return failures[0]?.phase === "request" ? [stop, neverSent(place)] : [asked(place, "failing"), stop];
}

function called({ hops: [{ request }] }: Exchange, all: readonly Station[]): Step {
  const key = all.find(({ kind }) => kind === "request")?.key ?? "";
  return { key, from: PAGE, to: BROWSER, kind: "request", state: "passed", label: [methodAndPath(request.method, request.url)] };
}

function asked(place: Place, state: Step["state"]): Step {
  return { key: place.key, from: BROWSER, to: place.server, kind: "request", state, label: [methodAndPath(place.method, place.url)] };
}

function neverSent(place: Place): Step {
  return { ...asked(place, "never-sent"), label: [methodAndPath(place.method, place.url), { text: words("picture_not_sent"), tone: "quiet" }] };
}

function answered({ key, server, response, statusAtFault, redirectUrl, responseHeaders, fromCache }: Place, state: Step["state"]): Step {
  const location = responseHeaders.find(({ name }) => name.toLowerCase() === "location")?.value ?? redirectUrl;
  const label: LabelLine[] = [
    { text: labelText(`${response?.status ?? ""} ${response?.statusText ?? ""}`.trim(), 40), tone: statusAtFault ? "fault" : "plain" },
    ...(location === null ? [] : [{ text: labelText(`Location: ${location}`), tone: "quiet" } as const]),
    ...(fromCache ? [{ text: words("from_cache"), tone: "quiet" } as const] : []),
  ];
  return { key, from: server, to: BROWSER, kind: "answer", state, label };
}

/** What the page gets; nothing as long as that is open. */
function ending(last: Station | undefined, exchange: Exchange, verdict: Verdict): Step[] {
  if (verdict.evidence.includes("pending")) return [];
  const step = { key: last?.key ?? "", from: BROWSER, to: PAGE };
  if (verdict.outcome === "blocked") return [{ ...step, kind: "withheld", state: "failing", label: [{ text: words("picture_withheld"), tone: "fault" }] }];
  const { title } = explain(verdict, exchange);
  if (verdict.outcome === "unknown") return [{ ...step, kind: "delivered", state: "unseen", label: [{ text: title, tone: "quiet" }] }];
  const noCors = verdict.evidence.includes("not-cors-mode") ? [{ text: title, tone: "quiet" } as const] : [];
  return [{ ...step, kind: "delivered", state: "passed", label: [{ text: words("picture_delivered"), tone: "plain" }, ...noCors] }];
}

/** The first failing check: what it is called, the field at fault as it was, and as it had to be. */
function stopLabel(failures: readonly Failure[], exchange: Exchange, certain: boolean): LabelLine[] {
  const [first] = failures;
  if (first === undefined) return [{ text: words("title_network_error"), tone: "fault" }];
  const { title } = explainFailure(first, exchange);
  const more: LabelLine[] = failures.length > 1 ? [{ text: { key: "picture_more", params: [String(failures.length - 1)] }, tone: "quiet" }] : [];
  return [{ text: certain ? title : { key: "picture_maybe", params: [title] }, tone: "fault" }, ...faultLines(first), ...more];
}

function faultLines(failure: Failure): LabelLine[] {
  const { header, browserError } = failure;
  if (header === null) return browserError === null ? [] : [{ text: labelText(browserError), tone: "quiet" }];
  const name: string | Phrase = header.name === ":status" ? words("status") : labelText(header.name, 60);
  const actual = header.actual === null ? words("picture_missing") : header.actual === "" ? words("compare_empty") : labelText(header.actual);
  const plain = typeof name === "string" && typeof actual === "string";
  const relation = compare(failure)?.relation ?? "equal";
  return [
    { text: plain ? `${name}: ${actual}` : field(name, actual), tone: "fault" },
    ...(header.expected === "" ? [] : [{ text: field(words(EXPECTED[relation]), labelText(header.expected)), tone: "wanted" } as const]),
  ];
}

const EXPECTED: Readonly<Record<Relation, string>> = {
  equal: "compare_expected",
  include: "compare_include",
  status: "compare_status",
  example: "compare_example",
};

function requester(exchange: Exchange, engine: Engine): Lane[] {
  const origin = requestOrigin(exchange);
  return [
    { kind: exchange.serviceWorker ? "service-worker" : "page", name: hostOf(origin), origin: labelText(origin) },
    { kind: "browser", name: engine === "chromium" ? "Chromium" : "Firefox", origin: "" },
  ];
}

function servers(origins: readonly string[]): Lane[] {
  const hosts = origins.map(hostOf);
  return origins.map((origin, index) => {
    const shared = hosts.filter((host) => host === hosts[index]).length > 1;
    return { kind: "server", name: shared ? labelText(origin) : (hosts[index] ?? ""), origin: labelText(origin) };
  });
}

/** What has no origin that could be told is taken for a server of its own. */
function laneOrigin(url: string): string {
  const origin = originOf(url);
  return origin === "null" ? labelText(url) : origin;
}

function hostOf(origin: string): string {
  return labelText(originOf(origin) === "null" ? origin : new URL(origin).host);
}

function methodAndPath(method: string, url: string): LabelLine {
  return { text: `${labelText(method, 20)} ${labelText(pathOf(url))}`, tone: "plain" };
}

function pathOf(url: string): string {
  if (originOf(url) === "null") return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function isAwaited(before: Station | undefined): boolean {
  return before?.kind === "preflight" && before.absent === null && !before.ended;
}

function field(name: string | Phrase, value: string | Phrase): Phrase {
  return { key: "picture_field", params: [name, value] };
}

function words(key: string): Phrase {
  return { key, params: [] };
}
