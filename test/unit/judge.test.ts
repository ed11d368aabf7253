import { describe, expect, test } from "vitest";
import { emptyLog, resume, step } from "../../src/correlate.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange, Verdict } from "../../src/model.ts";
import { A, B, C, Tape } from "./tapes.ts";

function verdict(engine: Engine, { events }: Tape, interrupted = false): Verdict {
  const log = events.reduce((before, event) => (interrupted ? resume(step(before, event), 0) : step(before, event)), emptyLog(engine));
  return judge(log.exchanges[0]!, engine);
}

const simple = (): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B);
const answered = (headers: Readonly<Record<string, string>>): Tape => simple().head("1", "GET", B, 200, headers);
const ended = (headers: Readonly<Record<string, string>>): Tape => answered(headers).start("1", "GET", B).done("1", "GET", B);
const failed = (headers: Readonly<Record<string, string>>): Tape => answered(headers).fail("1", "GET", B, "net::ERR_FAILED");
const redirected = (headers: Readonly<Record<string, string>>, location: string): Tape =>
  simple().head("1", "GET", B, 302, { ...headers, Location: location }).redirect("1", "GET", B, location, headers);
/** Firefox sends nothing more, and says nothing of the preflight. */
const completed = (answer: Readonly<Record<string, string>>, sent: Readonly<Record<string, string>> = {}): Tape =>
  new Tape().begin("1", "PUT", B).send("1", "PUT", B, sent).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
    .head("2", "OPTIONS", B, 204, answer).start("2", "OPTIONS", B).done("2", "OPTIONS", B);
const STAR = { "Access-Control-Allow-Origin": "*" };
const MINE = { "Access-Control-Allow-Origin": A };

