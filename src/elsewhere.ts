import { answersWithoutTls } from "./causes/network.ts";
import { lastHop } from "./exchange.ts";
import { originOf } from "./fetch/redirect.ts";
import type { Cause, CauseCode, Code, Elsewhere, ElsewhereCode, Exchange, Failure } from "./model.ts";

/** What helps where neither a header nor the page does. */
const CODES: Readonly<Partial<Record<Code, ElsewhereCode>>> = {
  "blocked-by-client": "switch-off-blocker",
  "blocked-by-response": "relax-resource-policy",
  "connection-refused": "start-server",
  "connection-reset": "read-server-log",
  "empty-response": "read-server-log",
  "name-not-resolved": "correct-name",
  offline: "go-online",
  "opaque-response-blocked": "ask-with-cors",
  "preflight-network-error": "read-server-log",
  "redirect-invalid": "correct-redirect",
  "redirect-not-http": "correct-redirect",
  "redirect-stream-body": "send-buffered",
  "timed-out": "reach-server",
  "tls-error": "mend-certificate",
  "too-many-redirects": "end-redirect-loop",
  "unsafe-port": "use-other-port",
  "wrong-content-type": "send-content-type",
};

/** Where to look when the failure isn't one of CORS, though the page sees the same. */
export function elsewhere(exchange: Exchange, { code, browserError }: Failure): Elsewhere[] {
  const server = originOf(lastHop(exchange).request.url);
  if (code === "tls-error" && answersWithoutTls(browserError ?? "")) return [{ code: "ask-without-tls", params: [server, server.replace(/^https:/, "http:")] }];
  const found = browserError === "InvalidLocalNetworkAccess" ? "correct-address-space" : CODES[code];
  return found === undefined ? [] : [{ code: found, params: [server] }];
}

/** What a cause asks for beside header lines. */
const BESIDE: Readonly<Partial<Record<CauseCode, readonly ElsewhereCode[]>>> = {
  "cached-for-another-origin": ["empty-caches"],
  "cached-no-cors-copy": ["empty-caches", "give-crossorigin"],
  "error-page": ["mend-error"],
  "third-party-cookie-blocked": ["send-cookie"],
};

/** What has to be done beside the header lines of a fix, for them to help. */
export function beside(exchange: Exchange, causes: readonly Cause[]): Elsewhere[] {
  const { url, response } = lastHop(exchange).request;
  const params = [originOf(url), String(response?.status ?? "")];
  return causes.flatMap(({ code }) => BESIDE[code] ?? []).map((code) => ({ code, params }));
}
