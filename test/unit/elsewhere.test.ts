import { expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { beside } from "../../src/elsewhere.ts";
import { judge } from "../../src/judge.ts";
import type { CauseCode, ElsewhereCode, Engine } from "../../src/model.ts";
import { remedy } from "../../src/remedy.ts";
import { B, Tape } from "./tapes.ts";

const failedWith = (engine: Engine, error: string) => {
  const [exchange] = new Tape().begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, error).events.reduce(step, emptyLog(engine)).exchanges;
  return exchange!;
};

test.each<[Engine, string, string | null]>([
  ["chromium", "net::ERR_CONNECTION_REFUSED", "start-server"],
  ["chromium", "net::ERR_CONNECTION_RESET", "read-server-log"],
  ["chromium", "net::ERR_EMPTY_RESPONSE", "read-server-log"],
  ["chromium", "net::ERR_NAME_NOT_RESOLVED", "correct-name"],
  ["chromium", "net::ERR_CERT_AUTHORITY_INVALID", "mend-certificate"],
  ["chromium", "net::ERR_TIMED_OUT", "reach-server"],
  ["chromium", "net::ERR_INTERNET_DISCONNECTED", "go-online"],
  ["chromium", "net::ERR_BLOCKED_BY_CLIENT", "switch-off-blocker"],
  ["chromium", "net::ERR_BLOCKED_BY_RESPONSE", "relax-resource-policy"],
  ["chromium", "net::ERR_BLOCKED_BY_ORB", "ask-with-cors"],
  ["chromium", "net::ERR_UNSAFE_PORT", "use-other-port"],
  ["chromium", "net::ERR_INVALID_REDIRECT", "correct-redirect"],
  ["chromium", "net::ERR_UNKNOWN_URL_SCHEME", "correct-redirect"],
  ["chromium", "net::ERR_TOO_MANY_REDIRECTS", "end-redirect-loop"],
  ["chromium", "net::ERR_INVALID_ARGUMENT", "send-buffered"],
  ["chromium", "net::ERR_INCONSISTENT_IP_ADDRESS_SPACE", "correct-address-space"],
  ["chromium", "net::ERR_ABORTED", null],
  ["chromium", "net::ERR_OUT_OF_MEMORY", null],
  ["gecko", "NS_ERROR_CORRUPTED_CONTENT", "send-content-type"],
  ["gecko", "NS_ERROR_CONNECTION_REFUSED", "start-server"],
])("%s: %s", (engine, error, code) => {
  const exchange = failedWith(engine, error);
  const found = remedy(exchange, judge(exchange, engine), engine);
  expect(found?.elsewhere ?? []).toEqual(code === null ? [] : [{ code, params: [B] }]);
});

test("what doesn't speak TLS at all is asked without, or taught it", () => {
  const exchange = failedWith("chromium", "net::ERR_SSL_PROTOCOL_ERROR");
  expect(remedy(exchange, judge(exchange, "chromium"), "chromium")?.elsewhere).toEqual([{ code: "ask-without-tls", params: [B, B.replace("https:", "http:")] }]);
});

test.each<[CauseCode, ElsewhereCode[]]>([
  ["cached-for-another-origin", ["empty-caches"]],
  ["cached-no-cors-copy", ["empty-caches", "give-crossorigin"]],
  ["error-page", ["mend-error"]],
  ["third-party-cookie-blocked", ["send-cookie"]],
  ["origin-trailing-slash", []],
])("beside the lines, for %s: %j", (code, wanted) => {
  const [exchange] = new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 502).events.reduce(step, emptyLog("chromium")).exchanges;
  expect(beside(exchange!, [{ code, params: [] }])).toEqual(wanted.map((each) => ({ code: each, params: [B, "502"] })));
});