describe("what the outcome is, and what it rests on", () => {
  test.each<[string, Engine, Tape, Partial<Verdict>]>([
    ["not ended yet", "chromium", simple(), { outcome: "unknown", evidence: ["pending"] }],
    ["Chromium completed it", "chromium", ended({}), { outcome: "allowed", browserError: null }],
    ["Chromium stopped at the response", "chromium", failed({}), { outcome: "blocked", code: "allow-origin-missing", phase: "response", browserError: "MissingAllowOriginHeader" }],
    ["the page had the response already", "chromium", answered({}).start("1", "GET", B).fail("1", "GET", B, "net::ERR_FAILED"), { outcome: "allowed", evidence: ["ended-after-response"] }],
    ["blocked although headers pass: not guessed", "chromium", failed({ ...MINE, "Access-Control-Allow-Credentials": "true" }), { outcome: "unknown", browserError: null, evidence: ["headers-do-not-explain"] }],
    ["a net error of its own", "chromium", simple().fail("1", "GET", B, "net::ERR_NAME_NOT_RESOLVED"), { outcome: "blocked", code: "name-not-resolved", browserError: "net::ERR_NAME_NOT_RESOLVED", header: null }],
    ["a certificate", "chromium", simple().fail("1", "GET", B, "net::ERR_CERT_DATE_INVALID"), { code: "tls-error" }],
    ["Local Network Access", "chromium", simple().fail("1", "GET", B, "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"), { code: "local-network-access", browserError: "LocalNetworkAccessPermissionDenied", alternatives: [] }],
    ["Local Network Access for a page that isn't secure", "chromium", new Tape({ initiator: "http://app.example" }).begin("1", "GET", B).send("1", "GET", B, { Origin: "http://app.example" }).fail("1", "GET", B, "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"),
      { code: "local-network-access", browserError: "InsecureLocalNetwork", alternatives: [] }],
    ["Local Network Access for a frame, whose page may not be secure", "chromium", new Tape({ frameId: 7 }).begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"),
      { browserError: "LocalNetworkAccessPermissionDenied", alternatives: [{ browserError: "InsecureLocalNetwork", condition: "context-not-secure" }] }],
    ["Local Network Access, denied to the preflight", "chromium",
      new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" }).fail("2", "OPTIONS", B, "net::ERR_FAILED").fail("1", "PUT", B, "net::ERR_FAILED"),
      { outcome: "blocked", code: "local-network-access", phase: "preflight", browserError: "LocalNetworkAccessPermissionDenied" }],
    ["blocked by a client before it was sent", "chromium", new Tape().begin("1", "GET", B).fail("1", "GET", B, "net::ERR_BLOCKED_BY_CLIENT"), { code: "blocked-by-client" }],
    ["a preflight whose request was not seen", "chromium", new Tape().begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" }).done("2", "OPTIONS", B), { outcome: "unknown", evidence: ["request-not-seen"] }],
    ["aborted", "chromium", simple().fail("1", "GET", B, "net::ERR_ABORTED"), { code: "aborted" }],
    ["redirect not followed by a request that must not leave its origin", "chromium",
      new Tape().begin("1", "GET", A).send("1", "GET", A, { "Sec-Fetch-Mode": "same-origin" }).head("1", "GET", A, 302, { Location: B }).fail("1", "GET", A, "net::ERR_FAILED"),
      { outcome: "blocked", code: "redirect-mode-same-origin", browserError: "DisallowedByMode" }],
    ["redirect not followed, headers pass", "chromium",
      simple().head("1", "GET", B, 302, { ...MINE, "Access-Control-Allow-Credentials": "true", Location: C }).redirect("1", "GET", B, C).fail("1", "GET", B, "net::ERR_FAILED"),
      { outcome: "unknown", evidence: ["headers-do-not-explain", "redirect-mode-unknown"] }],
    ["redirect not followed by the page's wish", "chromium",
      redirected(MINE, C).fail("1", "GET", B, "net::ERR_ABORTED"), { outcome: "unknown", code: "redirect-not-followed", evidence: ["redirect-not-followed", "credentials-by-elimination"] }],
    ["redirect to another scheme", "chromium", redirected(STAR, "mailto:a@b.example"),
      { outcome: "blocked", code: "redirect-not-http", phase: "redirect", browserError: "CorsDisabledScheme" }],
    ["redirect to another scheme that fails its CORS check", "chromium",
      simple().head("1", "GET", B, 302, { ...STAR, Location: "mailto:a@b.example" }).fail("1", "GET", B, "net::ERR_FAILED"),
      { outcome: "blocked", code: "allow-origin-wildcard-with-credentials", browserError: "WildcardOriginNotAllowed", alternatives: [] }],
    ["redirect by an extension to a file of its own", "chromium",
      new Tape().begin("1", "GET", B).redirect("1", "GET", B, "chrome-extension://a/b", { "Non-Authoritative-Reason": "WebRequest API" }),
      { outcome: "unknown", evidence: ["pending"] }],
    ...["NS_ERROR_NET_ON_RECEIVING_FROM", "NS_ERROR_DOM_BAD_URI"].map((error): [string, Engine, Tape, Partial<Verdict>] => [
      `Firefox, the preflight passed and then nothing came: ${error}`, "gecko",
      completed({ ...MINE, "Access-Control-Allow-Methods": "PUT" }).fail("1", "PUT", B, error),
      { outcome: "blocked", code: "empty-response", phase: "response", browserError: "CORSMultipleAllowOriginNotAllowed" }]),
    ...([
      ["by its method", { ...MINE, "Access-Control-Allow-Methods": "DELETE" }, {}, { code: "method-not-allowed", phase: "preflight" }],
      ["only if there are credentials: it may have passed", { ...STAR, "Access-Control-Allow-Methods": "PUT" }, {},
        { code: "empty-response", phase: "response", credentials: "unknown", evidence: ["net-error", "credentials-unknown"], alternatives: [{ browserError: "CORSNotSupportingCredentials", condition: "credentials-include" }] }],
      ["in no mode: it has passed", { ...MINE, "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Methods": "PUT" }, {}, { code: "empty-response", phase: "response", alternatives: [] }],
      ["with the credentials that were sent", { ...STAR, "Access-Control-Allow-Methods": "PUT" }, { Cookie: "a=1" }, { code: "allow-origin-wildcard-with-credentials", phase: "preflight" }],
    ] as const).map(([how, answer, sent, wanted]): [string, Engine, Tape, Partial<Verdict>] => [
      `Firefox 140, a preflight that is rejected ends like any other: ${how}`, "gecko",
      completed(answer, sent).fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI"),
      { outcome: "blocked", ...wanted }]),
    ["Firefox, the connection breaks, whatever its preflight said", "gecko", completed({ ...MINE, "Access-Control-Allow-Methods": "DELETE" }).fail("1", "PUT", B, "NS_ERROR_NET_RESET"),
      { outcome: "blocked", code: "connection-reset", phase: "response", alternatives: [] }],
    ["Firefox, the connection breaks in a response that would have been blocked", "gecko", answered({}).fail("1", "GET", B, "NS_ERROR_NET_RESET"),
      { outcome: "blocked", code: "connection-reset", phase: "response", alternatives: [] }],
    ["Firefox, nothing came after a redirect, whose own preflight must have passed", "gecko",
      completed({ ...STAR, "Access-Control-Allow-Methods": "PUT" }, { Cookie: "a=1" })
        .head("1", "PUT", B, 307, { ...MINE, "Access-Control-Allow-Credentials": "true", Location: C }).redirect("1", "PUT", B, C, { ...MINE, "Access-Control-Allow-Credentials": "true" })
        .begin("1", "PUT", C).send("1", "PUT", C, { Cookie: "a=1" }).begin("3", "OPTIONS", C).send("3", "OPTIONS", C, { "Access-Control-Request-Method": "PUT" })
        .head("3", "OPTIONS", C, 204, { ...MINE, "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Methods": "PUT" }).start("3", "OPTIONS", C).done("3", "OPTIONS", C)
        .fail("1", "PUT", C, "NS_ERROR_DOM_BAD_URI"),
      { outcome: "blocked", code: "empty-response", phase: "response", hop: 1, alternatives: [] }],
    ["Firefox, an EventSource that gives up what isn't its type", "gecko", answered({ ...MINE, "Access-Control-Allow-Credentials": "true" }).start("1", "GET", B).fail("1", "GET", B, "NS_ERROR_ABORT"), { outcome: "allowed", evidence: ["headers-only"] }],
    ["Firefox, a response that an extension stops", "gecko", answered({ ...MINE, "Access-Control-Allow-Credentials": "true" }).fail("1", "GET", B, "NS_ERROR_ABORT"), { outcome: "blocked", code: "blocked-by-client" }],
    ["Firefox, nothing came", "gecko", simple().fail("1", "GET", B, "NS_ERROR_NET_ON_RECEIVING_FROM"), { outcome: "blocked", code: "empty-response", browserError: "CORSMultipleAllowOriginNotAllowed" }],
    ["Firefox, a URL that the page may not ask for", "gecko", simple().fail("1", "GET", B, "NS_ERROR_DOM_BAD_URI"), { outcome: "blocked", code: "network-error", browserError: "NS_ERROR_DOM_BAD_URI" }],
    ["Firefox, redirect to another scheme", "gecko", redirected({ ...MINE, "Access-Control-Allow-Credentials": "true" }, "mailto:a@b.example"),
      { outcome: "blocked", code: "redirect-not-http", browserError: "CORSRequestNotHttp", alternatives: [] }],
    ["Firefox, a redirect that fails with credentials, or whose target is forbidden", "gecko", redirected(STAR, C).fail("1", "GET", C, "NS_ERROR_UNEXPECTED"),
      { browserError: "CORSNotSupportingCredentials", credentials: "unknown", alternatives: [{ browserError: "CORSDidNotSucceed", condition: "redirect-target-forbidden" }] }],
    ["Firefox, a redirect that passes, but whose target is forbidden", "gecko",
      redirected({ ...MINE, "Access-Control-Allow-Credentials": "true" }, C).fail("1", "GET", C, "NS_ERROR_UNEXPECTED"),
      { outcome: "blocked", code: "redirect-refused", browserError: "NS_ERROR_UNEXPECTED" }],
    ["Firefox, the page cancels at a redirect", "gecko", redirected(STAR, C).fail("1", "GET", C, "NS_BINDING_ABORTED"), { outcome: "unknown", code: "redirect-not-followed", evidence: ["redirect-not-followed"] }],
    ["Firefox, a redirect that nothing follows", "gecko",
      redirected({ ...MINE, "Access-Control-Allow-Credentials": "true" }, C).start("1", "GET", B).done("1", "GET", B), { outcome: "unknown", code: "redirect-not-followed", evidence: ["redirect-not-followed"] }],
    ["user info in the redirect", "chromium",
      simple().head("1", "GET", B, 302, { ...MINE, Location: "https://u:p@other.example/" }).fail("1", "GET", B, "net::ERR_FAILED"),
      { code: "redirect-url-has-credentials", phase: "redirect", browserError: "RedirectContainsCredentials" }],
    ["Firefox, headers fail in both credentials modes", "gecko", ended({}), { outcome: "blocked", browserError: "CORSMissingAllowOrigin", evidence: ["headers-only"] }],
    ["Firefox, headers pass in both", "gecko", ended({ ...MINE, "Access-Control-Allow-Credentials": "true" }), { outcome: "allowed" }],
    ["Firefox, it depends on the credentials", "gecko", ended(STAR), { outcome: "unknown", browserError: null, alternatives: [{ browserError: "CORSNotSupportingCredentials", condition: "credentials-include" }] }],
    ["Firefox, a value that may be two lines", "gecko", ended({ "Access-Control-Allow-Origin": `${A}, ${A}` }),
      { browserError: "CORSAllowOriginNotMatchingOrigin", alternatives: [{ browserError: "CORSMultipleAllowOriginNotAllowed", condition: "field-repeated" }] }],
    ["a 304 that answers a revalidation isn't checked", "chromium",
      new Tape().begin("1", "GET", B).send("1", "GET", B, { "If-None-Match": "x" }).head("1", "GET", B, 304).fail("1", "GET", B, "net::ERR_FAILED"), { outcome: "unknown", evidence: ["headers-do-not-explain"] }],
    ["a 304 that answers none is", "chromium",
      new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 304).fail("1", "GET", B, "net::ERR_FAILED"), { outcome: "blocked", code: "allow-origin-missing" }],
    ["a preflight that wasn't seen", "chromium", new Tape().begin("1", "PUT", B).send("1", "PUT", B).head("1", "PUT", B, 200, MINE).start("1", "PUT", B).done("1", "PUT", B), { outcome: "allowed", unseenPreflights: [0] }],
    ["none is needed at home", "chromium", new Tape().begin("1", "PUT", A).send("1", "PUT", A).head("1", "PUT", A, 302, { Location: B }).redirect("1", "PUT", A, B).begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, MINE).start("1", "GET", B).done("1", "GET", B), { unseenPreflights: [] }],
    ["stopped before it was sent, and no preflight was seen", "chromium", new Tape().begin("1", "PUT", B).fail("1", "PUT", B, "net::ERR_FAILED"), { outcome: "unknown", evidence: ["events-missing"] }],
    ["blocked by a client before it was sent: the request's own failure", "chromium", new Tape().begin("1", "GET", B).fail("1", "GET", B, "net::ERR_BLOCKED_BY_CLIENT"), { phase: "request", code: "blocked-by-client" }],
    ["Firefox, completed without an answer that was seen", "gecko", simple().done("1", "GET", B), { outcome: "unknown", evidence: ["events-missing"] }],
    ["no-cors", "gecko", new Tape().begin("1", "GET", B).send("1", "GET", B, { "Sec-Fetch-Mode": "no-cors" }).head("1", "GET", B, 200).start("1", "GET", B).done("1", "GET", B), { outcome: "allowed", evidence: ["not-cors-mode"] }],
    ["same origin", "gecko", new Tape().begin("1", "GET", A).send("1", "GET", A).head("1", "GET", A, 200).start("1", "GET", A).done("1", "GET", A), { outcome: "allowed", evidence: ["same-origin"] }],
  ])("%s", (_name, engine, tape, wanted) => {
    expect(verdict(engine, tape)).toMatchObject(wanted);
  });

  test("Firefox 140, a preflight that is rejected only if there are credentials, and the call says that there are", () => {
    const { events } = completed({ ...STAR, "Access-Control-Allow-Methods": "PUT" }).fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI");
    const [exchange] = events.reduce(step, emptyLog("gecko")).exchanges;
    const told: Exchange = { ...exchange!, call: { api: "fetch", url: B, method: "PUT", mode: "cors", credentials: "include", redirect: "follow", callSite: null, violatesPolicy: false, time: 0 } };
    expect(judge(told, "gecko")).toMatchObject({ outcome: "blocked", code: "allow-origin-wildcard-with-credentials", phase: "preflight" });
  });

  test("events that were lost are never taken for a cause", () => {
    expect(verdict("chromium", simple().fail("1", "GET", B, "net::ERR_FAILED"), true)).toMatchObject({ outcome: "unknown", evidence: ["events-missing", "events-missing"] });
  });
});

