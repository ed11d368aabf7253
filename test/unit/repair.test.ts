import { describe, expect, test } from "vitest";
import { cleared, emptyLog, resume, step } from "../../src/correlate.ts";
import { isEnded } from "../../src/exchange.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Log } from "../../src/model.ts";
import type { FinishedRequest } from "../../src/protocol.ts";
import { repair } from "../../src/repair/repair.ts";
import { A, B, C, Tape } from "./tapes.ts";

const request: FinishedRequest = {
  url: B, method: "GET", type: "xmlhttprequest", preflight: false, startedTime: 1_000_001, endedTime: 1_000_050,
  requestHeaders: [{ name: "Origin", value: A }, { name: "Sec-Fetch-Mode", value: "cors" }],
  status: 200, statusText: "OK", responseHeaders: [], redirectUrl: "", error: "net::ERR_FAILED", callSite: null,
};
const preflight: FinishedRequest = {
  ...request, method: "OPTIONS", preflight: true, startedTime: 1_000_002, status: 404, error: null,
  requestHeaders: [{ name: "Origin", value: A }, { name: "Access-Control-Request-Method", value: "PUT" }],
};
const put: FinishedRequest = { ...request, method: "PUT", status: 0, requestHeaders: [], error: "net::ERR_FAILED" };
const play = (tape: Tape, engine: Engine = "chromium"): Log => resume(tape.events.reduce(step, emptyLog(engine)), 1_000_060);
const heard = (time: number): Log => ({ ...emptyLog("chromium"), heardTime: time });
const errors = (log: Log): (string | null)[] => log.exchanges.map((exchange) => judge(exchange, "chromium").browserError);

type Row = [id: string, preflighted: boolean, hops: number, outcome: string, error: string | null];

function rows({ exchanges, engine }: Log): Row[] {
  return exchanges.map((exchange) => {
    const { outcome, browserError } = judge(exchange, engine);
    return [exchange.id, exchange.hops.some(({ preflight }) => preflight !== null), exchange.hops.length, outcome, browserError];
  });
}

