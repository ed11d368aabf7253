import type { Code } from "./model.ts";

/** Where a reason can be read up. */
export interface Reference {
  /** The algorithm that fails: its name, and the step where the standard numbers one. */
  readonly standard: { readonly name: string; readonly step: string | null; readonly url: string };
  /** MDN's page on the error. */
  readonly mdn: string;
}

/** The standard and MDN on a code. */
export function referenceFor(code: Code): Reference {
  return REFERENCES[code];
}

/** Every code that there is. */
export function codes(): string[] {
  return Object.keys(REFERENCES);
}

const corsCheck = (step: string, category: string): Reference => fetchStandard("CORS check", "concept-cors-check", step, category);
const preflight = (step: string, category: string): Reference =>
  fetchStandard("CORS-preflight fetch", "cors-preflight-fetch-0", step, category);
const redirect = (step: string): Reference => fetchStandard("HTTP-redirect fetch", "concept-http-redirect-fetch", step);
const network = (): Reference => fetchStandard("network error", "concept-network-error", null);

function fetchStandard(name: string, anchor: string, step: string | null, category = "CORSDidNotSucceed"): Reference {
  return standard({ name, step, url: `https://fetch.spec.whatwg.org/#${anchor}` }, category);
}

function standard(at: Reference["standard"], category = "CORSDidNotSucceed"): Reference {
  return { standard: at, mdn: `https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors/${category}` };
}

const REFERENCES: Readonly<Record<Code, Reference>> = {
  "allow-origin-missing": corsCheck("2", "CORSMissingAllowOrigin"),
  "allow-origin-wildcard-with-credentials": corsCheck("4", "CORSNotSupportingCredentials"),
  "allow-origin-multiple-values": corsCheck("4", "CORSMultipleAllowOriginNotAllowed"),
  "allow-origin-invalid": corsCheck("4", "CORSAllowOriginNotMatchingOrigin"),
  "allow-origin-null": corsCheck("4", "CORSAllowOriginNotMatchingOrigin"),
  "allow-origin-mismatch": corsCheck("4", "CORSAllowOriginNotMatchingOrigin"),
  "origin-null-not-allowed": corsCheck("4", "CORSAllowOriginNotMatchingOrigin"),
  "origin-became-null-by-redirect": corsCheck("4", "CORSAllowOriginNotMatchingOrigin"),
  "allow-credentials-not-true": corsCheck("8", "CORSMissingAllowCredentials"),
  "preflight-redirect": preflight("7", "CORSExternalRedirectNotAllowed"),
  "preflight-status-not-ok": preflight("7", "CORSPreflightDidNotSucceed"),
  "allow-methods-invalid": preflight("7.3", "CORSInvalidAllowMethod"),
  "allow-headers-invalid": preflight("7.3", "CORSInvalidAllowHeader"),
  "method-not-allowed": preflight("7.5", "CORSMethodNotFound"),
  "header-not-allowed": preflight("7.7", "CORSMissingAllowHeaderFromPreflight"),
  "authorization-not-covered-by-wildcard": preflight("7.6", "CORSMissingAllowHeaderFromPreflight"),
  "redirect-url-has-credentials": redirect("9"),
  "redirect-mode-same-origin": fetchStandard("main fetch", "concept-main-fetch", null),
  "preflight-network-error": preflight("7", "CORSPreflightDidNotSucceed"),
  "redirect-invalid": redirect("5"),
  "redirect-not-http": fetchStandard("HTTP-redirect fetch", "concept-http-redirect-fetch", "6", "CORSRequestNotHttp"),
  "content-security-policy": fetchStandard("main fetch", "concept-main-fetch", null),
  "mode-same-origin": fetchStandard("main fetch", "concept-main-fetch", null),
  "scheme-not-supported": fetchStandard("main fetch", "concept-main-fetch", null, "CORSRequestNotHttp"),
  "mixed-content": fetchStandard("main fetch", "concept-main-fetch", null),
  "redirect-mode-error": fetchStandard("HTTP fetch", "concept-http-fetch", "6"),
  "redirect-not-followed": fetchStandard("HTTP fetch", "concept-http-fetch", "6"),
  "redirect-refused": fetchStandard("main fetch", "concept-main-fetch", null),
  "too-many-redirects": redirect("7"),
  "redirect-stream-body": redirect("11"),
  "connection-refused": network(),
  "connection-reset": network(),
  "empty-response": network(),
  "name-not-resolved": network(),
  "tls-error": network(),
  "timed-out": network(),
  offline: network(),
  aborted: network(),
  "blocked-by-client": network(),
  "blocked-by-response": fetchStandard("cross-origin resource policy check", "cross-origin-resource-policy-header", null),
  "opaque-response-blocked": standard({ name: "Opaque Response Blocking", step: null, url: "https://github.com/annevk/orb" }),
  "local-network-access": standard({
    name: "Local Network Access",
    step: null,
    url: "https://wicg.github.io/local-network-access/",
  }),
  "unsafe-port": fetchStandard("port blocking", "port-blocking", null),
  "wrong-content-type": standard({
    name: "fetch a module script",
    step: null,
    url: "https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script",
  }),
  "network-error": network(),
};
