import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Phrase } from "../../src/explain.ts";
import { judge } from "../../src/judge.ts";
import { messageKeys } from "../../src/message-keys.ts";
import { stations } from "../../src/messages.ts";
import type { Engine, Exchange, Message, NetEvent } from "../../src/model.ts";
import { type Picture, picture, sentenceKey } from "../../src/picture.ts";
import { labelText } from "../../src/picture-text.ts";
import { CAUSE_TAPES, NEAR_MISSES } from "./cause-tapes.ts";
import { A, B, C, RECORDED, Tape } from "./tapes.ts";
import { told } from "./told-picture.ts";

function exchangesOf(engine: Engine, { events }: { readonly events: readonly NetEvent[] }): readonly Exchange[] {
  return events.reduce(step, emptyLog(engine)).exchanges;
}

/** The picture of the last exchange of a tape, the others being before it. */
function drawn(engine: Engine, tape: { readonly events: readonly NetEvent[] }, change: Partial<Exchange> = {}): Picture {
  const exchanges = exchangesOf(engine, tape);
  const last = exchanges.at(-1);
  if (last === undefined) throw new Error("no exchange");
  const exchange = { ...last, ...change };
  return picture(exchange, judge(exchange, engine), engine, exchanges.slice(0, -1));
}

const ASK = { "Access-Control-Request-Method": "PUT" };
const ALLOW = { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "PUT" };
const MISMATCH = "browser stop failing: title_allow_origin_mismatch | Access-Control-Allow-Origin: https://app.example/ | picture_field(compare_expected, https://app.example)";
const WITHHELD = "browser → page withheld failing: picture_withheld";
const DELIVERED = "browser → page delivered passed: picture_delivered";
const NEVER_SENT = "browser → api.example request never-sent: PUT / | picture_not_sent";

describe("each order of events that the browsers were seen to have", () => {
  const preflightBlocked = ["page → browser request passed: PUT /", "browser → api.example request passed: OPTIONS /", "api.example → browser answer failing: 204", MISMATCH, NEVER_SENT, WITHHELD];
  const preflightAllowed = ["page → browser request passed: PUT /", "browser → api.example request passed: OPTIONS /", "api.example → browser answer passed: 204", "browser → api.example request passed: PUT /", "api.example → browser answer passed: 200", DELIVERED];
  const preflightRedirected = [
    "page → browser request passed: PUT /", "browser → api.example request passed: OPTIONS /", "api.example → browser answer failing: 302 | Location: https://api.example/login",
    "browser stop failing: title_preflight_redirect | picture_field(status, 302) | picture_field(compare_status, 204)", NEVER_SENT, WITHHELD,
  ];
  const simpleBlocked = ["page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer failing: 200", MISMATCH, WITHHELD];
  const redirectBlocked = ["page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer failing: 302 | Location: https://other.example", MISMATCH, WITHHELD];
  const missing = ["browser stop failing: title_allow_origin_missing | picture_field(Access-Control-Allow-Origin, picture_missing) | picture_field(compare_expected, https://app.example)", WITHHELD];

  const WANTED: Readonly<Record<string, readonly string[]>> = {
    "chromium: simple, allowed": ["page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer passed: 200", DELIVERED],
    "chromium: simple, response blocked": simpleBlocked,
    "gecko: simple, response blocked": simpleBlocked,
    "chromium: preflight, allowed": preflightAllowed,
    "gecko: preflight, allowed": preflightAllowed,
    "chromium: preflight blocked": preflightBlocked,
    "gecko: preflight blocked": preflightBlocked,
    "chromium: preflight redirected": preflightRedirected,
    "gecko: preflight redirected": preflightRedirected,
    "chromium: preflight refused a connection": ["page → browser request passed: PUT /", "browser → api.example request failing: OPTIONS /", "browser stop failing: title_connection_refused | net::ERR_CONNECTION_REFUSED", NEVER_SENT, WITHHELD],
    "gecko: preflight reset": ["page → browser request passed: PUT /", "browser → api.example request failing: OPTIONS /", "browser stop failing: title_connection_reset | NS_ERROR_NET_RESET", NEVER_SENT, WITHHELD],
    "chromium: redirect blocked": redirectBlocked,
    "gecko: redirect blocked": redirectBlocked,
    "chromium: redirect, then blocked as null": [
      "page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer passed: 302 | Location: https://other.example",
      "browser → other.example request passed: GET /", "other.example → browser answer failing: 200",
      "browser stop failing: title_origin_became_null_by_redirect | Access-Control-Allow-Origin: https://app.example | picture_field(compare_expected, *)", WITHHELD,
    ],
    "chromium: blocked before it was sent": ["page → browser request passed: GET /", "browser stop failing: title_blocked_by_client | net::ERR_BLOCKED_BY_CLIENT", "browser → api.example request never-sent: GET / | picture_not_sent", WITHHELD],
    "chromium: preflight passed under *, response blocked": [
      "page → browser request passed: PUT /", "browser → api.example request passed: OPTIONS /", "api.example → browser answer passed: 204",
      "browser → api.example request passed: PUT /", "api.example → browser answer failing: 200", ...missing,
    ],
    "chromium: redirect under *, response blocked": [
      "page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer passed: 302 | Location: https://api.example/v2",
      "browser → api.example request passed: GET /v2", "api.example → browser answer failing: 200", ...missing,
    ],
    "chromium: connection refused": ["page → browser request passed: GET /", "browser → api.example request failing: GET /", "browser stop failing: title_connection_refused | net::ERR_CONNECTION_REFUSED", WITHHELD],
  };

  test.each(RECORDED.map((recorded) => [`${recorded.engine}: ${recorded.name}`, recorded] as const))("%s", (name, { engine, events }) => {
    expect(told(drawn(engine, { events }))).toEqual(WANTED[name]);
  });
});

