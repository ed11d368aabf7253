import { isUrl } from "./fetch/url.ts";

/**
 * Whether a page of this origin may be a secure context, going by the origin alone: it is not one inside an insecure page.
 * https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
 */
export function isPotentiallyTrustworthy(origin: string): boolean {
  if (!isUrl(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return protocol === "https:" || protocol === "wss:" || /^(?:127(?:\.\d+){3}|\[::1\]|(?:.+\.)?localhost\.?)$/.test(hostname);
}

/** Whether pages of this origin come from somebody's own machine, as those of development servers do. Names: RFC 6761, 2.1; RFC 6762. */
export function isDevelopmentOrigin(origin: string): boolean {
  if (!isUrl(origin)) return false;
  return /^(?:127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|(?:.+\.)?(?:localhost|test|local))\.?$/.test(new URL(origin).hostname);
}
