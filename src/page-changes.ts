import { lastHop, requestedHeaderNames } from "./exchange.ts";
import { get } from "./fetch/headers.ts";
import { isCorsSafelistedMethod } from "./fetch/safelist.ts";
import { isUrl } from "./fetch/url.ts";
import type { Exchange, Failure, Message, PageChange } from "./model.ts";
import { becameNull } from "./request.ts";

/** What the page can do about a failure, or has to where no server can help. */
export function pageChanges(exchange: Exchange, failure: Failure): PageChange[] {
  const { hops } = exchange;
  const target = lastHop(exchange).request.url;
  switch (failure.code) {
    case "allow-origin-wildcard-with-credentials":
    case "allow-credentials-not-true":
      return [{ code: "omit-credentials", params: [] }];
    case "origin-became-null-by-redirect":
      return [{ code: "ask-directly", params: [target] }];
    case "redirect-url-has-credentials":
      return [{ code: "ask-directly", params: [failure.header?.expected ?? target] }];
    case "preflight-redirect":
      return isRedirectOfBrowser(exchange, failure) ? [securely(target)] : redirectTarget(hops[failure.hop]?.preflight ?? null);
    case "origin-null-not-allowed":
      return becameNull(exchange, failure.hop) ? [] : [{ code: "give-origin", params: [] }];
    case "method-not-allowed":
      return failure.variant === "letter-case" && failure.subject !== null ? [{ code: "upper-case-method", params: [failure.subject.toUpperCase()] }] : [];
    case "header-not-allowed":
      return failure.subject === null ? [] : [{ code: "leave-out-header", params: [failure.subject] }];
    case "local-network-access":
      return failure.browserError === "InvalidLocalNetworkAccess" ? [] : [{ code: failure.browserError === "InsecureLocalNetwork" ? "serve-page-securely" : "allow-local-network", params: [] }];
    case "mode-same-origin":
    case "redirect-mode-same-origin":
      return [{ code: "mode-cors", params: [] }];
    case "redirect-mode-error":
      return [{ code: "follow-redirects", params: [] }];
    case "content-security-policy":
    case "redirect-refused":
      return [{ code: "allow-in-policy", params: [target] }];
    case "mixed-content":
      return [securely(target)];
    default:
      return [];
  }
}

/** What a page whose origin is `null` has to do where that may not be: no server can name it. */
export function originChange(exchange: Exchange, hop: number): PageChange {
  return becameNull(exchange, hop) ? { code: "ask-directly", params: [lastHop(exchange).request.url] } : { code: "give-origin", params: [] };
}

/** A preflight that only a header asks for which says nothing: a request without a body has no `Content-Type`. */
export function needlessHeader({ method }: Message, preflight: Message | null): PageChange | null {
  const names = preflight === null ? [] : requestedHeaderNames(preflight);
  const bodyless = isCorsSafelistedMethod(method) && method !== "POST";
  return bodyless && names.length === 1 && names[0] === "content-type" ? { code: "leave-out-header", params: ["Content-Type"] } : null;
}

/** The browser redirected a preflight itself (HSTS): no server was asked. */
export function isRedirectOfBrowser({ hops }: Exchange, { code, hop }: Failure): boolean {
  return code === "preflight-redirect" && hops[hop]?.preflight?.response === null;
}

function securely(url: string): PageChange {
  return { code: "ask-securely", params: [url.replace(/^http:/i, "https:")] };
}

function redirectTarget(preflight: Message | null): PageChange[] {
  const location = get("Location", preflight?.response?.headers ?? []);
  if (preflight === null || location === null || !isUrl(location, preflight.url)) return [];
  return [{ code: "ask-directly", params: [new URL(location, preflight.url).href] }];
}
