import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { ENGINES } from "../../src/engines/engines.ts";
import { requestedHeaderNames } from "../../src/exchange.ts";
import { get } from "../../src/fetch/headers.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import { withNextHop } from "../../src/next-hop.ts";
import { A, B, C, Tape } from "./tapes.ts";

type Sent = Readonly<Record<string, string>>;

const of = (tape: Tape): Exchange => tape.events.reduce(step, emptyLog("chromium")).exchanges[0]!;
const redirected = (method: string, status: number, location: string, sent: Sent = {}): Exchange =>
  of(new Tape().begin("1", method, B).send("1", method, B, sent).head("1", method, B, status, { Location: location }).fail("1", method, B, "net::ERR_FAILED"));
const preflighted = (method: string, status: number, location: string, asked: string): Exchange =>
  of(new Tape().begin("1", method, B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": method, ...(asked === "" ? {} : { "Access-Control-Request-Headers": asked }) })
    .head("2", "OPTIONS", B, 204).start("2", "OPTIONS", B).done("2", "OPTIONS", B)
    .send("1", method, B).head("1", method, B, status, { Location: location }).fail("1", method, B, "net::ERR_FAILED"));

/** The hop that comes, as `[preflight's method and names, or null] method url origin`. */
function next(exchange: Exchange, engine: Engine = "chromium"): string | null {
  const grown = withNextHop(exchange, ENGINES[engine]);
  const hop = grown?.hops[exchange.hops.length];
  if (hop === undefined) return null;
  const { preflight, request } = hop;
  const asks = preflight === null ? "" : `[${get("Access-Control-Request-Method", preflight.requestHeaders ?? [])} ${requestedHeaderNames(preflight)}] `;
  return `${asks}${request.method} ${request.url} ${get("Origin", request.requestHeaders ?? [])}`;
}

describe("what a redirect leads to", () => {
  test.each<[string, string | null, string | null]>([
    ["the same origin: a path", next(redirected("GET", 302, "/v2")), `GET ${B}/v2 ${A}`],
    ["back to the page's own origin", next(redirected("GET", 302, `${A}/x`)), `GET ${A}/x null`],
    ["another origin: the request's becomes null", next(redirected("GET", 302, `${C}/x`)), `GET ${C}/x null`],
    ["user info is what it is refused for", next(redirected("GET", 302, "https://u:p@api.example/x")), `GET ${B}/x ${A}`],
    ["POST becomes GET by 301", next(redirected("POST", 301, "/x")), `GET ${B}/x ${A}`],
    ["POST becomes GET by 302", next(redirected("POST", 302, "/x")), `GET ${B}/x ${A}`],
    ["POST stays by 307", next(redirected("POST", 307, "/x")), `POST ${B}/x ${A}`],
    ["POST stays by 308", next(redirected("POST", 308, "/x")), `POST ${B}/x ${A}`],
    ["HEAD stays by 303", next(redirected("HEAD", 303, "/x")), `HEAD ${B}/x ${A}`],
    ["a method that needs a preflight", next(preflighted("PUT", 307, "/x", "")), `[PUT ] PUT ${B}/x ${A}`],
    ["by 303 it is a GET that needs none", next(preflighted("PUT", 303, "/x", "content-type")), `GET ${B}/x ${A}`],
    ["but Firefox asks again", next(preflighted("PUT", 303, "/x", "content-type"), "gecko"), `[GET ] GET ${B}/x ${A}`],
    ["a header that needs one stays", next(preflighted("PUT", 303, "/x", "x-a,content-type")), `[GET x-a] GET ${B}/x ${A}`],
    ["Authorization doesn't leave its origin", next(preflighted("GET", 302, `${C}/x`, "authorization,x-a")), `[GET x-a] GET ${C}/x null`],
    ["Authorization stays at its origin", next(preflighted("GET", 302, "/x", "authorization")), `[GET authorization] GET ${B}/x ${A}`],
    ["an upload that is listened to is preflighted again", next(preflighted("POST", 307, "/x", "")), `[POST ] POST ${B}/x ${A}`],
    ["no redirect", next(redirected("GET", 200, "/x")), null],
    ["no URL", next(redirected("GET", 302, "https://")), null],
    ["no HTTP", next(redirected("GET", 302, "data:,x")), null],
  ])("%s", (_name, found, wanted) => expect(found).toBe(wanted));

  test("what was there stays, and the redirect is followed", () => {
    const before = redirected("GET", 302, "/v2");
    const after = withNextHop(before, ENGINES.chromium);
    expect(after?.hops[0].request).toEqual({ ...before.hops[0].request, redirectUrl: `${B}/v2` });
    expect(after?.hops[1]?.request.response).toBe(null);
  });
});