describe("credentials", () => {
  const preflighted = (answer: Readonly<Record<string, string>>): Tape =>
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
      .head("2", "OPTIONS", B, 204, answer).start("2", "OPTIONS", B).done("2", "OPTIONS", B);
  const stopped = (answer: Readonly<Record<string, string>>): Tape => preflighted(answer).fail("1", "PUT", B, "net::ERR_FAILED");

  test.each<[string, Tape, Verdict["credentials"], string | null]>([
    ["nothing tells yet", simple(), "unknown", null],
    ["only include fails", failed(STAR), "include", "WildcardOriginNotAllowed"],
    ["a cookie proves include", new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1" }).head("1", "GET", B, 200, MINE).fail("1", "GET", B, "net::ERR_FAILED"), "include", "InvalidAllowCredentials"],
    ["a preflight that passed under * excludes include",
      preflighted({ ...STAR, "Access-Control-Allow-Methods": "PUT" }).send("1", "PUT", B).head("1", "PUT", B, 200, { "Access-Control-Allow-Origin": "null" }).fail("1", "PUT", B, "net::ERR_FAILED"),
      "same-origin", "AllowOriginMismatch"],
    ["both fail, each in its own way", stopped(STAR), "unknown", "MethodDisallowedByPreflightResponse"],
  ])("%s", (_name, tape, credentials, browserError) => {
    expect(verdict("chromium", tape)).toMatchObject({ credentials, browserError });
  });

  test("what the other mode would say is an alternative", () => {
    expect(verdict("chromium", stopped(STAR)).alternatives).toEqual([{ browserError: "PreflightWildcardOriginNotAllowed", condition: "credentials-include" }]);
  });

  test("a font never sends them", () => {
    const font = new Tape({ type: "font" }).begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, STAR).start("1", "GET", B).done("1", "GET", B);
    expect(verdict("gecko", font)).toMatchObject({ outcome: "allowed", credentials: "same-origin" });
  });
});

