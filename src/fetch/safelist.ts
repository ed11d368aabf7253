import type { Header } from "../model.ts";
import { normalize } from "./headers.ts";

/** https://fetch.spec.whatwg.org/#cors-safelisted-method */
export function isCorsSafelistedMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "POST";
}

/** https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
export function isCorsNonWildcardRequestHeaderName(name: string): boolean {
  return name.toLowerCase() === "authorization";
}

/**
 * CORS-safelisted request-header. https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 * @param value isomorphic-decoded: a code unit is a byte
 */
export function isCorsSafelistedRequestHeader({ name, value }: Header): boolean {
  // 1. If value's length is greater than 128, then return false.
  if (value.length > 128) return false;
  // 2. Byte-lowercase name and switch on the result:
  switch (name.toLowerCase()) {
    case "accept":
      return !containsCorsUnsafeRequestHeaderByte(value);
    case "accept-language":
    case "content-language":
      return /^[0-9A-Za-z *,\-.;=]*$/.test(value);
    case "content-type":
      return !containsCorsUnsafeRequestHeaderByte(value) && hasSafelistedEssence(value);
    case "range":
      return isSafelistedRange(value);
    default:
      return false;
  }
}

/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
function containsCorsUnsafeRequestHeaderByte(value: string): boolean {
  return /[\x00-\x08\x0A-\x1F"():<>?@[\\\]{}\x7F]/.test(value);
}

/** The essence of a parsed MIME type (https://mimesniff.spec.whatwg.org/#parse-a-mime-type): all before the first `;`. */
function hasSafelistedEssence(value: string): boolean {
  const essence = normalize(value.split(";", 1)[0] ?? "").toLowerCase();
  return (
    essence === "application/x-www-form-urlencoded" || essence === "multipart/form-data" || essence === "text/plain"
  );
}

/** Parse a single range header value, no whitespace allowed. https://fetch.spec.whatwg.org/#simple-range-header-value */
function isSafelistedRange(value: string): boolean {
  const range = /^bytes=([0-9]*)-([0-9]*)$/.exec(value);
  const [start, end] = [range?.[1], range?.[2]];
  // A suffix range has no start: never safelisted.
  if (start === undefined || end === undefined || start === "") return false;
  return end === "" || BigInt(start) <= BigInt(end);
}

/**
 * CORS-unsafe request-header names. https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 * @returns a sorted-lowercase set
 */
export function corsUnsafeRequestHeaderNames(headers: readonly Header[]): string[] {
  // 1.-3. Let unsafeNames and potentiallyUnsafeNames be new lists, and safelistValueSize be 0.
  const unsafeNames: string[] = [];
  const potentiallyUnsafeNames: string[] = [];
  let safelistValueSize = 0;
  // 4. For each header of headers:
  for (const header of headers) {
    if (!isCorsSafelistedRequestHeader(header)) {
      unsafeNames.push(header.name);
    } else {
      potentiallyUnsafeNames.push(header.name);
      safelistValueSize += header.value.length;
    }
  }
  // 5. If safelistValueSize is greater than 1024, then all of potentiallyUnsafeNames are unsafe.
  const names = safelistValueSize > 1024 ? [...unsafeNames, ...potentiallyUnsafeNames] : unsafeNames;
  // 6. Return the result of convert header names to a sorted-lowercase set with unsafeNames.
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}

/** Forbidden request-header, as far as its name decides. https://fetch.spec.whatwg.org/#forbidden-request-header */
export function isForbiddenRequestHeaderName(name: string): boolean {
  const lower = name.toLowerCase();
  return FORBIDDEN.has(lower) || lower.startsWith("proxy-") || lower.startsWith("sec-");
}

const FORBIDDEN = new Set([
  "accept-charset",
  "accept-encoding",
  "access-control-request-headers",
  "access-control-request-method",
  "connection",
  "content-length",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

/** CORS-safelisted response-header name. https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
export function isCorsSafelistedResponseHeaderName(name: string): boolean {
  return SAFELISTED_RESPONSE_HEADERS.has(name.toLowerCase());
}

const SAFELISTED_RESPONSE_HEADERS = new Set(["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"]);

/** https://fetch.spec.whatwg.org/#forbidden-response-header-name */
export function isForbiddenResponseHeaderName(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === "set-cookie" || lower === "set-cookie2";
}
