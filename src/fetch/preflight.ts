import type { Header } from "../model.ts";
import { type CorsCheckFailure, type CorsCheckRequest, corsCheck } from "./cors-check.ts";
import { extractTokens } from "./headers.ts";
import { isCorsNonWildcardRequestHeaderName, isCorsSafelistedMethod } from "./safelist.ts";

/** What the CORS-preflight fetch reads of the request that it is made for. */
export interface PreflightedRequest extends CorsCheckRequest {
  readonly method: string;
  /** The CORS-unsafe request-header names: lower case, sorted. */
  readonly unsafeHeaderNames: readonly string[];
}

/** What it reads of the response to the preflight. */
export interface PreflightResponse {
  readonly status: number;
  readonly headers: readonly Header[];
}

/** The step at which the CORS-preflight fetch returns a network error. */
export type PreflightFailure =
  | { readonly step: "7 CORS check"; readonly check: CorsCheckFailure }
  | { readonly step: "7 ok status"; readonly status: number }
  | { readonly step: "7.3 methods"; readonly token: string }
  | { readonly step: "7.3 headers"; readonly token: string }
  | { readonly step: "7.5"; readonly method: string }
  | { readonly step: "7.6"; readonly headerName: string }
  | { readonly step: "7.7"; readonly headerName: string };

/**
 * CORS-preflight fetch, from its step 7: what becomes of the response.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
 * @returns the steps that return a network error, in order; empty when the preflight succeeds
 */
export function corsPreflightFetch(request: PreflightedRequest, response: PreflightResponse): PreflightFailure[] {
  return [
    // 7. If a CORS check for request and response returns success and response's status is an ok status, then:
    ...corsCheck(request, response.headers).map((check) => ({ step: "7 CORS check", check }) as const),
    ...okStatus(response),
    // 7.1-7.3. Extract the methods and header names; if either is failure, then return a network error.
    ...extractMethods(response),
    ...extractHeaderNames(response),
    // 7.4 only fills the cache.
    ...methodStep(request, response),
    ...nonWildcardHeaderStep(request, response),
    ...unsafeHeaderStep(request, response),
  ];
}

/** https://fetch.spec.whatwg.org/#ok-status */
export function isOkStatus(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** Step 7, second half: the response's status is an ok status. */
export function okStatus({ status }: PreflightResponse): PreflightFailure[] {
  return isOkStatus(status) ? [] : [{ step: "7 ok status", status }];
}

/** Steps 7.1 and 7.3: `Access-Control-Allow-Methods` has to be a list of methods. */
export function extractMethods({ headers }: PreflightResponse): PreflightFailure[] {
  const methods = extractTokens("Access-Control-Allow-Methods", headers);
  return methods !== null && "failure" in methods ? [{ step: "7.3 methods", token: methods.failure }] : [];
}

/** Steps 7.2 and 7.3: `Access-Control-Allow-Headers` has to be a list of field names. */
export function extractHeaderNames({ headers }: PreflightResponse): PreflightFailure[] {
  const headerNames = extractTokens("Access-Control-Allow-Headers", headers);
  return headerNames !== null && "failure" in headerNames ? [{ step: "7.3 headers", token: headerNames.failure }] : [];
}

/** Step 7.5: the method is in methods, or safelisted, or covered by `*` without credentials. */
export function methodStep(request: PreflightedRequest, response: PreflightResponse): PreflightFailure[] {
  const methods = valuesOrNone(extractTokens("Access-Control-Allow-Methods", response.headers));
  const allowed =
    methods.includes(request.method) ||
    isCorsSafelistedMethod(request.method) ||
    (request.credentials !== "include" && methods.includes("*"));
  return allowed ? [] : [{ step: "7.5", method: request.method }];
}

/** Step 7.6: a CORS non-wildcard request-header name (`Authorization`) has to be named. */
export function nonWildcardHeaderStep(request: PreflightedRequest, response: PreflightResponse): PreflightFailure[] {
  const named = namedHeaders(response);
  return request.unsafeHeaderNames
    .filter((name) => isCorsNonWildcardRequestHeaderName(name) && !named.has(name))
    .map((headerName) => ({ step: "7.6", headerName }));
}

/** Step 7.7: every unsafe name is in headerNames, or covered by `*` without credentials. */
export function unsafeHeaderStep(request: PreflightedRequest, response: PreflightResponse): PreflightFailure[] {
  const named = namedHeaders(response);
  if (request.credentials !== "include" && named.has("*")) return [];
  return request.unsafeHeaderNames
    .filter((name) => !named.has(name))
    .map((headerName) => ({ step: "7.7", headerName }));
}

function namedHeaders({ headers }: PreflightResponse): Set<string> {
  const names = valuesOrNone(extractTokens("Access-Control-Allow-Headers", headers));
  return new Set(names.map((name) => name.toLowerCase()));
}

function valuesOrNone(extracted: ReturnType<typeof extractTokens>): string[] {
  return Array.isArray(extracted) ? extracted : [];
}