describe("everything at once", () => {
  test("all failing checks, in the engine's order", () => {
    const tape = new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B)
      .send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a,x-b" })
      .head("2", "OPTIONS", B, 404, { "Access-Control-Allow-Headers": "x-a" }).start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", "PUT", B, "net::ERR_FAILED");
    expect(verdict("chromium", tape).failing.map(({ code, subject }) => [code, subject])).toEqual([
      ["allow-origin-missing", null],
      ["preflight-status-not-ok", null],
      ["method-not-allowed", "PUT"],
      ["header-not-allowed", "x-b"],
    ]);
  });

  describe("the other engine's verdict", () => {
    const ASK = { "Access-Control-Request-Method": "GET" };
    const back = { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Headers": "x-a" };
    const hints = (answer: Readonly<Record<string, string>>): Tape =>
      new Tape().begin("1", "GET", B).send("1", "GET", B, { DPR: "2" }).head("1", "GET", B, 200, answer);
    test.each<[string, Engine, Tape, Verdict["otherEngine"]]>([
      ["the same headers pass", "chromium", ended({ ...MINE, "Access-Control-Allow-Credentials": "true" }), { outcome: "allowed", browserError: null }],
      ["one of the modes fails", "gecko", ended(STAR), { outcome: "unknown", browserError: null }],
      ["it was refused by the network", "chromium", simple().fail("1", "GET", B, "net::ERR_CONNECTION_REFUSED"), { outcome: "unknown", browserError: null }],
      ["not over", "chromium", answered({}), { outcome: "unknown", browserError: null }],
      ["a header for which only Firefox asks first", "chromium", hints(MINE).start("1", "GET", B).done("1", "GET", B), { outcome: "unknown", browserError: null }],
      ["a preflight that Chromium would not have sent", "gecko",
        new Tape().begin("1", "GET", B).send("1", "GET", B, { DPR: "2" }).begin("2", "OPTIONS", B)
          .send("2", "OPTIONS", B, { ...ASK, "Access-Control-Request-Headers": "dpr" }).head("2", "OPTIONS", B, 404, {})
          .fail("2", "OPTIONS", B, "NS_ERROR_DOM_BAD_URI").fail("1", "GET", B, "NS_ERROR_DOM_BAD_URI"),
        { outcome: "unknown", browserError: null }],
      ["a header that Firefox would have asked for too", "chromium",
        new Tape().begin("1", "GET", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { ...ASK, "Access-Control-Request-Headers": "x-a" })
          .head("2", "OPTIONS", B, 200, { ...STAR, "Access-Control-Allow-Headers": "x-a" }).start("2", "OPTIONS", B).done("2", "OPTIONS", B)
          .send("1", "GET", B, { DPR: "2", "X-A": "1" }).head("1", "GET", B, 200, MINE).start("1", "GET", B).done("1", "GET", B),
        { outcome: "blocked", browserError: "CORSMissingAllowHeaderFromPreflight" }],
      ["the origin that Chromium's preflight would have named after a redirect", "gecko",
        new Tape().begin("1", "GET", B).send("1", "GET", B, { "X-A": "1" }).head("1", "GET", B, 302, { ...MINE, Location: C }).redirect("1", "GET", B, C, MINE)
          .begin("1", "GET", C).send("1", "GET", C, { Origin: "null", "X-A": "1" })
          .begin("2", "OPTIONS", C).send("2", "OPTIONS", C, { ...ASK, "Access-Control-Request-Headers": "x-a" }).head("2", "OPTIONS", C, 200, back).done("2", "OPTIONS", C)
          .head("1", "GET", C, 200, MINE).start("1", "GET", C).done("1", "GET", C),
        { outcome: "blocked", browserError: "PreflightAllowOriginMismatch" }],
    ])("%s", (_name, engine, tape, wanted) => {
      expect(verdict(engine, tape).otherEngine).toEqual(wanted);
    });
  });

  test("a preflight's checks in the other engine's order", () => {
    const redirected = new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
      .head("2", "OPTIONS", B, 301, { Location: C }).start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", "PUT", B, "net::ERR_FAILED");
    expect(verdict("chromium", redirected)).toMatchObject({
      browserError: "PreflightDisallowedRedirect",
      otherEngine: { browserError: "CORSMissingAllowOrigin", outcome: "blocked" },
    });
  });
});
