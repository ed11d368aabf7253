import { describe, expect, test } from "vitest";
import { callsWantedSince, withCalls, withRefused } from "../../src/calls.ts";
import { cleared, emptyLog, step } from "../../src/correlate.ts";
import { judge } from "../../src/judge.ts";
import type { Call, Log, NetEvent, Verdict } from "../../src/model.ts";
import { A, B, C, Tape } from "./tapes.ts";

const BEGAN = 1_000_001;
const said = (change: Partial<Call> = {}): Call => ({
  api: "fetch", url: B, method: "GET", mode: "cors", credentials: "same-origin", redirect: "follow", callSite: null, violatesPolicy: false, time: BEGAN - 1, ...change,
});
const began = (id: string, delay = 0, source: Partial<NetEvent> = {}, method = "GET"): NetEvent[] =>
  new Tape(source).begin(id, method, B).send(id, method, B).events.map((event) => ({ ...event, time: event.time + delay }));
const log = (...parts: NetEvent[][]): Log => parts.flat().reduce(step, emptyLog("chromium"));
const credentials = ({ exchanges }: Log): (string | null)[] => exchanges.map(({ call }) => call?.credentials ?? null);

describe("whose call it was", () => {
  test.each<[string, Log, Call[], (string | null)[]]>([
    ["one", log(began("1")), [said()], ["same-origin"]],
    ["of another URL", log(began("1")), [said({ url: C })], [null]],
    ["a fragment isn't sent", log(began("1")), [said({ url: `${B}#top` })], ["same-origin"]],
    ["of another method", log(began("1")), [said({ method: "POST" })], [null]],
    ["long before", log(began("1")), [said({ time: BEGAN - 2001 })], [null]],
    ["after", log(began("1")), [said({ time: BEGAN + 6 })], [null]],
    ["equal requests, in order", log(began("1"), began("2", 4)), [said({ credentials: "include", time: BEGAN + 3 }), said()], ["same-origin", "include"]],
    ["an element's for an image", log(began("1", 0, { type: "image" })), [said({ api: "element", credentials: "include" })], ["include"]],
    ["an element that came into the document later than it began", log(began("1", 0, { type: "image" })), [said({ api: "element", time: BEGAN + 500 })], ["same-origin"]],
    ["an element's isn't a fetch", log(began("1")), [said({ api: "element" })], [null]],
    ["a fetch is no image", log(began("1", 0, { type: "image" })), [said()], [null]],
    ["a beacon", log(began("1", 0, { type: "ping" }, "POST")), [said({ api: "beacon", method: "POST", credentials: "include" })], ["include"]],
    ["not a service worker's", log(began("1", 0, { tabId: -1 })), [said()], [null]],
  ])("%s", (_name, before, calls, wanted) => {
    expect(credentials(withCalls(before, 0, calls))).toEqual(wanted);
  });

  test("what has ended and was not called was not heard", () => {
    const ended = withCalls(log([...began("1"), ...new Tape().done("1", "GET", B).events], began("2", 4)), 0, []);
    expect(ended.exchanges.map(({ unheard }) => unheard)).toEqual([true, false]);
    expect(judge(ended.exchanges[0]!, "chromium").evidence).toContain("not-heard");
    expect(withCalls(ended, 0, [])).toBe(ended);
    expect(withCalls(ended, 0, [said()]).exchanges[0]).toMatchObject({ unheard: false, call: { credentials: "same-origin" } });
  });

  test("what has its call keeps it, and takes it from no other", () => {
    const once = withCalls(log(began("1")), 0, [said()]);
    const twice = withCalls(step(once, began("2", 4)[0]!), 0, [said(), said({ credentials: "include", time: BEGAN + 3 })]);
    expect(credentials(twice)).toEqual(["same-origin", "include"]);
    expect(withCalls(once, 0, [said()])).toBe(once);
    expect(withCalls(once, 7, [said()])).toBe(once);
  });

  test("since when calls are wanted", () => {
    expect(callsWantedSince(log(began("1")), 0)).toBe(BEGAN - 2000);
    expect(callsWantedSince(log(began("1")), 7)).toBe(null);
    expect(callsWantedSince(withCalls(log(began("1")), 0, [said()]), 0)).toBe(null);
  });
});