describe("what else an exchange can be", () => {
  test.each<[string, Engine, Tape, Partial<Exchange>, readonly string[]]>([
    ["sent, and not answered yet", "chromium", new Tape().begin("1", "GET", B).send("1", "GET", B), {},
      ["page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer unseen: station_pending"]],
    ["not sent yet", "chromium", new Tape().begin("1", "GET", B), {}, ["page → browser request passed: GET /", "browser → api.example request unseen: GET /"]],
    ["waiting for its preflight, though Firefox tells its headers", "gecko", new Tape().begin("1", "PUT", B).send("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK), {},
      ["page → browser request passed: PUT /", "browser → api.example request passed: OPTIONS /", "api.example → browser answer unseen: station_pending", "browser → api.example request unseen: PUT /"]],
    ["forbidden by the page's policy", "chromium", new Tape().begin("1", "GET", B).fail("1", "GET", B, "csp"), { refused: "content-security-policy" },
      ["page → browser request passed: GET /", "browser stop failing: title_content_security_policy | csp", "browser → api.example request never-sent: GET / | picture_not_sent", WITHHELD]],
    ["mixed content, of which Firefox says nothing", "gecko", new Tape().begin("1", "GET", B).fail("1", "GET", B, "blocked"), { refused: "mixed-content" },
      ["page → browser request passed: GET /", "browser stop failing: title_mixed_content", "browser → api.example request never-sent: GET / | picture_not_sent", WITHHELD]],
    ["not in CORS mode", "chromium", new Tape({ type: "image" }).begin("1", "GET", B).send("1", "GET", B, { "Sec-Fetch-Mode": "no-cors" }).head("1", "GET", B, 200).start("1", "GET", B).done("1", "GET", B), {},
      ["page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer passed: 200", `${DELIVERED} | title_not_cors`]],
    ["perhaps blocked: it depends on credentials", "gecko", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, { "Access-Control-Allow-Origin": "*" }).start("1", "GET", B).done("1", "GET", B), {},
      ["page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer passed: 200",
        "browser stop unseen: picture_maybe(title_allow_origin_wildcard_with_credentials) | Access-Control-Allow-Origin: * | picture_field(compare_expected, https://app.example) | picture_more(1)",
        "browser → page delivered unseen: title_maybe_blocked"]],
    ["events were lost", "chromium", new Tape().begin("1", "GET", B).fail("1", "GET", B, "net::ERR_FAILED"), { interrupted: true },
      ["page → browser request passed: GET /", "browser → api.example request unseen: GET /", "browser → page delivered unseen: title_events_missing"]],
    ["a preflight that was not seen", "chromium", new Tape().begin("1", "PUT", B).send("1", "PUT", B).head("1", "PUT", B, 200, ALLOW).start("1", "PUT", B).done("1", "PUT", B), {},
      ["page → browser request passed: PUT /", "browser cached unseen: picture_preflight_unseen", "browser → api.example request passed: PUT /", "api.example → browser answer passed: 200", DELIVERED]],
    ["a preflight that the browser's cache answered", "chromium",
      new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).head("2", "OPTIONS", B, 204, { ...ALLOW, "Access-Control-Max-Age": "60" }).start("2", "OPTIONS", B).done("2", "OPTIONS", B)
        .send("1", "PUT", B).head("1", "PUT", B, 200, ALLOW).start("1", "PUT", B).done("1", "PUT", B)
        .begin("3", "PUT", B).send("3", "PUT", B).head("3", "PUT", B, 200, {}).fail("3", "PUT", B, "net::ERR_FAILED"), {},
      ["page → browser request passed: PUT /", "browser cached passed: picture_preflight_cached", "browser → api.example request passed: PUT /", "api.example → browser answer failing: 200",
        "browser stop failing: title_allow_origin_missing | picture_field(Access-Control-Allow-Origin, picture_missing) | picture_field(compare_expected, https://app.example)", WITHHELD]],
    ["an empty value, and several checks", "chromium",
      new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1" }).head("1", "GET", B, 200, { "Access-Control-Allow-Origin": "" }).fail("1", "GET", B, "net::ERR_FAILED"), {},
      ["page → browser request passed: GET /", "browser → api.example request passed: GET /", "api.example → browser answer failing: 200",
        "browser stop failing: title_allow_origin_invalid | picture_field(Access-Control-Allow-Origin, compare_empty) | picture_field(compare_expected, https://app.example) | picture_more(1)", WITHHELD]],
    ["an address that is not HTTP", "chromium", new Tape().begin("1", "GET", "file:///etc/hosts").fail("1", "GET", "file:///etc/hosts", "net::ERR_FAILED"), { refused: "scheme-not-supported" },
      ["page → browser request passed: GET file:///etc/hosts", "browser stop failing: title_scheme_not_supported | CorsDisabledScheme", "browser → file:///etc/hosts request never-sent: GET file:///etc/hosts | picture_not_sent", WITHHELD]],
  ])("%s", (_name, engine, tape, change, wanted) => {
    expect(told(drawn(engine, tape, change))).toEqual(wanted);
  });
});

