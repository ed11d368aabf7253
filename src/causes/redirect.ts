import { redirectTarget } from "../exchange.ts";
import { isUrl, parsedUrl } from "../fetch/url.ts";
import type { Message } from "../model.ts";
import { type Case, cause, type Look } from "./case.ts";

/** Paths and hosts that lead to a place where one signs in. */
const LOGIN_PATH = /(^|[/._-])(log-?in|sign-?in|sso|saml2?|oauth2?|openid|oidc|auth|authorize|session\/new)([/._-]|$)|^\/(cas|idp)(\/|$)/i;
const NO_PAGE = /^\/\.well-known\/|\.(avif|css|gif|ico|jpe?g|json|map|m?js|pdf|png|svg|webp|woff2?)$/i;
const LOGIN_HOST = /(^|\.)(login|signin|sso|auth|accounts|idp|id)\.|(^|\.)(okta|auth0|onelogin|cloudflareaccess|amazoncognito|b2clogin)\.com$/i;

/** Where a redirect that stopped a request leads, and what for. */
export const refusedRedirect: Look = (at) => {
  switch (at.failure.code) {
    case "preflight-redirect":
      return at.response === null ? byBrowser(at.message.url) : redirectsOf(at);
    case "origin-became-null-by-redirect":
      return redirectsOf(at);
    default:
      return [];
  }
};

/** The redirects of an exchange up to the message at fault that have a name of their own. */
export function redirectsOf({ exchange, failure, message }: Pick<Case, "exchange" | "failure" | "message">): ReturnType<Look> {
  const before = exchange.hops.slice(0, failure.hop).map(({ request }) => request);
  const found = [...before, message].flatMap((each) => ofOne(each));
  return found.filter(({ code }, index) => found.findIndex((other) => other.code === code) === index);
}

/** The message redirects to a place where one signs in. */
export function leadsToLogin(message: Message): boolean {
  return ofOne(message).some(({ code }) => code === "login-redirect");
}

function ofOne(message: Message): ReturnType<Look> {
  const [from, to] = [parsedUrl(message.url), redirectTarget(message)];
  if (from === null || to === null) return [];
  if (message.response?.headers.some(({ name, value }) => name.toLowerCase() === "non-authoritative-reason" && /hsts/i.test(value))) return cause("hsts-upgrade", from.host);
  const sameHost = from.hostname === to.hostname;
  if (sameHost && from.protocol === "http:" && to.protocol === "https:") return cause("redirect-to-https", address(from), address(to));
  if (`www.${from.hostname}` === to.hostname || from.hostname === `www.${to.hostname}`) return cause("redirect-www", from.hostname, to.hostname);
  if (from.origin === to.origin && sameButSlash(from.pathname, to.pathname)) return cause("redirect-trailing-slash", from.pathname, to.pathname);
  return isLogin(to) && !isLogin(from) ? cause("login-redirect", address(to)) : [];
}

function isLogin({ hostname, pathname }: URL): boolean {
  return !NO_PAGE.test(pathname) && (LOGIN_PATH.test(pathname) || LOGIN_HOST.test(hostname));
}

/** A redirect that no server sent: the browser's own, from http. */
function byBrowser(url: string): ReturnType<Look> {
  return isUrl(url) && new URL(url).protocol === "http:" ? cause("hsts-upgrade", new URL(url).host) : [];
}

/** Without its query, where tokens and return addresses are. */
function address({ origin, pathname }: URL): string {
  return origin + pathname;
}

function sameButSlash(a: string, b: string): boolean {
  return a !== b && (`${a}/` === b || a === `${b}/`);
}
