import type { Engine, Header, NetEvent } from "../../src/model.ts";

/** The page that makes all requests, and two servers. */
export const A = "https://app.example";
export const B = "https://api.example";
export const C = "https://other.example";

type Headers = Readonly<Record<string, string>>;

/** Says what the browser said, event by event. */
export class Tape {
  readonly events: NetEvent[] = [];
  #time = 1_000_000;

  constructor(readonly source: Partial<NetEvent> = {}) {}

  begin(requestId: string, method: string, url: string): this {
    return this.#add(requestId, method, url, { kind: "before-request" });
  }
  send(requestId: string, method: string, url: string, headers: Headers = {}): this {
    const common = { Origin: A, "Sec-Fetch-Mode": "cors" };
    return this.#add(requestId, method, url, { kind: "send-headers", requestHeaders: list({ ...common, ...headers }) });
  }
  head(requestId: string, method: string, url: string, status: number, headers: Headers = {}): this {
    return this.#add(requestId, method, url, { kind: "headers-received", status, statusText: "", responseHeaders: list(headers) });
  }
  redirect(requestId: string, method: string, url: string, redirectUrl: string, headers: Headers = {}): this {
    const responseHeaders = list({ ...headers, Location: redirectUrl });
    return this.#add(requestId, method, url, { kind: "before-redirect", redirectUrl, status: 302, statusText: "", responseHeaders });
  }
  start(requestId: string, method: string, url: string): this {
    return this.#add(requestId, method, url, { kind: "response-started" });
  }
  done(requestId: string, method: string, url: string): this {
    return this.#add(requestId, method, url, { kind: "completed", fromCache: false });
  }
  fail(requestId: string, method: string, url: string, error: string): this {
    return this.#add(requestId, method, url, { kind: "error", error });
  }

  #add(requestId: string, method: string, url: string, rest: Kind): this {
    this.#time += 1;
    const base = { requestId, method, url, type: "xmlhttprequest", tabId: 1, frameId: 0, initiator: A, time: this.#time };
    this.events.push({ ...base, ...this.source, ...rest } as NetEvent);
    return this;
  }
}

type Kind = NetEvent extends infer Event ? (Event extends NetEvent ? Omit<Event, "requestId" | "method" | "url" | "type" | "tabId" | "frameId" | "initiator" | "time"> : never) : never;

function list(headers: Headers): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

const ALLOW = { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "PUT" };
const REFUSE = { "Access-Control-Allow-Origin": `${A}/`, "Access-Control-Allow-Methods": "PUT" };
const STAR = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "*" };
const ASK = { "Access-Control-Request-Method": "PUT" };

/** One recorded exchange: its events, and the browser's own verdict. */
export interface Recorded {
  readonly name: string;
  readonly engine: Engine;
  readonly events: readonly NetEvent[];
  readonly browserError: string | null;
}

function chromium(name: string, browserError: string | null, tape: Tape): Recorded {
  return { name, engine: "chromium", events: tape.events, browserError };
}
function gecko(name: string, browserError: string | null, tape: Tape): Recorded {
  return { name, engine: "gecko", events: tape.events, browserError };
}

