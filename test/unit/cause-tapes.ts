import type { CauseCode, Engine } from "../../src/model.ts";
import { A, B, C, Tape } from "./tapes.ts";

type Row = readonly [name: string, engine: Engine, tape: Tape, wanted: readonly CauseCode[]];
type Headers = Readonly<Record<string, string>>;

const X = `${B}/items`;
const HTTP = "http://api.example/items";
const DATE = "Tue, 24 Nov 2026 12:00:00 GMT";
const LATER = "Tue, 24 Nov 2026 12:00:09 GMT";
const MINE = { "Access-Control-Allow-Origin": A };
const STORED = { "Cache-Control": "max-age=600", Date: DATE };

/** A GET whose answer Chromium withholds; it goes on the tape after what is there. */
function blocked(answer: Headers, { status = 200, url = X, id = "9", sent = {}, tape = new Tape() }: { status?: number; url?: string; id?: string; sent?: Headers; tape?: Tape } = {}): Tape {
  return tape.begin(id, "GET", url).send(id, "GET", url, sent).head(id, "GET", url, status, answer).fail(id, "GET", url, "net::ERR_FAILED");
}
function passed(answer: Headers, { url = X, id = "1", sent = {}, method = "GET", tape = new Tape() }: { url?: string; id?: string; sent?: Headers; method?: string; tape?: Tape } = {}): Tape {
  return tape.begin(id, method, url).send(id, method, url, sent).head(id, method, url, 200, answer).start(id, method, url).done(id, method, url);
}
/** An image without `crossorigin` has no `Origin`; a tape can't leave a header out, so this adds the events itself. */
function shownAsImage(answer: Headers, events: (events: Tape["events"]) => Tape = following): Tape {
  const tape = new Tape({ type: "image" });
  passed(answer, { tape, sent: { "Sec-Fetch-Mode": "no-cors" } });
  const plain = tape.events.map((event) => (event.kind === "send-headers" ? { ...event, requestHeaders: event.requestHeaders.filter(({ name }) => name !== "Origin") } : event));
  return events(plain);
}
/** Both at once: the second begins before the first is answered. */
function atOnce(events: Tape["events"]): Tape {
  const tape = new Tape();
  tape.events.push(...events);
  return tape;
}
/** A tape whose requests come after others: each begins at the same time. */
function following(events: Tape["events"]): Tape {
  const tape = new Tape();
  tape.events.push(...events.map((event) => ({ ...event, time: event.time - 1000 })));
  return tape;
}
/** What another page of the same tab did before. */
function fromOrigin(initiator: string, answer: Headers, url = X): Tape {
  return following(passed(answer, { tape: new Tape({ initiator }), sent: { Origin: initiator }, url }).events);
}
/** A preflight whose answer Chromium refuses. */
function refused(method: string, status: number, answer: Headers, { asked = {}, url = X, tape = new Tape() }: { asked?: Headers; url?: string; tape?: Tape } = {}): Tape {
  return tape.begin("9", method, url).begin("8", "OPTIONS", url).send("8", "OPTIONS", url, { "Access-Control-Request-Method": method, ...asked })
    .head("8", "OPTIONS", url, status, answer).start("8", "OPTIONS", url).done("8", "OPTIONS", url).fail("9", method, url, "net::ERR_FAILED");
}
/** A preflight that was answered, before a request that was not. */
function preflightPassed(): Tape {
  return new Tape().begin("9", "PUT", X).begin("8", "OPTIONS", X).send("8", "OPTIONS", X, { "Access-Control-Request-Method": "PUT" })
    .head("8", "OPTIONS", X, 204, { ...MINE, "Access-Control-Allow-Methods": "PUT" }).start("8", "OPTIONS", X).done("8", "OPTIONS", X)
    .send("9", "PUT", X).head("9", "PUT", X, 200, {}).fail("9", "PUT", X, "net::ERR_FAILED");
}
/** Nobody answered. */
function unanswered(error: string, { url = X, source = {} }: { url?: string; source?: ConstructorParameters<typeof Tape>[0] } = {}): Tape {
  return new Tape(source).begin("9", "GET", url).send("9", "GET", url, source?.initiator == null ? {} : { Origin: source.initiator }).fail("9", "GET", url, error);
}
function redirectedTo(location: string, { answer = {}, url = X }: { answer?: Headers; url?: string } = {}): Tape {
  return blocked({ ...answer, Location: location }, { status: 302, url });
}
const allowing = (value: string, more: Headers = {}): Tape => blocked({ "Access-Control-Allow-Origin": value, ...more });
const asPage = (initiator: string, value: string, more: Headers = {}): Tape =>
  blocked({ "Access-Control-Allow-Origin": value, ...more }, { tape: new Tape({ initiator }), sent: { Origin: initiator } });

