import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { explainNotice } from "../../src/explain.ts";
import { judge } from "../../src/judge.ts";
import { messageKeys } from "../../src/message-keys.ts";
import type { Engine, Notice } from "../../src/model.ts";
import { notices } from "../../src/notices.ts";
import { readRecording } from "../lab/recording.ts";
import { A, B, C, Tape } from "./tapes.ts";

type Headers = Readonly<Record<string, string>>;
type Row = readonly [name: string, engine: Engine, tape: Tape, wanted: readonly (readonly [code: Notice["code"], ...params: string[]])[]];

function noticesOf(engine: Engine, { events }: Tape): Notice[] {
  const [exchange] = events.reduce(step, emptyLog(engine)).exchanges;
  return exchange === undefined ? [] : notices(exchange, judge(exchange, engine), engine);
}

const MINE = { "Access-Control-Allow-Origin": A };
const CREDENTIALED = { ...MINE, "Access-Control-Allow-Credentials": "true", Vary: "Origin" };
const STORABLE = { ...MINE, "Cache-Control": "public, max-age=600" };

function answered(answer: Headers, { method = "GET", url = B, sent = {}, tape = new Tape() }: { method?: string; url?: string; sent?: Headers; tape?: Tape } = {}): Tape {
  return tape.begin("1", method, url).send("1", method, url, sent).head("1", method, url, 200, answer).start("1", method, url).done("1", method, url);
}
/** A PUT that was asked for and let through. */
function preflighted(answer: Headers, { asked = {}, url = B, response = MINE }: { asked?: Headers; url?: string; response?: Headers } = {}): Tape {
  return new Tape().begin("1", "PUT", url).begin("2", "OPTIONS", url).send("2", "OPTIONS", url, { "Access-Control-Request-Method": "PUT", ...asked })
    .head("2", "OPTIONS", url, 204, { ...MINE, "Access-Control-Allow-Methods": "PUT", ...answer }).start("2", "OPTIONS", url).done("2", "OPTIONS", url)
    .send("1", "PUT", url).head("1", "PUT", url, 200, response).start("1", "PUT", url).done("1", "PUT", url);
}
const kept = (seconds: string): Headers => ({ "Access-Control-Max-Age": seconds });
const LONG = `${B}/${"x".repeat(1022 - B.length)}`;
const TOKEN = { "Access-Control-Request-Headers": "authorization" };

const ROWS: readonly Row[] = [
  ["custom headers", "chromium", answered({ ...MINE, "X-Total-Count": "9", Link: "<x>", "Content-Type": "a/b", "X-Powered-By": "Express" }), [["headers-not-exposed", "X-Total-Count, Link"]]],
  ["some of them exposed", "chromium", answered({ ...MINE, "X-Total-Count": "9", ETag: "1", "Retry-After": "1", "Access-Control-Expose-Headers": "etag , RETRY-AFTER" }), [["headers-not-exposed", "X-Total-Count"]]],
  ["* under credentials", "chromium", answered({ ...CREDENTIALED, "X-Total-Count": "9", "Access-Control-Expose-Headers": "*" }, { sent: { Cookie: "a=1" } }),
    [["expose-wildcard-with-credentials", "X-Total-Count"], ["origin-echoed-with-credentials", A]]],
  ["no Max-Age", "chromium", preflighted({}), [["max-age-missing"]]],
  ["Max-Age 0", "gecko", preflighted(kept("0")), [["preflight-never-kept", "0"]]],
  ["a negative Max-Age", "chromium", preflighted(kept("-1")), [["preflight-never-kept", "-1"]]],
  ["Max-Age in words", "chromium", preflighted(kept("1h")), [["max-age-invalid", "1h"]]],
  ["Max-Age over Chromium's limit", "chromium", preflighted(kept("86400")), [["max-age-over-limit", "86400", "7200"]]],
  ["Max-Age over Firefox's limit", "gecko", preflighted(kept("604800")), [["max-age-over-limit", "604800", "86400"]]],
  ["a URL of 1024 characters", "chromium", preflighted(kept("600"), { url: `${LONG}x` }), [["preflight-url-too-long", "1024", "1023"]]],
  ["the word null", "chromium", answered({ "Access-Control-Allow-Origin": "null" }, { tape: new Tape({ initiator: "null", frameId: 3 }), sent: { Origin: "null" } }), [["allow-origin-null"]]],
  ["an origin with credentials", "chromium", answered(CREDENTIALED), [["origin-echoed-with-credentials", A]]],
  ["an origin in an answer that is stored", "chromium", answered(STORABLE), [["vary-origin-missing", A]]],
  ["the same by the date of the last change", "chromium", answered({ ...MINE, "Last-Modified": "Tue, 24 Nov 2026 12:00:00 GMT" }), [["vary-origin-missing", A]]],
  ["the same by its end", "chromium", answered({ ...MINE, Date: "Tue, 24 Nov 2026 12:00:00 GMT", Expires: "Tue, 24 Nov 2026 13:00:00 GMT" }), [["vary-origin-missing", A]]],
  ["Authorization by * alone", "chromium", preflighted({ ...kept("600"), "Access-Control-Allow-Headers": "X-A, *" }, { asked: TOKEN }), [["authorization-only-by-wildcard"]]],
  ["a preflight that passed before an answer that didn't", "chromium",
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
      .head("2", "OPTIONS", B, 204, { ...MINE, "Access-Control-Allow-Methods": "PUT" }).start("2", "OPTIONS", B).done("2", "OPTIONS", B)
      .send("1", "PUT", B).head("1", "PUT", B, 200, { "X-Total-Count": "9" }).fail("1", "PUT", B, "net::ERR_FAILED"), [["max-age-missing"]]],
];

