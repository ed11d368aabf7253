/** Every noun of the product. Plain data: all of it can be written to JSON and read back. */

/** The two engines whose verdicts we give: Blink's network service, and Firefox's. */
export type Engine = "chromium" | "gecko";

/** A header as it went over the wire, one for each field line; its value as the browser decodes and trims it. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** What one webRequest event said, in one shape for both browsers. */
export type NetEvent = EventBase &
  (
    | { readonly kind: "before-request" }
    | { readonly kind: "send-headers"; readonly requestHeaders: readonly Header[] }
    | ({ readonly kind: "headers-received" } & ResponseEvent)
    | ({ readonly kind: "before-redirect"; readonly redirectUrl: string } & ResponseEvent)
    | { readonly kind: "response-started" }
    | { readonly kind: "completed"; readonly fromCache: boolean }
    | { readonly kind: "error"; readonly error: string }
  );

interface EventBase {
  /** The browser's id of the request: kept across redirects, another one for each preflight. */
  readonly requestId: string;
  readonly url: string;
  readonly method: string;
  /** webRequest's resource type: `xmlhttprequest` (fetch, XHR, EventSource), `image`, `font`, … */
  readonly type: string;
  /** -1: not of a tab (a service worker's). */
  readonly tabId: number;
  readonly frameId: number;
  /** The serialised origin of who made the request (`null` when opaque), or null when not told. */
  readonly initiator: string | null;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

interface ResponseEvent {
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: readonly Header[];
}

/** The head of a response; bodies are never looked at. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** In Firefox: the lines are known from DevTools; webRequest joins those of one name, and leaves out empty ones. */
  readonly linesKnown: boolean;
  /** When the head arrived, in milliseconds since the epoch. */
  readonly time: number;
}

/** One request and what came back for it. */
export interface Message {
  readonly requestId: string;
  readonly url: string;
  readonly method: string;
  readonly startedTime: number;
  /**
   * The headers sent, or null. In Chromium null means that it was never sent; Firefox tells them before it preflights,
   * so there they prove nothing.
   */
  readonly requestHeaders: readonly Header[] | null;
  readonly response: ResponseHead | null;
  /** The browser began to hand the response to the page. Chromium does so only after the CORS check. */
  readonly responseStarted: boolean;
  /** Where the browser said that it would go next. */
  readonly redirectUrl: string | null;
  readonly end: End | null;
}

/** How a message ended. `error` is the browser's net error, or null when it completed. */
export interface End {
  readonly time: number;
  readonly error: string | null;
  readonly fromCache: boolean;
}

/** One URL of a redirect chain: the preflight for it, where one was seen, and the request. */
export interface Hop {
  readonly preflight: Message | null;
  readonly request: Message;
}

/** What a page asked for: one request with its preflights and redirect hops, in order. */
export interface Exchange {
  /** The request id of the main request. */
  readonly id: string;
  /** Its place among all that began in this log. */
  readonly order: number;
  readonly tabId: number;
  readonly frameId: number;
  readonly type: string;
  /** The request's origin (https://fetch.spec.whatwg.org/#concept-request-origin), serialised, or null when not told. */
  readonly origin: string | null;
  /** Made by a service worker that controls the inspected page. */
  readonly serviceWorker: boolean;
  readonly hops: readonly [Hop, ...Hop[]];
  /** Other exchanges that were in flight at the same time and whose preflights can't be told from this one's but by order. */
  readonly twins: readonly string[];
  /**
   * What Resource Timing in the page says of the response: its status, or 0 when the page may not have it; null when it
   * was not read. https://w3c.github.io/resource-timing/#dom-performanceresourcetiming-responsestatus
   */
  readonly responseStatus: number | null;
  /** What the page itself said of it, in precise mode; null when it was not heard. */
  readonly call: Call | null;
  /** The probe was there and did not hear it: a worker asked, or something else that no probe is in. */
  readonly unheard: boolean;
  /** Where in the page's code it was asked for, as DevTools know it: `url:line:column`, or null. */
  readonly callSite: string | null;
  /** Why it never reached the network, as far as the page's own words tell; null for all that did. */
  readonly refused: Refusal | null;
  /** The exchanges whose remedies were on trial in the tab when this one was made, and changed what it got: responses are as the trials changed them. */
  readonly trials: readonly string[];
  /** Some of its events may be missing: the worker was away, or began to watch while it was in flight. */
  readonly interrupted: boolean;
  /** Who recorded it: a browser tells what became of a response, what stands on the way to the server doesn't. */
  readonly seenBy: "browser" | "proxy";
}