/** What takes a network, a device or a history that the lab doesn't have. */
export const CAUSE_TAPES: readonly Row[] = [
  ["HSTS turns the preflight away before it is sent", "chromium",
    new Tape().begin("9", "PUT", HTTP).begin("8", "OPTIONS", HTTP).fail("8", "OPTIONS", HTTP, "net::ERR_FAILED").fail("9", "PUT", HTTP, "net::ERR_FAILED"), ["hsts-upgrade"]],
  ["HSTS makes the origin null", "chromium",
    new Tape().begin("9", "GET", HTTP).redirect("9", "GET", HTTP, X, { ...MINE, "Non-Authoritative-Reason": "HSTS" })
      .begin("9", "GET", X).send("9", "GET", X, { Origin: "null" }).head("9", "GET", X, 200, MINE).fail("9", "GET", X, "net::ERR_FAILED"),
    ["hsts-upgrade", "origin-null-by-redirect"]],
  ["timed out", "chromium", unanswered("net::ERR_CONNECTION_TIMED_OUT"), ["timed-out"]],
  ["timed out", "gecko", unanswered("NS_ERROR_NET_TIMEOUT"), ["timed-out"]],
  ["offline", "chromium", unanswered("net::ERR_INTERNET_DISCONNECTED"), ["offline"]],
  ["offline", "gecko", unanswered("NS_ERROR_OFFLINE"), ["offline"]],
  ["aborted", "chromium", unanswered("net::ERR_ABORTED"), ["aborted-by-page"]],
  ["aborted", "gecko", unanswered("NS_BINDING_ABORTED"), ["aborted-by-page"]],
  ["an extension", "chromium", unanswered("net::ERR_BLOCKED_BY_CLIENT"), ["blocked-by-extension"]],
  ["an extension", "gecko", unanswered("NS_ERROR_ABORT"), ["blocked-by-extension"]],
  ["tracking protection", "gecko", unanswered("NS_ERROR_TRACKING_URI"), ["blocked-by-extension"]],
  ["a policy", "chromium", unanswered("net::ERR_BLOCKED_BY_ADMINISTRATOR"), ["blocked-by-administrator"]],
  ["the local network, from a secure page", "chromium", unanswered("net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"), ["local-network-permission"]],
  ["the local network, from a secure page", "gecko", unanswered("NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED"), ["local-network-permission"]],
  ["the local network, from an http page", "chromium", unanswered("net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", { source: { initiator: "http://app.example" } }), ["local-network-insecure-page"]],
  ["the local network, from a page on this device", "chromium", unanswered("net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", { source: { initiator: "http://localhost:5173" } }), ["local-network-permission"]],
  ["another address space than said", "chromium", unanswered("net::ERR_INCONSISTENT_IP_ADDRESS_SPACE"), ["local-network-address-space"]],
  ["a broken handshake", "gecko", unanswered("Peer reports it experienced an internal error."), ["certificate"]],
  ["the default port", "chromium", allowing(`${A}:443`), ["origin-default-port"]],
  ["www", "chromium", allowing("https://www.app.example"), ["origin-www"]],
  ["without www", "chromium", asPage("https://www.app.example", A), ["origin-www"]],
  ["a subdomain", "chromium", allowing("https://admin.app.example"), ["origin-subdomain"]],
  ["a page without an origin", "chromium", asPage("null", A), ["origin-null-document"]],
  ["a frame without an origin", "chromium", blocked(MINE, { tape: new Tape({ initiator: "null", frameId: 4 }), sent: { Origin: "null" } }), ["origin-null-sandboxed"]],
  ["Authorization under * with credentials", "chromium",
    refused("GET", 204, { ...MINE, "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Headers": "*" }, { asked: { "Access-Control-Request-Headers": "authorization" } }),
    ["authorization-under-wildcard"]],
  ["the same address allowed a GET, the preflight gets nothing", "chromium", refused("DELETE", 204, {}, { tape: passed(MINE) }), ["options-without-cors", "cors-refused"]],
  ["the same address allowed a GET, another gets nothing", "chromium", blocked({}, { tape: passed(MINE), url: `${X}?page=2` }), ["cors-refused"]],
  ["403 with what is left of CORS", "chromium", refused("PUT", 403, { Vary: "Origin, Access-Control-Request-Method" }), ["cors-refused"]],
  ["403 to a simple request, with what is left of CORS", "chromium", blocked({ Vary: "Origin" }, { status: 403 }), ["error-page", "cors-refused"]],
  ["the page before got this very answer", "chromium",
    blocked({ ...STORED, "Access-Control-Allow-Origin": "https://old.example" }, { tape: fromOrigin("https://old.example", { ...STORED, "Access-Control-Allow-Origin": "https://old.example" }) }),
    ["cached-for-another-origin"]],
  ["the page before was the same by another name", "chromium",
    blocked({ ...STORED, "Access-Control-Allow-Origin": "https://www.app.example" }, { tape: fromOrigin("https://www.app.example", { ...STORED, "Access-Control-Allow-Origin": "https://www.app.example" }) }),
    ["cached-for-another-origin"]],
  ["a cache answers for www", "chromium", allowing("https://www.app.example", { Age: "12" }), ["cached-for-another-origin", "origin-www"]],
  ["shown as an image before", "chromium", blocked(STORED, { tape: shownAsImage(STORED) }), ["cached-no-cors-copy"]],
  ["a login page on another host", "chromium", redirectedTo("https://login.example/?next=%2Fitems"), ["login-redirect"]],
  ["a redirect from http to https", "chromium", redirectedTo(X, { url: HTTP }), ["redirect-to-https"]],
];

