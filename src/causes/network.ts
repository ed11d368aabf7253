import type { CauseCode, NetworkCode } from "../model.ts";
import { originOf } from "../fetch/redirect.ts";
import { isLoopback } from "../near-miss.ts";
import { requestOrigin } from "../request.ts";
import { type Case, cause, type Look } from "./case.ts";

const CAUSES: Readonly<Partial<Record<NetworkCode, CauseCode>>> = {
  "connection-refused": "nothing-listens",
  "connection-reset": "connection-dropped",
  "empty-response": "connection-dropped",
  "name-not-resolved": "name-not-found",
  "timed-out": "timed-out",
  offline: "offline",
  aborted: "aborted-by-page",
};

/** Why nobody answered. */
export const noAnswer: Look = (at) => {
  const { failure, message } = at;
  const server = originOf(message.url);
  const error = failure.browserError ?? "";
  switch (failure.code) {
    case "tls-error":
      return /PROTOCOL_ERROR|RX_RECORD_TOO_LONG|record that exceeded/i.test(error) ? cause("not-https", server) : cause("certificate", server, error);
    case "blocked-by-client":
      return cause(/ADMINISTRATOR/.test(error) ? "blocked-by-administrator" : "blocked-by-extension", server);
    case "local-network-access":
      return localNetwork(at, error);
    case "preflight-network-error":
    case "network-error":
      return insideChromium(at, error);
    default: {
      const code = Object.entries(CAUSES).find(([network]) => network === failure.code)?.[1];
      return code === undefined ? [] : cause(code, server);
    }
  }
};

/** https://wicg.github.io/local-network-access/: a permission of the page, given in a prompt; only secure pages may ask. */
function localNetwork({ exchange, message }: Case, error: string): ReturnType<Look> {
  const page = requestOrigin(exchange);
  if (/INCONSISTENT_IP_ADDRESS_SPACE/.test(error)) return cause("local-network-address-space", originOf(message.url));
  if (!mayBeSecure(page)) return cause("local-network-insecure-page", page, originOf(message.url));
  return cause("local-network-permission", page, originOf(message.url));
}

/** Pages of this device are secure without https. https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy */
function mayBeSecure(origin: string): boolean {
  if (!origin.startsWith("http:") || !URL.canParse(origin)) return true;
  const { hostname } = new URL(origin);
  return isLoopback(hostname) || hostname.endsWith(".localhost");
}

/**
 * Chromium has one error for whatever it refuses for CORS' sake. Without a response that was not a check of headers:
 * before the request was sent it was a redirect of the browser's own, which no preflight may take; after that, what
 * the connection led to.
 */
function insideChromium(at: Case, error: string): ReturnType<Look> {
  const { exchange, failure, message, response } = at;
  if (error !== "net::ERR_FAILED" || response !== null || exchange.interrupted) return [];
  if (failure.phase !== "preflight") return message.requestHeaders === null ? [] : cause("local-network-address-space", originOf(message.url));
  if (message.requestHeaders !== null) return localNetwork(at, error);
  return URL.canParse(message.url) && new URL(message.url).protocol === "http:" ? cause("hsts-upgrade", new URL(message.url).host) : [];
}