describe("who takes part", () => {
  const allowed = new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, ALLOW).start("1", "GET", B).done("1", "GET", B);
  const redirected = (to: string): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B).redirect("1", "GET", B, to, ALLOW).begin("1", "GET", to).send("1", "GET", to);
  const names = ({ lanes }: Picture): string[] => lanes.map(({ name }) => name);

  test("the page, the browser, and the servers in the order in which they appear", () => {
    expect(names(drawn("chromium", redirected(C)))).toEqual(["app.example", "Chromium", "api.example", "other.example"]);
    expect(names(drawn("gecko", redirected(C)))).toEqual(["app.example", "Firefox", "api.example", "other.example"]);
  });
  test("a server but once", () => {
    expect(names(drawn("chromium", redirected(`${B}/v2`)))).toEqual(["app.example", "Chromium", "api.example"]);
  });
  test("servers of one host by their origins", () => {
    expect(names(drawn("chromium", redirected("http://api.example/")))).toEqual(["app.example", "Chromium", "https://api.example", "http://api.example"]);
  });
  test("a service worker instead of the page, and a trial", () => {
    expect(drawn("chromium", allowed, { serviceWorker: true, trials: ["7"] })).toMatchObject({ lanes: [{ kind: "service-worker" }, { kind: "browser" }, { kind: "server" }], trial: true });
    expect(drawn("chromium", allowed)).toMatchObject({ lanes: [{ kind: "page", name: "app.example", origin: A }, {}, {}], trial: false });
  });
});