/** Like a cause's exchange, but for the one thing that makes it so. */
export const NEAR_MISSES: readonly Row[] = [
  ["an API whose own path is /oauth/token redirects within itself", "chromium", redirectedTo(`${B}/v2/oauth/token`, { url: `${B}/oauth/token` }), ["redirect-without-cors"]],
  ["a picture of a login page", "chromium", redirectedTo(`${C}/img/login.png`), ["redirect-without-cors"]],
  ["the author of a blog", "chromium", redirectedTo(`${C}/authors/1`), ["redirect-without-cors"]],
  ["a chemical's number", "chromium", redirectedTo(`${C}/substances/cas/50-00-0`), ["redirect-without-cors"]],
  ["discovery of an identity provider", "chromium", redirectedTo(`${C}/.well-known/openid-configuration`), ["redirect-without-cors"]],
  ["a slash, and another path", "chromium", redirectedTo(`${B}/things/`), ["redirect-without-cors"]],
  ["a slash, on another host", "chromium", redirectedTo(`${C}/items/`), ["redirect-without-cors"]],
  ["from https to http", "chromium", redirectedTo(HTTP), ["redirect-without-cors"]],
  ["to https on another host", "chromium", redirectedTo(`${C}/items`, { url: HTTP }), ["redirect-without-cors"]],
  ["a 404 with CORS headers", "chromium", new Tape().begin("9", "GET", X).send("9", "GET", X).head("9", "GET", X, 404, MINE).start("9", "GET", X).done("9", "GET", X), []],
  ["a 404 for whose headers another reason fails", "chromium", blocked({ "Access-Control-Allow-Origin": "https://b.example" }, { status: 404 }), ["other-origin-configured"]],
  ["one value and a stray comma", "chromium", allowing(`${A},`), []],
  ["Vary: Origin and a cache hit", "chromium", allowing("https://b.example", { Vary: "Origin", Age: "12", "X-Cache": "HIT" }), ["other-origin-configured"]],
  ["a cache that missed", "chromium", allowing("https://b.example", { Age: "0", "X-Cache": "MISS from cache" }), ["other-origin-configured"]],
  ["the same URL passed for another page, but this answer is a new one", "chromium",
    blocked({ ...STORED, Date: LATER, "Access-Control-Allow-Origin": "https://old.example" }, { tape: fromOrigin("https://old.example", { ...STORED, "Access-Control-Allow-Origin": "https://old.example" }) }),
    ["other-origin-configured"]],
  ["the same second, but nothing may be stored", "chromium",
    blocked({ Date: DATE, "Cache-Control": "no-store", "Access-Control-Allow-Origin": "https://old.example" }, { tape: fromOrigin("https://old.example", { Date: DATE, "Cache-Control": "no-store", "Access-Control-Allow-Origin": "https://old.example" }) }),
    ["other-origin-configured"]],
  ["shown as an image in the same second, but nothing may be stored", "chromium", blocked({ Date: DATE, "Cache-Control": "no-store" }, { tape: shownAsImage({ Date: DATE, "Cache-Control": "no-store" }) }), ["route-without-cors"]],
  ["shown as an image in the same second, without a lifetime", "chromium", blocked({ Date: DATE }, { tape: shownAsImage({ Date: DATE }) }), ["route-without-cors"]],
  ["shown as an image before, asked for anew", "chromium", blocked({ ...STORED, Date: LATER }, { tape: shownAsImage(STORED) }), ["route-without-cors"]],
  ["shown as an image before, and answered over a connection", "chromium", blocked({ ...STORED, Connection: "keep-alive" }, { tape: shownAsImage(STORED) }), ["route-without-cors"]],
  ["shown as an image before, and Firefox says that it asked again", "gecko", passed(STORED, { tape: shownAsImage(STORED), id: "9" }), ["route-without-cors"]],
  ["shown as an image before, with Vary: Origin", "chromium", blocked({ ...STORED, Vary: "Origin" }, { tape: shownAsImage({ ...STORED, Vary: "Origin" }) }), ["cors-refused"]],
  ["shown as an image at the same time", "chromium", blocked(STORED, { tape: shownAsImage(STORED, atOnce) }), ["route-without-cors"]],
  ["a proxy answers preflights, and the route behind it knows nothing", "chromium", blocked({}, { tape: preflightPassed(), id: "12" }), ["route-without-cors"]],
  ["asked for with CORS before", "chromium", blocked(STORED, { tape: blocked(STORED, { id: "1" }) }), ["route-without-cors"]],
  ["a header that resembles Allow-Origin, and is one", "chromium", blocked({ "Access-Control-Allow-Credentials": "true" }), ["cors-refused"]],
  ["a 500 where the same address allowed a GET", "chromium", blocked({}, { tape: passed(MINE), status: 500 }), ["error-page"]],
  ["a 502 with Vary: Origin", "chromium", blocked({ Vary: "Origin" }, { status: 502 }), ["error-page"]],
  ["OPTIONS without a route where the same address allowed a GET", "chromium", refused("PUT", 404, {}, { tape: passed(MINE) }), ["options-not-routed"]],
  ["another address allowed a GET", "chromium", blocked({}, { tape: passed(MINE, { url: `${B}/other` }) }), ["route-without-cors"]],
  ["another page was allowed", "chromium", blocked({}, { tape: fromOrigin("https://old.example", { "Access-Control-Allow-Origin": "https://old.example" }) }), ["route-without-cors"]],
  ["a 401 for a token that was sent", "chromium", blocked({}, { status: 401, sent: { Authorization: "Bearer x", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Storage-Access": "none" } }), ["error-page"]],
  ["a 401 within the site", "chromium", blocked({}, { status: 401, sent: { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Storage-Access": "none" } }), ["error-page"]],
  ["a 401 without credentials being wanted", "chromium", blocked({}, { status: 401, sent: { "Sec-Fetch-Site": "cross-site" } }), ["error-page"]],
  ["a preflight's 403 for want of authentication", "chromium", refused("PUT", 403, MINE), ["options-needs-authentication"]],
  ["a method in upper case", "chromium", refused("PATCH", 204, { ...MINE, "Access-Control-Allow-Methods": "PUT" }), []],
  ["a header of the page's own", "chromium", refused("GET", 204, MINE, { asked: { "Access-Control-Request-Headers": "x-mine" } }), []],
  ["Authorization, with no * in sight", "chromium", refused("GET", 204, { ...MINE, "Access-Control-Allow-Headers": "x-a" }, { asked: { "Access-Control-Request-Headers": "authorization" } }), []],
  ["a preflight to https that failed inside", "chromium",
    new Tape().begin("9", "PUT", X).begin("8", "OPTIONS", X).fail("8", "OPTIONS", X, "net::ERR_FAILED").fail("9", "PUT", X, "net::ERR_FAILED"), []],
  ["a preflight that Firefox refused inside", "gecko",
    new Tape().begin("9", "PUT", X).send("9", "PUT", X).begin("8", "OPTIONS", X).send("8", "OPTIONS", X, { "Access-Control-Request-Method": "PUT" })
      .fail("8", "OPTIONS", X, "NS_ERROR_DOM_BAD_URI").fail("9", "PUT", X, "NS_ERROR_DOM_BAD_URI"), []],
  ["any other net error", "chromium", unanswered("net::ERR_HTTP2_PROTOCOL_ERROR"), []],
  ["a certificate that isn't plain http", "chromium", unanswered("net::ERR_CERT_DATE_INVALID"), ["certificate"]],
  ["another host that ends alike", "chromium", allowing("https://myapp.example"), ["other-origin-configured"]],
  ["a sibling, not a subdomain", "chromium", allowing("https://www.other.example"), ["other-origin-configured"]],
  ["a private address is no loopback name", "chromium", asPage("http://localhost:3000", "http://192.168.0.2:3000"), ["other-origin-configured"]],
];