/** One for each order of events that the two browsers were seen to have. */
export const RECORDED: readonly Recorded[] = [
  chromium("simple, allowed", null,
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, ALLOW).start("1", "GET", B).done("1", "GET", B)),
  chromium("simple, response blocked", "AllowOriginMismatch",
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, REFUSE).fail("1", "GET", B, "net::ERR_FAILED")),
  chromium("preflight, allowed", null,
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).head("2", "OPTIONS", B, 204, ALLOW)
      .start("2", "OPTIONS", B).done("2", "OPTIONS", B).send("1", "PUT", B).head("1", "PUT", B, 200, ALLOW).start("1", "PUT", B).done("1", "PUT", B)),
  chromium("preflight blocked", "PreflightAllowOriginMismatch",
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).head("2", "OPTIONS", B, 204, REFUSE)
      .start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", "PUT", B, "net::ERR_FAILED")),
  chromium("preflight redirected", "PreflightDisallowedRedirect",
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).head("2", "OPTIONS", B, 302, { ...ALLOW, Location: `${B}/login` })
      .start("2", "OPTIONS", B).done("2", "OPTIONS", B).fail("1", "PUT", B, "net::ERR_FAILED")),
  chromium("preflight refused a connection", "net::ERR_CONNECTION_REFUSED",
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).fail("2", "OPTIONS", B, "net::ERR_FAILED").fail("1", "PUT", B, "net::ERR_CONNECTION_REFUSED")),
  chromium("redirect blocked", "AllowOriginMismatch",
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...REFUSE, Location: C }).fail("1", "GET", B, "net::ERR_FAILED")),
  chromium("redirect, then blocked as null", "AllowOriginMismatch",
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...ALLOW, Location: C }).redirect("1", "GET", B, C, ALLOW)
      .begin("1", "GET", C).send("1", "GET", C, { Origin: "null" }).head("1", "GET", C, 200, ALLOW).fail("1", "GET", C, "net::ERR_FAILED")),
  chromium("blocked before it was sent", "net::ERR_BLOCKED_BY_CLIENT", new Tape().begin("1", "GET", B).fail("1", "GET", B, "net::ERR_BLOCKED_BY_CLIENT")),
  chromium("preflight passed under *, response blocked", "MissingAllowOriginHeader",
    new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).head("2", "OPTIONS", B, 204, STAR)
      .start("2", "OPTIONS", B).done("2", "OPTIONS", B).send("1", "PUT", B).head("1", "PUT", B, 200).fail("1", "PUT", B, "net::ERR_FAILED")),
  chromium("redirect under *, response blocked", "MissingAllowOriginHeader",
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...STAR, Location: `${B}/v2` }).redirect("1", "GET", B, `${B}/v2`, STAR)
      .begin("1", "GET", `${B}/v2`).send("1", "GET", `${B}/v2`).head("1", "GET", `${B}/v2`, 200).fail("1", "GET", `${B}/v2`, "net::ERR_FAILED")),
  chromium("connection refused", "net::ERR_CONNECTION_REFUSED",
    new Tape().begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "net::ERR_CONNECTION_REFUSED")),
  gecko("simple, response blocked", "CORSAllowOriginNotMatchingOrigin",
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, REFUSE).start("1", "GET", B).done("1", "GET", B)),
  gecko("preflight, allowed", null,
    new Tape().begin("1", "PUT", B).send("1", "PUT", B, { Cookie: "a=1" }).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK)
      .head("2", "OPTIONS", B, 204, { ...ALLOW, "Access-Control-Allow-Credentials": "true" }).start("2", "OPTIONS", B).done("2", "OPTIONS", B)
      .head("1", "PUT", B, 200, { ...ALLOW, "Access-Control-Allow-Credentials": "true" }).start("1", "PUT", B).done("1", "PUT", B)),
  gecko("preflight blocked", "CORSAllowOriginNotMatchingOrigin",
    new Tape().begin("1", "PUT", B).send("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).head("2", "OPTIONS", B, 204, REFUSE)
      .fail("2", "OPTIONS", B, "NS_ERROR_DOM_BAD_URI").fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI")),
  gecko("preflight redirected", "CORSExternalRedirectNotAllowed",
    new Tape().begin("1", "PUT", B).send("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK)
      .head("2", "OPTIONS", B, 302, { ...ALLOW, Location: `${B}/login` }).redirect("2", "OPTIONS", B, `${B}/login`, ALLOW)
      .start("2", "OPTIONS", `${B}/login`).fail("2", "OPTIONS", `${B}/login`, "NS_ERROR_NET_ON_RECEIVING_FROM").fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI")),
  gecko("redirect blocked", "CORSAllowOriginNotMatchingOrigin",
    new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...REFUSE, Location: C }).redirect("1", "GET", B, C, REFUSE)
      .start("1", "GET", C).fail("1", "GET", C, "NS_ERROR_UNEXPECTED")),
  gecko("preflight reset", "NS_ERROR_NET_RESET",
    new Tape().begin("1", "PUT", B).send("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK)
      .fail("2", "OPTIONS", B, "NS_ERROR_NET_RESET").fail("1", "PUT", B, "NS_ERROR_DOM_BAD_URI")),
];

/** The same exchange under other ids and at another URL, so that it has nothing to do with the first. */
export function elsewhere(events: readonly NetEvent[], suffix: string): NetEvent[] {
  return events.map((event) => {
    const moved = { ...event, requestId: `${event.requestId}-${suffix}`, url: `${event.url}/${suffix}` };
    return moved.kind === "before-redirect" ? { ...moved, redirectUrl: `${moved.redirectUrl}/${suffix}` } : moved;
  });
}
