import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Verdict } from "../../src/model.ts";
import { B, Tape } from "./tapes.ts";

function verdict(engine: Engine, { events }: Tape): Verdict | undefined {
  const [exchange] = events.reduce(step, emptyLog(engine)).exchanges;
  return exchange && judge(exchange, engine);
}

const CHECKS = "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS";
const get = (error: string, initiator: string, frameId = 0): Tape =>
  new Tape({ initiator, frameId }).begin("1", "GET", B).send("1", "GET", B, { Origin: initiator }).fail("1", "GET", B, error);
const put = (sent: boolean, error: string): Tape => {
  const begun = new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B);
  return (sent ? begun.send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" }) : begun).fail("2", "OPTIONS", B, "net::ERR_FAILED").fail("1", "PUT", B, error);
};

describe("what Chromium refuses without a response", () => {
  test.each<[string, Tape, string, string, string[]]>([
    ["a secure page", get(CHECKS, "https://app.example"), "local-network-access", "LocalNetworkAccessPermissionDenied", []],
    ["a page of this device", get(CHECKS, "http://127.0.0.1:3000"), "local-network-access", "LocalNetworkAccessPermissionDenied", []],
    ["by another name", get(CHECKS, "http://app.localhost"), "local-network-access", "LocalNetworkAccessPermissionDenied", []],
    ["an http page", get(CHECKS, "http://app.example"), "local-network-access", "InsecureLocalNetwork", []],
    ["a frame", get(CHECKS, "https://app.example", 7), "local-network-access", "LocalNetworkAccessPermissionDenied", ["InsecureLocalNetwork"]],
    ["a page without an origin", get(CHECKS, "null"), "local-network-access", "LocalNetworkAccessPermissionDenied", ["InsecureLocalNetwork"]],
    ["another address space", get("net::ERR_FAILED", "https://app.example"), "local-network-access", "InvalidLocalNetworkAccess", []],
    ["another address space, by its own error", get("net::ERR_INCONSISTENT_IP_ADDRESS_SPACE", "https://app.example"), "local-network-access", "InvalidLocalNetworkAccess", []],
    ["a preflight that was sent", put(true, "net::ERR_FAILED"), "local-network-access", "LocalNetworkAccessPermissionDenied", ["InvalidLocalNetworkAccess"]],
    ["a preflight that was redirected before it was sent", put(false, "net::ERR_FAILED"), "preflight-redirect", "PreflightDisallowedRedirect", []],
    ["a preflight that reached nobody", put(false, "net::ERR_CONNECTION_REFUSED"), "connection-refused", "net::ERR_CONNECTION_REFUSED", []],
    ["without CORS", new Tape().begin("1", "GET", B).send("1", "GET", B, { "Sec-Fetch-Mode": "no-cors" }).fail("1", "GET", B, "net::ERR_FAILED"), "network-error", "net::ERR_FAILED", []],
    ["a preflight that was answered, and another reason", new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" }).head("2", "OPTIONS", B, 404, {}).done("2", "OPTIONS", B).fail("1", "PUT", B, "net::ERR_FAILED"), "allow-origin-missing", "PreflightMissingAllowOriginHeader", []],
    ["never sent", new Tape().begin("1", "GET", B).fail("1", "GET", B, "net::ERR_BLOCKED_BY_CLIENT"), "blocked-by-client", "net::ERR_BLOCKED_BY_CLIENT", []],
  ])("%s", (_name, tape, code, browserError, alternatives) => {
    const found = verdict("chromium", tape);
    expect(found).toMatchObject({ outcome: "blocked", code, browserError });
    expect(found?.alternatives.map((each) => each.browserError)).toEqual(alternatives);
  });

  test("Firefox has its own errors for these", () => {
    const tape = new Tape().begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED");
    expect(verdict("gecko", tape)?.browserError).toBe("NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED");
  });
});