/** What a page asked for, as the probe of precise mode heard it. */
export interface Call {
  readonly api: "fetch" | "xhr" | "event-source" | "beacon" | "element";
  /** Absolute, as asked for. */
  readonly url: string;
  readonly method: string;
  /** https://fetch.spec.whatwg.org/#concept-request-mode */
  readonly mode: "cors" | "no-cors" | "same-origin" | null;
  readonly credentials: CredentialsMode | null;
  /** https://fetch.spec.whatwg.org/#concept-request-redirect-mode */
  readonly redirect: "follow" | "error" | "manual" | null;
  /** Where in the page's code, as `url:line:column`, or null. */
  readonly callSite: string | null;
  /** The page's Content Security Policy forbade it, or what it was redirected to. */
  readonly violatesPolicy: boolean;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Why a browser doesn't even try: there are no events of such a request. */
export type Refusal = "content-security-policy" | "mode-same-origin" | "scheme-not-supported" | "mixed-content";

/** All that is known of one tab. */
export interface Log {
  readonly engine: Engine;
  /** In the order in which they began. */
  readonly exchanges: readonly Exchange[];
  /** How many ever began. */
  readonly begun: number;
  /** How many were forgotten to keep the log within its bounds. */
  readonly dropped: number;
  /** Ids of requests that were in flight when the log was cleared. */
  readonly cleared: readonly string[];
  /** When it was cleared, or recording began again, in milliseconds since the epoch; 0 if never. */
  readonly clearedTime: number;
  /** The time of the newest event that was taken; 0 before the first. */
  readonly heardTime: number;
  /** While events may have been lost; null: not that is known. Milliseconds since the epoch. */
  readonly gap: { readonly from: number; readonly to: number } | null;
}

/** The message of an exchange that a check looks at. */
export type Phase = "request" | "preflight" | "redirect" | "response";

/** https://fetch.spec.whatwg.org/#concept-request-credentials-mode; CORS tells only `include` from the other two. */
export type CredentialsMode = "omit" | "same-origin" | "include";

/** Why a CORS check fails. The names say the fact; the phase says on which message. */
export type CorsCode =
  | "allow-origin-missing"
  | "allow-origin-wildcard-with-credentials"
  | "allow-origin-multiple-values"
  | "allow-origin-invalid"
  | "allow-origin-null"
  | "allow-origin-mismatch"
  | "origin-null-not-allowed"
  | "origin-became-null-by-redirect"
  | "allow-credentials-not-true"
  | "preflight-redirect"
  | "preflight-status-not-ok"
  | "allow-methods-invalid"
  | "allow-headers-invalid"
  | "method-not-allowed"
  | "header-not-allowed"
  | "authorization-not-covered-by-wildcard"
  | "redirect-url-has-credentials"
  | "redirect-mode-same-origin";

/** Failures that are not the CORS protocol's, though a page sees the same "Failed to fetch". */
export type NetworkCode =
  | "preflight-network-error"
  | "redirect-invalid"
  | "redirect-not-http"
  | "redirect-refused"
  | "redirect-mode-error"
  | Refusal
  | "redirect-not-followed"
  | "too-many-redirects"
  | "redirect-stream-body"
  | "connection-refused"
  | "connection-reset"
  | "empty-response"
  | "name-not-resolved"
  | "tls-error"
  | "timed-out"
  | "offline"
  | "aborted"
  | "blocked-by-client"
  | "blocked-by-response"
  | "opaque-response-blocked"
  | "local-network-access"
  | "unsafe-port"
  | "wrong-content-type"
  | "network-error";

export type Code = CorsCode | NetworkCode;

/** The field at fault: what was sent, and what had to be. `:status` stands for the status code, as in HTTP/2. */
export interface HeaderFault {
  readonly name: string;
  readonly on: Phase;
  /** The value as the browser combined it, or null when there was no such field. */
  readonly actual: string | null;
  /** A value that would have passed; of a list, the member that is wanting. */
  readonly expected: string;
}

/** One check that an exchange fails. */
export interface Failure {
  readonly code: Code;
  readonly phase: Phase;
  /** Index in the exchange's hops. */
  readonly hop: number;
  /** How a near miss differs, such as `trailing-slash`, or null. */
  readonly variant: string | null;
  /** The method or header name that was refused, or null. */
  readonly subject: string | null;
  readonly header: HeaderFault | null;
  /** The name that the engine itself gives to it; null where the engine says nothing. */
  readonly browserError: string | null;
}

/** Why a server answered as it did, or nobody did. */
export type CauseCode =
  | "route-without-cors"
  | "redirect-without-cors"
  | "header-misspelt"
  | "cors-refused"
  | "error-page"
  | "third-party-cookie-blocked"
  | "cached-no-cors-copy"
  | "options-not-routed"
  | "options-needs-authentication"
  | "options-fails"
  | "options-without-cors"
  | "login-redirect"
  | "redirect-to-https"
  | "redirect-trailing-slash"
  | "redirect-www"
  | "hsts-upgrade"
  | "two-layers-add-header"
  | "list-of-origins"
  | "origin-quotes"
  | "origin-pattern"
  | "origin-scheme-missing"
  | "origin-trailing-slash"
  | "origin-path"
  | "origin-letter-case"
  | "origin-default-port"
  | "origin-scheme"
  | "origin-port"
  | "origin-loopback-name"
  | "origin-www"
  | "origin-subdomain"
  | "other-origin-configured"
  | "cached-for-another-origin"
  | "literal-null"
  | "wildcard-with-credentials"
  | "origin-null-by-redirect"
  | "origin-null-document"
  | "origin-null-sandboxed"
  | "method-lower-case"
  | "header-added-by-library"
  | "content-type-not-simple"
  | "authorization-under-wildcard"
  | "nothing-listens"
  | "connection-dropped"
  | "name-not-found"
  | "certificate"
  | "not-https"
  | "timed-out"
  | "offline"
  | "aborted-by-page"
  | "blocked-by-extension"
  | "blocked-by-administrator"
  | "local-network-permission"
  | "local-network-insecure-page"
  | "local-network-address-space";

/** A likely cause, and what stands for `$1`, `$2`, … in the sentence that says how it shows. */
export interface Cause {
  readonly code: CauseCode;
  readonly params: readonly string[];
}

/** What works, but costs or surprises. */
export type NoticeCode =
  | "headers-not-exposed"
  | "expose-wildcard-with-credentials"
  | "max-age-missing"
  | "max-age-invalid"
  | "max-age-over-limit"
  | "preflight-never-kept"
  | "preflight-url-too-long"
  | "allow-origin-null"
  | "origin-echoed-with-credentials"
  | "vary-origin-missing"
  | "authorization-only-by-wildcard";

/** Something worth knowing, and what stands for `$1`, `$2`, … in its sentence. */
export interface Notice {
  readonly code: NoticeCode;
  readonly params: readonly string[];
}

/** What a line of a remedy is for. */
export type Need =
  | /** The browser blocks the exchange without it. */ "browser"
  | /** It does if the request was made with credentials, which isn't known. */ "credentials"
  | /** Only the other engine does. */ "other-browser"
  | /** No browser asks for it: caches need it, to tell one origin's copy from another's. */ "caches";

/** A line of a response as it has to be. */
export interface Line {
  /** It stands for all fields of that name; `:status` is the status code, as in HTTP/2. */
  readonly name: string;
  /** null: the field has to go. */
  readonly value: string | null;
  readonly need: Need;
}

/** What one message has to say so that the browser lets the exchange pass. All else stays as it is. */
export interface Answer {
  /** Index in the exchange's hops; one more than there are for what its last redirect leads to. */
  readonly hop: number;
  readonly phase: "preflight" | "redirect" | "response";
  /** What was asked, or will be. */
  readonly url: string;
  readonly method: string;
  /** None of them can be left out. */
  readonly lines: readonly Line[];
  /** It was never asked for: it may be right already. */
  readonly unseen: boolean;
}

/** What the page can do about it. */
export interface PageChange {
  readonly code:
    | "omit-credentials"
    | "sign-in-again"
    | "ask-directly"
    | "give-origin"
    | "upper-case-method"
    | "leave-out-header"
    | "serve-page-securely"
    | "allow-local-network"
    | "mode-cors"
    | "follow-redirects"
    | "allow-in-policy"
    | "ask-securely";
  readonly params: readonly string[];
}

/** What helps where neither a header nor the page does, or not alone. */
export type ElsewhereCode =
  | "ask-without-tls"
  | "empty-caches"
  | "give-crossorigin"
  | "mend-error"
  | "send-cookie"
  | "ask-with-cors"
  | "correct-address-space"
  | "correct-name"
  | "correct-redirect"
  | "end-redirect-loop"
  | "go-online"
  | "mend-certificate"
  | "reach-server"
  | "read-server-log"
  | "relax-resource-policy"
  | "send-buffered"
  | "send-content-type"
  | "start-server"
  | "switch-off-blocker"
  | "use-other-port";

/** What to do that is no matter of CORS. */
export interface Elsewhere {
  readonly code: ElsewhereCode;
  readonly params: readonly string[];
}

/** What to change, on the server's side and on the page's: either does. */
export interface Remedy {
  /** What the servers have to answer; empty where no server can help. */
  readonly answers: readonly Answer[];
  /** With credentials the answers don't do: the origin is `null`, and only `*` can allow that, which doesn't go with them. */
  readonly withoutCredentials: boolean;
  readonly page: readonly PageChange[];
  /** What to do instead, where it is no matter of CORS. */
  readonly elsewhere: readonly Elsewhere[];
  /** The page's side is where it went wrong. */
  readonly pageFirst: boolean;
  /** Where the page comes from a development server: the origin that it could pass the request on to, so that no CORS is needed. */
  readonly proxyTo: string | null;
}

/** What must hold for an alternative to be the verdict. */
export type Condition = "credentials-include" | "credentials-not-include" | "field-repeated" | "redirect-target-forbidden" | "context-not-secure" | "address-space-given";

export interface Alternative {
  readonly browserError: string;
  readonly condition: Condition;
}

/** What an outcome rests on, or what could not be seen. */
export type Evidence =
  | "pending"
  | "net-error"
  | "events-stop-at-preflight"
  | "events-stop-at-redirect"
  | "events-stop-at-response"
  | "completed"
  | "timing-passed"
  | "timing-withheld"
  | "ended-after-response"
  | "headers-only"
  | "cookie-sent"
  | "page-probe"
  | "never-sent"
  | "not-heard"
  | "redirect-mode-manual"
  | "credentials-by-elimination"
  | "credentials-unknown"
  | "response-outcome-not-reported"
  | "joined-field"
  | "repeated-field"
  | "not-cors-mode"
  | "mode-unknown"
  | "same-origin"
  | "preflight-unseen"
  | "preflights-paired-by-order"
  | "events-missing"
  | "headers-do-not-explain"
  | "redirect-mode-unknown"
  | "redirect-not-followed"
  | "request-not-seen";

export type Outcome = "blocked" | "allowed" | "unknown";

/** What the browser did with an exchange, and every reason for it. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly code: Code | null;
  readonly phase: Phase;
  readonly hop: number;
  readonly browserError: string | null;
  readonly alternatives: readonly Alternative[];
  readonly header: HeaderFault | null;
  /** Every check that would fail, in the engine's order; the first is the verdict. */
  readonly failing: readonly Failure[];
  /** What the other engine would say of the same headers. */
  readonly otherEngine: { readonly browserError: string | null; readonly outcome: Outcome };
  readonly evidence: readonly Evidence[];
  /** Indexes of the hops that needed a preflight and went without one: the browser's cache may have answered it. */
  readonly unseenPreflights: readonly number[];
  /** `same-origin` here also stands for `omit`: CORS treats the two alike, and headers can't tell them apart. */
  readonly credentials: "include" | "same-origin" | "unknown";
}