describe("hostile text", () => {
  const url = `${B}/${"x".repeat(2_000_000)}`;
  test("a URL of 2 MB is cut", () => {
    const { steps } = drawn("chromium", new Tape().begin("1", "GET", url).send("1", "GET", url).head("1", "GET", url, 302, { Location: `${url}?` }).fail("1", "GET", url, "net::ERR_FAILED"));
    expect(JSON.stringify(steps).length).toBeLessThan(2000);
  });
  test("a value keeps its markup as text, and loses what reorders it", () => {
    const value = `<script>alert(1)</script>\u202E\u2066\u0000\uD800`;
    const lines = told(drawn("chromium", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, { "Access-Control-Allow-Origin": value }).fail("1", "GET", B, "net::ERR_FAILED")));
    expect(lines.join("\n")).toContain("Access-Control-Allow-Origin: <script>alert(1)</script>\uFFFD\uFFFD\uFFFD\uFFFD |");
  });
});

describe("the text of a label", () => {
  test.each<[string, string]>([
    ["", ""],
    ["x".repeat(120), "x".repeat(120)],
    ["x".repeat(121), `${"x".repeat(120)}…`],
    ["😀".repeat(121), `${"😀".repeat(120)}…`],
    [`${"x".repeat(119)}😀`, `${"x".repeat(119)}😀`],
    ["가나다 שלום", "가나다 שלום"],
    ["a\r\nb\tc", "a\uFFFD\uFFFDb\uFFFDc"],
  ])("%j", (value, wanted) => {
    expect(labelText(value)).toBe(wanted);
  });
});

