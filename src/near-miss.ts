import { originOf } from "./fetch/redirect.ts";
import { isUrl, parsedUrl } from "./fetch/url.ts";

/** How a value of `Access-Control-Allow-Origin` is built, whatever the request. */
export type AllowOriginShape = "multiple" | "null" | "invalid" | "url";

/** What the value is, in the order in which it is worth saying. Called only once the comparison has failed. */
export function allowOriginShape(value: string): AllowOriginShape {
  if (/[ ,]/.test(value)) return "multiple";
  if (value === "null") return "null";
  // Firefox's parser refuses `*` in a host; the URL standard does not, and neither does Chromium's.
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(value);
  return hasScheme && isUrl(value.replaceAll("*", "x")) ? "url" : "invalid";
}

/** How `Access-Control-Allow-Origin` misses the origin by a little. */
export type NearMiss =
  | "quotes"
  | "wildcard-pattern"
  | "scheme-missing"
  | "trailing-slash"
  | "path"
  | "letter-case"
  | "default-port"
  | "scheme"
  | "port"
  | "loopback-name"
  | "www"
  | "subdomain";

/**
 * What a person would have to look for to see the difference, or null when the value is another origin altogether.
 * @param value `Access-Control-Allow-Origin`, a single value
 * @param origin the request's origin, serialised
 */
export function nearMiss(value: string, origin: string): NearMiss | null {
  if (/^(["']).*\1$/.test(value)) return "quotes";
  if (value.length > 1 && value.includes("*")) return "wildcard-pattern";
  const wanted = parsedUrl(origin);
  if (wanted === null) return null;
  if (value === wanted.host || value === wanted.hostname) return "scheme-missing";
  const given = parsedUrl(value);
  if (given === null) return null;
  if (value === `${origin}/`) return "trailing-slash";
  if (value.startsWith(`${origin}/`)) return "path";
  if (value.toLowerCase() === origin) return "letter-case";
  if (originOf(value) === origin && /:[0-9]+$/.test(value)) return "default-port";
  const sameHost = given.hostname === wanted.hostname;
  if (sameHost && given.port === wanted.port && given.protocol !== wanted.protocol) return "scheme";
  if (sameHost && given.port !== wanted.port) return "port";
  if (!sameHost && isLoopback(given.hostname) && isLoopback(wanted.hostname)) return "loopback-name";
  if (`www.${given.hostname}` === wanted.hostname || given.hostname === `www.${wanted.hostname}`) return "www";
  const [longer, shorter] = [given.hostname, wanted.hostname].sort((a, b) => b.length - a.length);
  return longer !== undefined && longer.endsWith(`.${shorter}`) ? "subdomain" : null;
}

/** Names of this very device. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.[0-9]+){3}$/.test(hostname);
}