const NOTHING: readonly Row[] = [
  ["*", "chromium", answered({ "Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=600" }), []],
  ["all exposed", "chromium", answered({ "Access-Control-Allow-Origin": "*", "X-Total-Count": "9", "Access-Control-Expose-Headers": "*" }), []],
  ["* where credentials aren't known", "chromium", answered({ ...MINE, "X-Total-Count": "9", "Access-Control-Expose-Headers": "*" }), []],
  ["what servers and proxies say", "chromium", answered({ ...MINE, "X-Frame-Options": "DENY", "X-Cache": "HIT", "X-Amz-Cf-Id": "1", Server: "nginx", Date: "now", Via: "x", "Set-Cookie": "a=1" }), []],
  ["safelisted ones", "chromium", answered({ ...MINE, "Content-Length": "1", Expires: "0", Pragma: "no-cache" }), []],
  ["a font can't read headers", "chromium", answered({ ...MINE, "X-Total-Count": "9" }, { tape: new Tape({ type: "font" }) }), []],
  ["withheld from the page", "chromium", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, { "X-Total-Count": "9" }).fail("1", "GET", B, "net::ERR_FAILED"), []],
  ["its own origin", "chromium", answered({ "X-Total-Count": "9", "Cache-Control": "max-age=600" }, { url: `${A}/x` }), []],
  ["without CORS", "chromium", answered({ "X-Total-Count": "9" }, { sent: { "Sec-Fetch-Mode": "no-cors" } }), []],
  ["Max-Age at the limit", "chromium", preflighted(kept("7200")), []],
  ["Max-Age at Firefox's limit", "gecko", preflighted(kept("86400")), []],
  ["a URL of 1023 characters", "chromium", preflighted(kept("600"), { url: LONG }), []],
  ["a long URL in Firefox", "gecko", preflighted(kept("600"), { url: `${LONG}xx` }), []],
  ["a preflight that was refused", "chromium",
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
      .head("2", "OPTIONS", B, 204, {}).start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", "PUT", B, "net::ERR_FAILED"), []],
  ["credentials not allowed", "chromium", answered({ ...MINE, "Access-Control-Allow-Credentials": "True" }), []],
  ["stored, with Vary", "chromium", answered({ ...STORABLE, Vary: "Accept, origin" }), []],
  ["never stored", "chromium", answered({ ...MINE, "Cache-Control": "no-store", "Last-Modified": "Tue, 24 Nov 2026 12:00:00 GMT" }), []],
  ["stored for no time", "chromium", answered({ ...MINE, "Cache-Control": "max-age=0" }), []],
  ["stored until then", "chromium", answered({ ...MINE, Date: "Tue, 24 Nov 2026 12:00:00 GMT", Expires: "Tue, 24 Nov 2026 12:00:00 GMT", "Last-Modified": "Tue, 24 Nov 2026 12:00:00 GMT" }), []],
  ["Firefox, before it is known whether the page got it", "gecko", answered({ ...MINE, "X-Total-Count": "9" }), []],
  ["Authorization by name", "chromium", preflighted({ ...kept("600"), "Access-Control-Allow-Headers": "*, Authorization" }, { asked: TOKEN }), []],
  ["another header by *", "chromium", preflighted({ ...kept("600"), "Access-Control-Allow-Headers": "*" }, { asked: { "Access-Control-Request-Headers": "x-a" } }), []],
  ["a redirect on the way", "chromium",
    new Tape().begin("1", "GET", B).send("1", "GET", B).redirect("1", "GET", B, C, { ...MINE, "X-Total-Count": "9" })
      .begin("1", "GET", C).send("1", "GET", C, { Origin: "null" }).head("1", "GET", C, 200, { "Access-Control-Allow-Origin": "*" }).start("1", "GET", C).done("1", "GET", C), []],
];

describe("what works, but costs or surprises", () => {
  test.each(ROWS)("%s (%s)", (_name, engine, tape, wanted) => {
    expect(noticesOf(engine, tape).map(({ code, params }) => [code, ...params])).toEqual(wanted);
  });
});

describe("nothing to say", () => {
  test.each(NOTHING)("%s (%s)", (_name, engine, tape, wanted) => {
    expect(noticesOf(engine, tape)).toEqual(wanted);
  });
});

test("each notice has a row", () => {
  const codes = messageKeys().filter((key) => key.startsWith("notice_")).map((key) => key.slice("notice_".length).replaceAll("_", "-"));
  const shown = new Set<string>(ROWS.flatMap(([, , , wanted]) => wanted.map(([code]) => code)));
  expect(codes.filter((code) => !shown.has(code))).toEqual([]);
});

test("real requests that pass: only what is so", () => {
  const said = (["chromium", "firefox"] as const).map((name) => {
    const { engine, exchanges } = readRecording(name);
    return exchanges.flatMap(({ scenario, exchange }) => notices(exchange, judge(exchange, engine), engine).map(({ code }) => `${scenario}: ${code}`));
  });
  expect(said[0]).toEqual(said[1]);
  expect(said[0]).toMatchInlineSnapshot(`
    [
      "authorization-under-wildcard: authorization-only-by-wildcard",
      "authorization-under-wildcard: max-age-missing",
      "redirect-asks-again: max-age-missing",
      "allowed-preflight: preflight-never-kept",
    ]
  `);
});

test("a long list of names is shortened in the sentence", () => {
  const { title, sentence } = explainNotice({ code: "headers-not-exposed", params: ["x".repeat(500)] });
  expect(title.key).toBe("notice_headers_not_exposed");
  expect(sentence.key).toBe("note_headers_not_exposed");
  expect(String(sentence.params[0]).length).toBeLessThan(130);
});