describe("repair", () => {
  const whole = new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200).fail("1", "GET", B, "net::ERR_FAILED");
  test.each<[string, Log, FinishedRequest[], (string | null)[]]>([
    ["a request never heard of", emptyLog("chromium"), [request], ["MissingAllowOriginHeader"]],
    ["one left in the middle", play(new Tape().begin("1", "GET", B)), [request], ["MissingAllowOriginHeader"]],
    ["one known whole, but with its fragment", play(new Tape().begin("1", "GET", `${B}/#top`).send("1", "GET", `${B}/#top`).head("1", "GET", `${B}/#top`, 200).fail("1", "GET", `${B}/#top`, "net::ERR_FAILED")), [{ ...request, url: `${B}/` }], ["MissingAllowOriginHeader"]],
    ["one known whole", play(whole), [request], ["MissingAllowOriginHeader"]],
    ["the same URL again, another request", play(whole), [request, { ...request, startedTime: 1_000_100 }], ["MissingAllowOriginHeader", "MissingAllowOriginHeader"]],
    ["one known whole, told late by a loaded machine", play(whole), [{ ...request, startedTime: 1_003_000, endedTime: 1_003_050 }], ["MissingAllowOriginHeader"]],
    ["the same URL again and again, the first of them lost", whole.events.reduce(step, emptyLog("chromium")), [{ ...request, startedTime: 997_000, endedTime: 997_050, error: null }, request], ["MissingAllowOriginHeader", null]],
    ["the same URL, too far apart to be it", play(whole), [{ ...request, startedTime: 1_009_000 }], ["MissingAllowOriginHeader", "MissingAllowOriginHeader"]],
    ["with its preflight", emptyLog("chromium"), [put, preflight], ["PreflightMissingAllowOriginHeader"]],
    ["a redirect chain is one exchange", emptyLog("chromium"),
      [{ ...request, status: 302, redirectUrl: C, error: null, responseHeaders: [{ name: "Location", value: C }, { name: "Access-Control-Allow-Origin", value: A }] }, { ...request, url: C, startedTime: 1_000_010 }],
      ["MissingAllowOriginHeader"]],
    ["a redirect with a fragment, which DevTools don't tell of what it led to", emptyLog("chromium"),
      [{ ...request, status: 302, redirectUrl: `${C}/#top`, error: null, responseHeaders: [{ name: "Location", value: `${C}/#top` }, { name: "Access-Control-Allow-Origin", value: A }] }, { ...request, url: `${C}/`, startedTime: 1_000_010 }],
      ["MissingAllowOriginHeader"]],
    ["201 and its Location are no redirect", emptyLog("chromium"), [{ ...request, method: "POST", status: 201, redirectUrl: C, error: null, responseHeaders: [{ name: "Location", value: C }, { name: "Access-Control-Allow-Origin", value: A }] }, { ...request, url: C, startedTime: 1_000_100 }], [null, "MissingAllowOriginHeader"]],
    ["one of which only the end was seen", play(new Tape().fail("1", "GET", B, "net::ERR_FAILED")), [request], ["MissingAllowOriginHeader"]],
    ["one first heard of at the target of its redirect", play(new Tape().head("1", "GET", C, 200).fail("1", "GET", C, "net::ERR_FAILED")),
      [{ ...request, status: 302, redirectUrl: C, error: null, responseHeaders: [{ name: "Location", value: C }, { name: "Access-Control-Allow-Origin", value: A }] }, { ...request, url: C, startedTime: 1_000_010 }],
      ["MissingAllowOriginHeader"]],
    ["a preflight on its own, because the request was missed", play(new Tape().head("2", "OPTIONS", B, 404).fail("2", "OPTIONS", B, "net::ERR_FAILED")), [put, preflight], ["PreflightMissingAllowOriginHeader"]],
    ["a preflight on its own that was heard whole, because the request was missed", play(new Tape().begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" }).head("2", "OPTIONS", B, 404).done("2", "OPTIONS", B)), [put, preflight], ["PreflightMissingAllowOriginHeader"]],
    ["a redirect that was blocked leads nowhere", emptyLog("chromium"),
      [{ ...request, status: 302, redirectUrl: C, responseHeaders: [{ name: "Location", value: C }] }, { ...request, url: C, startedTime: 1_000_060, error: null }],
      ["MissingAllowOriginHeader", null]],
    ["a redirect to a path", emptyLog("chromium"),
      [{ ...request, status: 302, redirectUrl: "/v2", error: null, responseHeaders: [{ name: "Location", value: "/v2" }, { name: "Access-Control-Allow-Origin", value: A }] }, { ...request, url: `${B}/v2`, startedTime: 1_000_051 }],
      ["MissingAllowOriginHeader"]],
    ["what the page asks for instead of what a redirect led to that was blocked", play(new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { Location: C }).fail("1", "GET", B, "net::ERR_FAILED")),
      [{ ...request, status: 302, redirectUrl: C, responseHeaders: [{ name: "Location", value: C }] }, { ...request, url: `${C}/`, startedTime: 1_000_060 }],
      ["MissingAllowOriginHeader", "MissingAllowOriginHeader"]],
    ["the page itself, a frame and a socket", emptyLog("chromium"),
      [{ ...request, type: "document" }, { ...request, requestHeaders: [{ name: "Sec-Fetch-Mode", value: "navigate" }] }, { ...request, url: "wss://b.example/" }], []],
    ["what stays at home", emptyLog("chromium"), [{ ...request, url: `${A}/home`, error: null }], []],
    ["what ended before the log was cleared", cleared(emptyLog("chromium"), 1_000_051), [request], []],
    ["heard to its end and forgotten, to make room, before the worker died", resume(heard(1_002_000), 1_003_000), [request], []],
    ["ended after the worker had died", resume(heard(1_000_010), 1_003_000), [request], ["MissingAllowOriginHeader"]],
    ["heard from its beginning since the worker started anew, and forgotten, to make room", resume({ ...heard(990_000), dropped: 1 }, 995_000), [request], []],
    ["lost since the worker started anew, by a log that has forgotten nothing", resume(heard(990_000), 995_000), [request], ["MissingAllowOriginHeader"]],
    ["in flight when the worker died, in a log that has forgotten others", resume({ ...heard(1_000_010), dropped: 1 }, 1_000_050), [request], ["MissingAllowOriginHeader"]],
    ["ended after the clock was set back by an hour, and the worker had died", resume({ ...heard(4_600_000), clearedTime: 4_500_000 }, 1_003_000), [request], ["MissingAllowOriginHeader"]],
    ["lost with one worker, told when the next had died too", resume({ ...resume(heard(1_000_010), 1_000_100), heardTime: 1_005_000 }, 1_006_000), [request], ["MissingAllowOriginHeader"]],
    ["heard while two workers died, long after each other", resume({ ...resume(heard(900_000), 900_100), heardTime: 1_005_000 }, 1_006_000), [request], []],
    ["a net error", emptyLog("chromium"), [{ ...request, status: 0, error: "net::ERR_CONNECTION_REFUSED" }], ["net::ERR_CONNECTION_REFUSED"]],
    ["an allowed one", emptyLog("chromium"), [{ ...request, error: null }], [null]],
  ])("%s", (_name, log, requests, wanted) => {
    expect(errors(repair(log, requests, 1, A))).toEqual(wanted);
  });

  test("a repaired exchange keeps its place and says that it was repaired", () => {
    const log = play(new Tape().begin("1", "GET", B));
    const { exchanges } = repair(step(log, new Tape().begin("2", "GET", C).events[0]!), [request], 1, A);
    expect(exchanges.map(({ id, interrupted }) => [id, interrupted])).toEqual([["1", true], ["2", false]]);
  });

  test("another request for what a redirect leads to, still on its way, is left alone", () => {
    const hop = { ...request, status: 302, redirectUrl: C, error: null, responseHeaders: [{ name: "Location", value: C }, { name: "Access-Control-Allow-Origin", value: A }] };
    const both = new Tape().begin("1", "GET", B).send("1", "GET", B).redirect("1", "GET", B, C, { "Access-Control-Allow-Origin": A }).begin("1", "GET", C).begin("2", "GET", C).send("1", "GET", C).head("1", "GET", C, 200).fail("1", "GET", C, "net::ERR_FAILED");
    const { exchanges } = repair(play(both), [hop, { ...request, url: C, startedTime: 1_000_005 }], 1, A);
    expect(exchanges.map(({ id, hops }) => [id, hops.length])).toEqual([["1", 2], ["2", 1]]);
  });

  test("what was known of a request besides its messages stays: its frame, whose it was, what tried it", () => {
    const log = play(new Tape({ frameId: 3, initiator: C, tabId: 7 }).begin("1", "GET", B));
    const tried = { ...log, exchanges: log.exchanges.map((exchange) => ({ ...exchange, trials: ["t"], twins: ["9"] })) };
    const [exchange] = repair(tried, [{ ...request, requestHeaders: [], callSite: "https://c.example/:1:2" }], 1, A).exchanges;
    expect(exchange).toMatchObject({ frameId: 3, origin: C, tabId: 7, trials: ["t"], twins: ["9"], callSite: "https://c.example/:1:2", interrupted: true });
  });

  test("a frame's request to its own server is its own, not another origin's", () => {
    const log = play(new Tape({ frameId: 3, initiator: C }).begin("1", "GET", `${C}/home`));
    expect(repair(log, [{ ...request, url: `${C}/home`, requestHeaders: [], error: null }], 1, A).exchanges).toEqual([]);
  });

  test("where one that was never heard of was asked for is told", () => {
    expect(repair(emptyLog("chromium"), [{ ...request, callSite: "https://a.example/:1:2" }], 1, A).exchanges.map(({ callSite }) => callSite)).toEqual(["https://a.example/:1:2"]);
  });

  test("one whose own events come after it was repaired is told once", () => {
    const late = whole.events.reduce(step, repair(emptyLog("chromium"), [request], 1, A));
    expect(late.exchanges.map(({ id }) => id)).toEqual(["finished-0", "1"]);
    expect(repair(late, [request], 1, A).exchanges.map(({ id }) => id)).toEqual(["1"]);
  });

  test("what comes with a later report doesn't take the place of what came with an earlier one", () => {
    const [x, y] = [{ ...request, url: `${B}/x` }, { ...request, url: `${B}/y` }];
    const once = repair(emptyLog("chromium"), [request, x], 1, A);
    expect(repair(once, [x, y], 1, A).exchanges.map(({ hops }) => hops[0].request.url)).toEqual([B, x.url, y.url]);
  });

  test("a part that stood on its own goes into the whole, once its beginning is told", () => {
    const first = { ...request, status: 302, redirectUrl: C, error: null, responseHeaders: [{ name: "Location", value: C }, { name: "Access-Control-Allow-Origin", value: A }] };
    const second = { ...request, url: C, startedTime: 1_000_060 };
    const part = play(new Tape().head("1", "GET", C, 200).fail("1", "GET", C, "net::ERR_FAILED"));
    const { exchanges } = repair(repair(part, [first], 1, A), [first, second], 1, A);
    expect(exchanges.map(({ hops }) => hops.length)).toEqual([2]);
  });

  describe("the hop that a redirect led to, told alone because the redirect was told long before", () => {
    const followed = (method = "GET"): Tape => new Tape().begin("1", method, B).send("1", method, B).redirect("1", method, B, C, { "Access-Control-Allow-Origin": A });
    const target: FinishedRequest = { ...request, url: C, startedTime: 1_000_010 };
    test.each<[string, Log, FinishedRequest, [hops: number, error: string | null][]]>([
      ["known whole", play(followed().begin("1", "GET", C).send("1", "GET", C).head("1", "GET", C, 200).fail("1", "GET", C, "net::ERR_FAILED")), target, [[2, "MissingAllowOriginHeader"]]],
      ["left in its middle", play(followed().begin("1", "GET", C)), target, [[2, "MissingAllowOriginHeader"]]],
      ["never heard of", play(followed()), target, [[2, "MissingAllowOriginHeader"]]],
      ["never heard of, with another method", play(followed("POST")), target, [[2, "MissingAllowOriginHeader"]]],
      ["never heard of, nor that it was asked for", play(new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { "Access-Control-Allow-Origin": A, Location: C })), { ...target, url: `${C}/` }, [[2, "MissingAllowOriginHeader"]]],
      ["refused, and told as a request by Firefox", play(new Tape().begin("1", "GET", B).send("1", "GET", B).redirect("1", "GET", B, C).fail("1", "GET", C, "NS_ERROR_UNEXPECTED"), "gecko"), { ...target, status: 0, error: null, requestHeaders: [{ name: "Referer", value: `${A}/` }] }, [[1, "CORSMissingAllowOrigin"]]],
      ["another request for it, much later", play(followed().begin("1", "GET", C).send("1", "GET", C).head("1", "GET", C, 200).fail("1", "GET", C, "net::ERR_FAILED")), { ...target, startedTime: 1_010_000 }, [[2, "MissingAllowOriginHeader"], [1, "MissingAllowOriginHeader"]]],
    ])("%s", (_name, log, told, wanted) => {
      const { exchanges } = repair(log, [told], 1, A);
      expect(exchanges.map((exchange) => [exchange.hops.length, judge(exchange, log.engine).browserError])).toEqual(wanted);
    });
  });

  describe("what Firefox's DevTools leave out", () => {
    const allow = [{ name: "Access-Control-Allow-Origin", value: A }, { name: "Access-Control-Allow-Methods", value: "PUT" }];
    const sent: FinishedRequest = { ...request, error: null, responseHeaders: allow };
    const moved: FinishedRequest = { ...sent, status: 302, redirectUrl: C, responseHeaders: [...allow, { name: "Location", value: C }] };
    const refused: FinishedRequest = { ...moved, responseHeaders: [{ name: "Location", value: C }] };
    const accepted: FinishedRequest = { ...preflight, status: 200, responseHeaders: allow };
    const ghost: FinishedRequest = { ...sent, url: `${C}/`, type: "", startedTime: 1_000_060, endedTime: 1_000_060, status: 0, responseHeaders: [], requestHeaders: [{ name: "Referer", value: `${A}/` }] };
    const later = (told: FinishedRequest, by: number): FinishedRequest => ({ ...told, startedTime: told.startedTime + by, endedTime: told.endedTime + by });
    const begun = (): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B);
    const ASKING = { "Access-Control-Request-Method": "PUT" };
    test.each<[string, Tape, FinishedRequest[], Row[]]>([
      ["a request that was never sent because its preflight was rejected", new Tape(), [preflight], [["finished-0", true, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["the same, begun", new Tape().begin("1", "PUT", B).send("1", "PUT", B), [preflight], [["1", true, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["the same, both heard at their end", new Tape().fail("2", "OPTIONS", B, "NS_ERROR_DOM_BAD_URI").fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI"), [preflight], [["1", true, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["a request that is still on its way, as its preflight was accepted", new Tape().begin("1", "PUT", B), [accepted], [["1", false, 1, "unknown", null]]],
      ["nothing of it, never heard of", new Tape(), [accepted], []],
      ["its time waiting for its preflight, which it seems to have ended before", new Tape(), [{ ...sent, method: "PUT" }, later(accepted, 3000)], [["finished-0", true, 1, "allowed", null]]],
      ["too long a wait to be for it", new Tape(), [{ ...sent, method: "PUT" }, later(accepted, 16_000)], [["finished-0", false, 1, "unknown", null]]],
      ["a preflight that was heard late, from its middle", new Tape().begin("1", "PUT", B).head("2", "OPTIONS", B, 200).done("2", "OPTIONS", B), [{ ...sent, method: "PUT", startedTime: 996_000 }, later(accepted, -4000)], [["1", true, 1, "allowed", null]]],
      ["not a preflight for another one, which was heard whole", new Tape().begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASKING).head("2", "OPTIONS", B, 200).done("2", "OPTIONS", B), [{ ...sent, method: "PUT", startedTime: 996_000 }, later(accepted, -4000)], [["2", false, 1, "unknown", null], ["finished-1", true, 1, "allowed", null]]],
      ["a preflight of which nothing was heard", new Tape().send("1", "PUT", B).head("1", "PUT", B, 200, { "Access-Control-Allow-Origin": A }).done("1", "PUT", B), [{ ...sent, method: "PUT" }, accepted], [["1", true, 1, "allowed", null]]],
      ["the end of a redirect that it refused, which led to nothing but is told", new Tape(), [refused, ghost], [["finished-0", false, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["the same, of which only that was heard", new Tape().fail("1", "GET", `${C}/`, "NS_ERROR_UNEXPECTED"), [refused, ghost], [["1", false, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["the same, and nothing told", begun(), [refused], [["1", false, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["what a redirect led to that it didn't follow for another reason", new Tape(), [moved, ghost], [["finished-0", false, 1, "unknown", null]]],
      ["what a redirect led to, and its beginning", new Tape(), [ghost], []],
      ["what a redirect leads to, as it is still on its way", begun(), [moved], [["1", false, 1, "unknown", null]]],
      ["the same, but heard to have been asked for", new Tape().begin("1", "GET", B).head("1", "GET", B, 302, { Location: C }).begin("1", "GET", C).send("1", "GET", C), [moved], [["1", false, 2, "unknown", null]]],
      ["the end of a redirect, which was heard", new Tape().head("1", "GET", B, 302, { Location: C }).fail("1", "GET", B, "NS_BINDING_ABORTED"), [moved], [["1", false, 1, "unknown", null]]],
      ["how long what it led to had to wait", begun(), [moved, later({ ...sent, url: C, responseHeaders: [] }, 9000)], [["1", false, 2, "blocked", "CORSMissingAllowOrigin"]]],
      ["how late it is told of", new Tape().fail("1", "GET", B, "NS_ERROR_UNEXPECTED"), [later({ ...sent, responseHeaders: [] }, -9000)], [["1", false, 1, "blocked", "CORSMissingAllowOrigin"]]],
    ])("%s", (_name, tape, requests, wanted) => expect(rows(repair(play(tape, "gecko"), requests, 1, A))).toEqual(wanted));

    const refusing = begun().head("1", "GET", B, 302, { Location: C });
    const slow = new Tape().begin("1", "PUT", B).send("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASKING).head("2", "OPTIONS", B, 200, { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "PUT" }).done("2", "OPTIONS", B);
    const put = { ...sent, method: "PUT" };
    const direct = later({ ...sent, url: C }, 100);
    test.each<[string, Tape, FinishedRequest[], Row[]]>([
      ["a request that is on its way, its preflight accepted, isn't the one whose preflight was rejected later", slow, [later(preflight, 4000)], [["1", true, 1, "unknown", null], ["finished-2", true, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["one that is on its way isn't the one that was made much later", new Tape().begin("1", "GET", B).send("1", "GET", B), [later(sent, 9000)], [["1", false, 1, "unknown", null], ["finished-1", false, 1, "unknown", null]]],
      ["a rejected preflight isn't for a request that was sent", new Tape(), [preflight, later(accepted, 10), later(put, 9)], [["finished-0", true, 1, "blocked", "CORSMissingAllowOrigin"], ["finished-2", true, 1, "allowed", null]]],
      ["what the page asks for instead is no target of a redirect that was refused", new Tape(), [refused, direct], [["finished-0", false, 1, "blocked", "CORSMissingAllowOrigin"], ["finished-1", false, 1, "unknown", null]]],
      ["nor one after another redirect", new Tape(), [{ ...moved, url: `${B}/0`, redirectUrl: B, responseHeaders: [...allow, { name: "Location", value: B }] }, later(refused, 60), later(direct, 60)], [["finished-0", false, 2, "blocked", "CORSMissingAllowOrigin"], ["finished-1", false, 1, "unknown", null]]],
      ["a redirect to a request whose preflight was rejected is one exchange", new Tape(), [{ ...moved, method: "PUT", status: 307 }, accepted, { ...later(preflight, 60), url: `${C}/` }], [["finished-0", true, 2, "blocked", "CORSMissingAllowOrigin"]]],
      ["a preflight isn't for a request that needs none", new Tape(), [sent, later({ ...accepted, requestHeaders: [{ name: "Access-Control-Request-Method", value: "GET" }, { name: "Access-Control-Request-Headers", value: "authorization" }], responseHeaders: [...allow, { name: "Access-Control-Allow-Headers", value: "authorization" }] }, 3000)], [["finished-0", false, 1, "unknown", null]]],
      ["what was heard behind the last request that is told stays", new Tape().begin("1", "GET", C).head("1", "GET", C, 302, { Location: `${B}/2` }).begin("1", "GET", `${B}/2`), [moved, later({ ...moved, url: C, redirectUrl: `${B}/2` }, 50)], [["1", false, 3, "unknown", null]]],
      ["a net error that was heard, which Firefox's DevTools don't name", new Tape().fail("1", "GET", B, "NS_ERROR_CONNECTION_REFUSED"), [{ ...sent, status: 0, responseHeaders: [] }], [["1", false, 1, "blocked", "NS_ERROR_CONNECTION_REFUSED"]]],
      ["the same, of a redirect's target", new Tape().fail("1", "GET", C, "NS_ERROR_CONNECTION_REFUSED"), [moved, later({ ...sent, url: C, status: 0, responseHeaders: [] }, 50)], [["1", false, 2, "blocked", "NS_ERROR_CONNECTION_REFUSED"]]],
      ["an end that was heard of what a refused redirect would have led to is that of the redirect", new Tape().begin("1", "GET", B).head("1", "GET", B, 302, { Location: C }).fail("1", "GET", C, "NS_ERROR_UNEXPECTED"), [refused], [["1", false, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["one that was answered isn't the one whose preflight was rejected", new Tape().begin("1", "PUT", B).send("1", "PUT", B).head("1", "PUT", B, 200), [later(preflight, 4000)], [["1", false, 1, "unknown", null], ["finished-1", true, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["a frame's request to its own server is no matter of CORS", new Tape(), [{ ...sent, requestHeaders: [{ name: "Sec-Fetch-Mode", value: "cors" }, { name: "Sec-Fetch-Site", value: "same-origin" }], responseHeaders: [] }], []],
      ["a preflight without an answer says that its request was never sent", new Tape(), [{ ...preflight, status: 0 }], [["finished-0", true, 1, "unknown", null]]],
      ["a preflight that is told to have begun before its request", new Tape(), [later(put, 10), accepted], [["finished-0", true, 1, "allowed", null]]],
      ["and isn't for one that was sent", new Tape(), [{ ...preflight, status: 0 }, later(put, 2000), later(accepted, 2010)], [["finished-0", true, 1, "unknown", null], ["finished-2", true, 1, "allowed", null]]],
      ["a refused redirect doesn't take what another one led to", new Tape(), [{ ...refused, url: `${B}/a` }, later({ ...moved, url: `${B}/b` }, 5), later({ ...sent, url: `${C}/`, responseHeaders: [] }, 60)], [["finished-0", false, 1, "blocked", "CORSMissingAllowOrigin"], ["finished-1", false, 2, "blocked", "CORSMissingAllowOrigin"]]],
      ["nor a request whose preflight was rejected", new Tape(), [refused, { ...later(preflight, 100), url: `${C}/`, requestHeaders: [{ name: "Origin", value: A }, { name: "Access-Control-Request-Method", value: "GET" }] }], [["finished-0", false, 1, "blocked", "CORSMissingAllowOrigin"], ["finished-1", true, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["what was never asked for isn't what the page asked for", new Tape().begin("5", "GET", `${C}/`).send("5", "GET", `${C}/`).head("5", "GET", `${C}/`, 200).done("5", "GET", `${C}/`), [refused, ghost], [["5", false, 1, "blocked", "CORSMissingAllowOrigin"], ["finished-1", false, 1, "blocked", "CORSMissingAllowOrigin"]]],
      ["the page's own OPTIONS request is no preflight of another", new Tape().begin("1", "OPTIONS", B).send("1", "OPTIONS", B), [put, accepted], [["1", false, 1, "unknown", null], ["finished-1", true, 1, "allowed", null]]],
    ])("%s", (_name, tape, requests, wanted) => expect(rows(repair(play(tape, "gecko"), requests, 1, A))).toEqual(wanted));

    test("events that come seconds after a request was repaired, from its middle, are its own", () => {
      const late = new Tape().fail("2", "OPTIONS", B, "NS_ERROR_DOM_BAD_URI").fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI").events.map((event) => ({ ...event, time: event.time + 3000 }));
      const log = late.reduce(step, repair(emptyLog("gecko"), [preflight], 1, A));
      expect(log.exchanges.map(({ id }) => id)).toEqual(["finished-0", "2", "1"]);
      const { exchanges } = repair(log, [preflight], 1, A);
      expect(exchanges.map((exchange) => [exchange.id, judge(exchange, "gecko").browserError])).toEqual([["1", "CORSMissingAllowOrigin"]]);
    });

    test.each([
      ["with it", [moved, later({ ...sent, url: `${C}/`, responseHeaders: [] }, 50)]],
      ["alone", [later({ ...sent, url: C, responseHeaders: [] }, 50)]],
    ])("an end that was heard of what a redirect led to, told %s, isn't that of the redirect", (_name, told) => {
      const followed = begun().redirect("1", "GET", B, C, { "Access-Control-Allow-Origin": A });
      const log = new Tape().done("1", "GET", C).events.reduce(step, play(followed, "gecko"));
      expect(log.exchanges.map(({ hops }) => hops.length)).toEqual([1]);
      expect(rows(repair(log, told, 1, A))).toEqual([["1", false, 2, "blocked", "CORSMissingAllowOrigin"]]);
    });

    test("a refused redirect that was told before isn't continued by what the page asks for instead", () => {
      const once = repair(emptyLog("gecko"), [refused], 1, A);
      const wanted: Row[] = [["finished-0", false, 1, "blocked", "CORSMissingAllowOrigin"], ["finished-1", false, 1, "unknown", null]];
      expect(rows(repair(once, [refused, { ...direct, url: `${C}/` }], 1, A))).toEqual(wanted);
      expect(rows(repair(once, [{ ...direct, url: `${C}/` }], 1, A))).toEqual(wanted);
    });

    test("of two for the same URL, the one that was heard whole isn't the one that took long and was heard from its middle", () => {
      const long = { ...sent, startedTime: 992_000 };
      const short = later(sent, -5000);
      const middle = play(new Tape().head("1", "GET", B, 200).done("1", "GET", B), "gecko");
      const both = new Tape().begin("2", "GET", B).send("2", "GET", B).head("2", "GET", B, 200).done("2", "GET", B).events.map((event) => ({ ...event, time: event.time - 5000 })).reduce(step, { ...middle, gap: null });
      const { exchanges } = repair(both, [long, short], 1, A);
      expect(exchanges.map(({ id, hops: [{ request: { startedTime } }] }) => [id, startedTime])).toEqual([["1", 992_000], ["2", 995_001]]);
    });

    test("one that is on its way, all of which was heard, isn't one that ended before", () => {
      const { exchanges } = repair(begun().events.reduce(step, emptyLog("gecko")), [later(sent, -1500)], 1, A);
      expect(exchanges.map(({ id, hops }) => [id, hops[0].request.end === null])).toEqual([["1", true], ["finished-1", false]]);
    });

    test("the headers stay that were heard of a request whose preflight was rejected", () => {
      const { exchanges } = repair(play(new Tape().begin("1", "PUT", B).send("1", "PUT", B, { Cookie: "a=b" }), "gecko"), [preflight], 1, A);
      expect(exchanges.map(({ hops: [{ request: { requestHeaders } }] }) => requestHeaders)).toEqual([expect.arrayContaining([{ name: "Cookie", value: "a=b" }])]);
    });

    test("a preflight stays that was heard, of a request that is told without it", () => {
      const target = `${C}/`;
      const asked = new Tape().begin("1", "PUT", target).begin("2", "OPTIONS", target).send("2", "OPTIONS", target, ASKING).head("2", "OPTIONS", target, 200).done("2", "OPTIONS", target);
      const { exchanges } = repair(play(asked, "gecko"), [{ ...moved, method: "PUT", status: 307 }, later({ ...put, url: target }, 50)], 1, A);
      expect(exchanges.map(({ hops }) => hops.map(({ preflight: heard }) => heard?.requestId))).toEqual([[undefined, "2"]]);
    });

    test("a preflight of which events come after it was told doesn't stand on its own", () => {
      const late = new Tape().fail("2", "OPTIONS", B, "NS_ERROR_DOM_BAD_URI").events.map((event) => ({ ...event, time: event.time + 3000 }));
      const log = late.reduce(step, repair(play(new Tape().begin("1", "PUT", B), "gecko"), [preflight], 1, A));
      expect(log.exchanges.map(({ id }) => id)).toEqual(["1", "2"]);
      expect(rows(repair(log, [preflight], 1, A))).toEqual([["1", true, 1, "blocked", "CORSMissingAllowOrigin"]]);
    });

    test("one that was heard from its beginning isn't one long before", () => {
      const { exchanges } = repair(begun().events.reduce(step, emptyLog("gecko")), [later(sent, -9000)], 1, A);
      expect(exchanges.map(({ id }) => id)).toEqual(["1", "finished-1"]);
    });

    test("a request isn't forgotten that seems to have ended before its preflight", () => {
      const log = resume({ ...emptyLog("gecko"), heardTime: 1_003_000 }, 1_003_100);
      expect(rows(repair(log, [put, later(accepted, 2500)], 1, A))).toEqual([["finished-0", true, 1, "allowed", null]]);
    });

    test("what a redirect led to, though it was never asked for, says that the redirect ended", () => {
      expect(repair(emptyLog("gecko"), [moved], 1, A).exchanges.map(isEnded)).toEqual([false]);
      expect(repair(emptyLog("gecko"), [moved, ghost], 1, A).exchanges.map(isEnded)).toEqual([true]);
    });

    test("twice is once", () => {
      const told = [moved, ghost, preflight, later(put, 9), later(accepted, 3010), { ...refused, url: `${B}/3` }];
      const once = repair(play(refusing, "gecko"), told, 1, A);
      expect(once.exchanges).toHaveLength(4);
      expect(repair(once, told, 1, A)).toEqual(once);
    });

    test("the error of an end that was heard is kept", () => {
      const aborted = play(new Tape().head("1", "GET", B, 302, { Location: C }).fail("1", "GET", B, "NS_BINDING_ABORTED"), "gecko");
      expect(repair(aborted, [moved], 1, A).exchanges.map(({ hops }) => hops[0].request)).toMatchObject([{ requestHeaders: sent.requestHeaders, end: { error: "NS_BINDING_ABORTED" } }]);
    });
  });

  test("twice is once", () => {
    const once = repair(emptyLog("chromium"), [request, put, preflight], 1, A);
    expect(repair(once, [request, put, preflight], 1, A)).toEqual(once);
    const heard = play(whole);
    expect(repair(heard, [request], 1, A), "nothing to write or to send").toBe(heard);
  });
});