describe("any exchange", () => {
  const hostile = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "null", "<b>&", "\u202Eabc", "\uD800", "x".repeat(5000)));
  const url = fc.oneof(fc.constantFrom(A, B, C, `${B}/a?b#c`, "http://[::1]:8080/", "data:text/plain,x", "blob:x", "https://user:pw@api.example/"), fc.webUrl(), hostile);
  const name = fc.constantFrom("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods", "Access-Control-Request-Method", "Origin", "Location", "Sec-Fetch-Mode", "Cookie");
  const headers = fc.array(fc.record({ name: fc.oneof(name, hostile), value: fc.oneof(fc.constantFrom(A, "*", "true", "PUT", "cors", "no-cors"), hostile) }), { maxLength: 6 });
  const time = fc.nat(10_000);
  const response = fc.option(fc.record({ status: fc.constantFrom(0, 200, 204, 302, 307, 404, 500), statusText: hostile, headers, linesKnown: fc.boolean(), time }));
  const end = fc.option(fc.record({ time, error: fc.option(fc.constantFrom("net::ERR_FAILED", "net::ERR_ABORTED", "net::ERR_CONNECTION_REFUSED", "NS_ERROR_DOM_BAD_URI", "NS_BINDING_ABORTED", "NS_ERROR_UNEXPECTED", "")), fromCache: fc.boolean() }));
  const message: fc.Arbitrary<Message> = fc.record({
    requestId: fc.constantFrom("1", "2"), url, method: fc.oneof(fc.constantFrom("GET", "PUT", "OPTIONS", "patch"), hostile), startedTime: time,
    requestHeaders: fc.option(headers), response, responseStarted: fc.boolean(), redirectUrl: fc.option(url), end,
  });
  const hop = fc.record({ preflight: fc.option(message), request: message });
  const exchange: fc.Arbitrary<Exchange> = fc.record({
    id: fc.constant("1"), order: fc.constant(0), tabId: fc.constant(1), frameId: fc.constantFrom(0, 3), type: fc.constantFrom("xmlhttprequest", "image", "font"),
    origin: fc.option(fc.constantFrom(A, "null", "")), serviceWorker: fc.boolean(), hops: fc.tuple(hop, fc.array(hop, { maxLength: 3 })).map(([first, others]) => [first, ...others] as const), twins: fc.constant([]),
    responseStatus: fc.option(fc.constantFrom(0, 200)), call: fc.constant(null), unheard: fc.boolean(), callSite: fc.constant(null),
    refused: fc.option(fc.constantFrom("content-security-policy", "mode-same-origin", "scheme-not-supported", "mixed-content")), trials: fc.constantFrom<string[]>([], ["7"]), interrupted: fc.boolean(), seenBy: fc.constantFrom("browser" as const, "proxy" as const),
  });
  const engine = fc.constantFrom<Engine>("chromium", "gecko");

  test("gives steps in the order of its messages, between lanes that there are, cut short", () => {
    fc.assert(fc.property(exchange, engine, (each, of) => checked(each, of)), { numRuns: 500 });
  });

  test.each([...CAUSE_TAPES, ...NEAR_MISSES].map(([label, of, { events }]) => [`${of}: ${label}`, of, events] as const))("%s", (_name, of, events) => {
    for (const each of exchangesOf(of, { events })) checked(each, of);
  });
});

function checked(exchange: Exchange, engine: Engine): void {
  const verdict = judge(exchange, engine);
  const { lanes, steps } = picture(exchange, verdict, engine, []);
  const keys = stations(exchange, verdict, engine, []).map(({ key }) => key);
  expect(lanes.map(({ kind }) => kind).slice(1, 2)).toEqual(["browser"]);
  for (const { from, to } of steps) expect([lanes[from], lanes[to]]).not.toContain(undefined);
  // The call belongs to the request, though its preflight comes first.
  const order = steps.slice(1).map(({ key }) => keys.indexOf(key));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect([...new Set(steps.map(({ key }) => key))].sort()).toEqual([...keys].sort());
  expect(steps[0]).toMatchObject({ from: 0, to: 1, kind: "request" });
  expect(steps.filter(({ kind, state }) => kind === "stop" && state === "failing").length).toBe(verdict.outcome === "blocked" ? 1 : 0);
  const stop = steps.findIndex(({ kind, state }) => kind === "stop" && state === "failing");
  if (stop !== -1) expect(steps.slice(stop + 1).filter(({ kind, state }) => kind !== "withheld" && state !== "never-sent")).toEqual([]);
  const texts = [...lanes.flatMap(({ name, origin }) => [name, origin]), ...steps.flatMap(({ label }) => label.flatMap(({ text }) => dataOf(text)))];
  for (const text of texts) {
    expect(Array.from(text).length).toBeLessThan(260);
    expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u);
  }
  const known = new Set([...messageKeys(), "station_pending", "from_cache", "status", "compare_expected", "compare_include", "compare_status", "compare_example", "compare_empty"]);
  const said = steps.flatMap((one) => [sentenceKey(one), ...one.label.flatMap(({ text }) => keysOf(text))]);
  expect(said.filter((key) => !known.has(key))).toEqual([]);
}

function keysOf(text: string | Phrase): string[] {
  return typeof text === "string" ? [] : [text.key, ...text.params.flatMap(keysOf)];
}

function dataOf(text: string | Phrase): string[] {
  return typeof text === "string" ? [text] : text.params.flatMap(dataOf);
}
