import type { CauseCode, NetworkCode } from "../model.ts";
import { originOf } from "../fetch/redirect.ts";
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

/** What answered doesn't speak TLS at all, by the browser's error. */
export function answersWithoutTls(error: string): boolean {
  return /PROTOCOL_ERROR|RX_RECORD_TOO_LONG|record that exceeded/i.test(error);
}

/** Why nobody answered. */
export const noAnswer: Look = (at) => {
  const { failure, message } = at;
  const server = originOf(message.url);
  const error = failure.browserError ?? "";
  switch (failure.code) {
    case "tls-error":
      return answersWithoutTls(error) ? cause("not-https", server) : cause("certificate", server, error);
    case "blocked-by-client":
      return cause(/ADMINISTRATOR/.test(error) ? "blocked-by-administrator" : "blocked-by-extension", server);
    case "local-network-access":
      return localNetwork(at, error);
    default: {
      const code = Object.entries(CAUSES).find(([network]) => network === failure.code)?.[1];
      return code === undefined ? [] : cause(code, server);
    }
  }
};

/** https://wicg.github.io/local-network-access/: a permission of the page, given in a prompt; only secure pages may ask. */
function localNetwork({ exchange, message }: Case, error: string): ReturnType<Look> {
  const page = requestOrigin(exchange);
  switch (error) {
    case "InvalidLocalNetworkAccess":
      return cause("local-network-address-space", originOf(message.url));
    case "InsecureLocalNetwork":
      return cause("local-network-insecure-page", page, originOf(message.url));
    default:
      return cause("local-network-permission", page, originOf(message.url));
  }
}