describe("what never reached the network", () => {
  const NOW = BEGAN + 5000;
  const frame = { tabId: 1, frameId: 0, origin: A };
  const refusals = (calls: readonly Call[], before = emptyLog("chromium"), origin = A, now = NOW): (string | null)[] =>
    withRefused(before, { ...frame, origin }, calls, now).exchanges.map(({ refused }) => refused);

  test.each<[string, Partial<Call>, string, (string | null)[]]>([
    ["against the page's policy", { violatesPolicy: true }, A, ["content-security-policy"]],
    ["another origin in mode same-origin", { mode: "same-origin" }, A, ["mode-same-origin"]],
    ["its own", { mode: "same-origin", url: `${A}/x` }, A, []],
    ["another scheme", { url: "myapp://open" }, A, ["scheme-not-supported"]],
    ["data", { url: "data:,x" }, A, []],
    ["plain http from https", { url: "http://b.example/" }, A, ["mixed-content"]],
    ["loopback from https", { url: "http://127.0.0.1:1/" }, A, []],
    ["localhost from https", { url: "http://api.localhost/" }, A, []],
    ["plain http from http", { url: "http://b.example/" }, "http://a.example", []],
    ["nothing wrong", {}, A, []],
  ])("%s", (_name, change, origin, wanted) => {
    expect(refusals([said(change)], undefined, origin)).toEqual(wanted);
  });

  test("not what was sent, what may still be, what is there already, and what was cleared", () => {
    const bad = said({ violatesPolicy: true });
    const heard = withCalls(log(began("1")), 0, [bad]);
    expect(refusals([bad], heard)).toEqual([null]);
    expect(refusals([bad], undefined, A, bad.time + 1999)).toEqual([]);
    const listed = withRefused(emptyLog("chromium"), frame, [bad], NOW);
    expect(withRefused(listed, frame, [bad], NOW)).toBe(listed);
    expect(refusals([bad], cleared(emptyLog("chromium"), NOW))).toEqual([]);
  });

  test.each<[Partial<Call>, Partial<Verdict>]>([
    [{ violatesPolicy: true }, { outcome: "blocked", code: "content-security-policy", phase: "request", browserError: "csp", evidence: ["never-sent", "page-probe"] }],
    [{ url: "myapp://open" }, { code: "scheme-not-supported", browserError: "CorsDisabledScheme", otherEngine: { outcome: "blocked", browserError: "CORSRequestNotHttp" } }],
    [{ mode: "same-origin" }, { code: "mode-same-origin", browserError: "DisallowedByMode" }],
  ])("its verdict %j", (change, wanted) => {
    const [exchange] = withRefused(emptyLog("chromium"), frame, [said(change)], NOW).exchanges;
    expect(judge(exchange!, "chromium")).toMatchObject(wanted);
  });
});

describe("what a call tells the judge", () => {
  const STAR = { "Access-Control-Allow-Origin": "*" };
  const verdict = (tape: Tape, call: Partial<Call>, engine: "chromium" | "gecko" = "chromium"): Verdict => {
    const [exchange] = withCalls(tape.events.reduce(step, emptyLog(engine)), 0, [said(call)]).exchanges;
    return judge(exchange!, engine);
  };
  const preflighted = new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
    .head("2", "OPTIONS", B, 204, STAR).start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", "PUT", B, "net::ERR_FAILED");
  const redirect = (error: string | null): Tape => {
    const tape = new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...STAR, Location: C }).redirect("1", "GET", B, C, STAR);
    return error === null ? tape.done("1", "GET", B) : tape.fail("1", "GET", B, error);
  };
  test.each<[string, Verdict, Partial<Verdict>]>([
    ["with credentials", verdict(preflighted, { method: "PUT", credentials: "include" }), { browserError: "PreflightWildcardOriginNotAllowed", alternatives: [], credentials: "include" }],
    ["without", verdict(preflighted, { method: "PUT", credentials: "omit" }), { browserError: "MethodDisallowedByPreflightResponse", alternatives: [], credentials: "same-origin" }],
    ["redirects forbidden", verdict(redirect("net::ERR_ABORTED"), { redirect: "error" }), { outcome: "blocked", code: "redirect-mode-error", browserError: "net::ERR_FAILED" }],
    ["redirects taken", verdict(redirect("net::ERR_ABORTED"), { redirect: "manual" }), { outcome: "allowed", evidence: ["redirect-mode-manual", "page-probe"] }],
    ["a policy against the target", verdict(redirect("net::ERR_ABORTED"), { violatesPolicy: true }), { outcome: "blocked", code: "redirect-refused", browserError: "net::ERR_ABORTED" }],
    ["Firefox, a policy against the target", verdict(redirect("NS_ERROR_UNEXPECTED"), { violatesPolicy: true }, "gecko"), { outcome: "blocked", code: "redirect-refused" }],
    ["Firefox, no policy against it", verdict(redirect("NS_ERROR_UNEXPECTED"), { credentials: "include" }, "gecko"), { browserError: "CORSNotSupportingCredentials", alternatives: [] }],
  ])("%s", (_name, told, wanted) => {
    expect(told).toMatchObject(wanted);
  });
});
