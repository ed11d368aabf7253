import { isToken, normalize } from "../fetch/headers.ts";
import { corsUnsafeRequestHeaderNames } from "../fetch/safelist.ts";
import type { Exchange, Header, Hop, Message } from "../model.ts";
import { serializedOrigin } from "../request.ts";
import { isSecret, lookedThrough, REDACTED, withoutKnownSecrets, withoutSecrets } from "./secrets.ts";

/** Something that was taken out of a report. */
export interface Removal {
  readonly kind: "request-header" | "response-header" | "url" | "call-site" | "status-text" | "error";
  /** The header's name, the parameter's, or the HAR's own; what is in the rest of a URL has none. */
  readonly name: string;
}

/** Takes note of what was taken out. */
type Note = (kind: Removal["kind"], name: string) => void;

/** Fields whose value is a URL. */
const URLS = /^(location|content-location|referer|:path|access-control-allow-origin|origin)$/i;

/**
 * Fields whose values are kept: those that the checks look at, and those that show who answered and from which cache.
 * What else there is may hold anything.
 */
const KEPT = new Set(
  `origin vary referer location content-location allow server via x-powered-by x-runtime x-aspnet-version age date expires cache-control pragma last-modified etag
   if-none-match if-modified-since retry-after content-type content-length content-encoding content-language transfer-encoding host connection keep-alive user-agent
   accept accept-encoding accept-language range upgrade-insecure-requests te dnt priority purpose save-data device-memory downlink dpr ect rtt viewport-width width
   non-authoritative-reason timing-allow-origin strict-transport-security x-content-type-options x-frame-options cross-origin-resource-policy
   cross-origin-opener-policy cross-origin-embedder-policy x-cache x-cache-hits x-served-by cf-cache-status cf-ray x-vercel-cache x-amz-cf-pop x-varnish x-requested-with
   :authority :method :path :scheme :status`.split(/\s+/),
);

/** Names and numbers of caches and of who answered: they look as if made by chance, and tell nothing of anybody. */
const ANSWERERS = /^(cf-ray|x-served-by|x-cache|x-amz-cf-pop|x-varnish|via|age)$/;

/** In other fields only numbers are kept, of a length that guesses anyway, and switches. */
const HARMLESS = /^(\d{0,5}|true|false)$/i;

/** Fields whose members are names, methods or origins, and nothing else that would pass. */
const LISTS = /^(access-control-|vary$)/;

/**
 * An exchange without what nobody should mail around: cookies, tokens, keys, mail addresses, user info, and the values of
 * all fields that CORS doesn't look at. Names stay, and so does the verdict.
 * @param note is told of everything that is taken out, as often as it is
 */
export function redactedExchange(exchange: Exchange, note: Note = () => {}): Exchange {
  const { hops: [first, ...others], origin, callSite, call } = exchange;
  return {
    ...exchange,
    origin: origin === null ? null : redactedUrl(origin, noteOfUrl(note, "url")),
    hops: [redactedHop(exchange, 0, first, note), ...others.map((other, index) => redactedHop(exchange, index + 1, other, note))],
    callSite: redactedCallSite(callSite, note),
    call: call === null ? null : { ...call, url: redactedUrl(call.url, noteOfUrl(note, "url")), callSite: redactedCallSite(call.callSite, note) },
  };
}

function redactedHop(exchange: Exchange, hop: number, { preflight, request }: Hop, note: Note): Hop {
  return {
    preflight: preflight === null ? null : redactedMessage(preflight, serializedOrigin(exchange, hop, "preflight"), note),
    request: redactedMessage(request, serializedOrigin(exchange, hop, "request"), note),
  };
}

/** @param origin that the response is checked against */
function redactedMessage(message: Message, origin: string, note: Note): Message {
  const { url, requestHeaders, response, redirectUrl, end } = message;
  return {
    ...message,
    url: redactedUrl(url, noteOfUrl(note, "url")),
    requestHeaders: requestHeaders === null ? null : requestHeaders.map((header) => redactedHeader(header, (name) => note("request-header", name))),
    redirectUrl: redirectUrl === null ? null : redactedUrl(redirectUrl, noteOfUrl(note, "url")),
    response:
      response === null
        ? null
        : { ...response, statusText: redactedText(response.statusText, "status-text", "statusText", note), headers: response.headers.map((header) => unequal(header, redactedHeader(header, (name) => note("response-header", name)), origin)) },
    // Tools write sentences there, with addresses.
    end: end === null || end.error === null ? end : { ...end, error: redactedText(end.error, "error", "_error", note) },
  };
}

function redactedText(text: string, kind: Removal["kind"], name: string, note: Note): string {
  const kept = withoutSecrets(text);
  if (kept !== text) note(kind, name);
  return kept;
}

/** `url:line:column`: what follows the URL is no part of a parameter. */
function redactedCallSite(callSite: string | null, note: Note): string | null {
  if (callSite === null) return null;
  const [place = ""] = /(?::\d+){0,2}$/.exec(callSite) ?? [];
  return redactedUrl(callSite.slice(0, callSite.length - place.length), noteOfUrl(note, "call-site")) + place;
}

function noteOfUrl(note: Note, kind: "url" | "call-site"): (name: string) => void {
  return (name) => note(kind, name);
}

function redactedHeader({ name, value }: Header, note: (name: string) => void): Header {
  const kept = redactedValue(name.toLowerCase(), value);
  if (kept !== value) note(name);
  return { name, value: kept };
}

/** What the CORS check found different from the request's origin doesn't become the same: a client that is no browser may send user info in `Origin`. */
function unequal({ value }: Header, redacted: Header, origin: string): Header {
  if (redacted.name.toLowerCase() !== "access-control-allow-origin") return redacted;
  const becameEqual = origin !== normalize(value) && redactedUrl(origin) === normalize(redacted.value);
  return becameEqual ? { ...redacted, value: redacted.value.replace(REDACTED, `${REDACTED}-2`) } : redacted;
}

function redactedValue(name: string, value: string): string {
  if (isSecret(name)) return `[${REDACTED}]`;
  if (URLS.test(name)) return value.split(", ").map((part) => redactedUrl(part)).join(", ");
  if (LISTS.test(name)) return value.split(",").map(redactedMember).join(",");
  if (/^sec-(fetch|ch)-/.test(name)) return withoutSecrets(value);
  if (!KEPT.has(name)) return HARMLESS.test(value) ? value : `[${REDACTED}]`;
  const kept = ANSWERERS.test(name) ? withoutKnownSecrets(value) : withoutSecrets(value);
  // A value may be the reason for a preflight: then what is left of it has to be one, too.
  return isUnsafe({ name, value }) && !isUnsafe({ name, value: kept }) ? `(${kept})` : kept;
}

/** What is a name stays; what is none doesn't become one. */
function redactedMember(member: string): string {
  const trimmed = member.trim();
  if (isToken(trimmed)) return member;
  const kept = withoutSecrets(trimmed);
  if (kept === trimmed) return member;
  return isToken(kept) ? `(${kept})` : kept;
}

/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names */
function isUnsafe(header: Header): boolean {
  return corsUnsafeRequestHeaderNames([header]).length > 0;
}

/** The same headers without secrets, but with the values of fields that may hold anything: to be sent once more. */
export function redacted(headers: readonly Header[]): Header[] {
  return headers.map(({ name, value }) => {
    if (isSecret(name)) return { name, value: `[${REDACTED}]` };
    return { name, value: URLS.test(name) ? redactedUrl(value) : withoutSecrets(value) };
  });
}

/**
 * The same URL without what is secret in it: user info, which leaves a mark that there was some, for CORS minds it; the
 * values of parameters, in query and fragment, that are named like secrets; and what looks like one, wherever it stands
 * but in the origin, which CORS compares.
 * @param note is told the names of parameters
 */
export function redactedUrl(url: string, note: (name: string) => void = () => {}): string {
  return redactedAddress(url, note, DEEPEST);
}

/** An address in a parameter of an address in a parameter: nobody goes deeper. */
const DEEPEST = 3;

function redactedAddress(url: string, note: (name: string) => void, depth: number): string {
  const looked = lookedThrough(url);
  if (looked !== url) note("");
  // https://url.spec.whatwg.org/#concept-basic-url-parser drops these before it looks.
  const clean = looked.replace(/^[\0- ]+|[\t\n\r]/g, "");
  const [origin = "", userInfo, host = "", rest = ""] = /^((?:[a-z][a-z0-9+.-]*:)?[\\/]{2,}|[a-z][a-z0-9+.-]*:[\\/]?)?(?:([^\\/?#]*)@)?([^\\/?#]*)([^]*)$/i.exec(clean)?.slice(1) ?? [];
  const start = userInfo === undefined ? `${origin}${host}` : origin === "" ? withoutSecrets(`${userInfo}@${host}`) : `${origin}${REDACTED}@${host}`;
  if (userInfo !== undefined && !clean.startsWith(start)) note(USER_INFO);
  const named = rest.replace(/([?&;#])([^=&;#?]*)=([^&;#]*)/g, (whole, before: string, name: string, value: string) => {
    const kept = value === "" ? "" : isSecret(decoded(name)) ? REDACTED : redactedParameter(value, depth);
    if (kept === value) return whole;
    note(decoded(name));
    return `${before}${name}=${kept}`;
  });
  const found = withoutSecrets(named);
  if (found !== named) note("");
  const kept = `${start}${found}`;
  return kept === clean ? looked : kept;
}

/** Under what name user info is noted. */
const USER_INFO = "user:password@";

/** What is encoded may be an address itself. */
function redactedParameter(value: string, depth: number): string {
  const inner = depth === 0 || !value.includes("%") ? value : decoded(value);
  if (inner === value) return withoutSecrets(value);
  const kept = /^\s*[{[]/.test(inner) ? redactedJson(inner) : redactedAddress(inner, () => {}, depth - 1);
  return kept === lookedThrough(inner) ? withoutSecrets(value) : encoded(kept);
}

/** GraphQL over GET, and others: members that are named like secrets. What was cut off in the middle isn't parsed, but looked through. */
function redactedJson(text: string): string {
  return withoutSecrets(text.replace(/"((?:[^"\\]|\\.){1,64})"\s*:\s*("(?:[^"\\]|\\.)*"?|[^,}\]\s]+)/g, (whole, name: string) => (isSecret(name) ? `"${name}":"${REDACTED}"` : whole)));
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a character.
    return REDACTED;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8: it is what it says.
    return text;
  }
}
