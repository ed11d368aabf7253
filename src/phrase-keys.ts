import type { CauseCode } from "./model.ts";
import type { NearMiss } from "./near-miss.ts";

/** Verdicts without a code of their own. */
export type Headline =
  | "allowed"
  | "not-cors"
  | "pending"
  | "maybe-blocked"
  | "events-missing"
  | "failed-unexplained"
  | "outcome-unseen";

/** Every way in which a value can miss by a little. */
export type Variant = NearMiss | "missing" | "wildcard-with-credentials";

/** A near miss that there are words for. */
export function isVariant(variant: string | null): variant is Variant {
  return variant !== null && Object.hasOwn(VARIANTS, variant);
}

/** `explain`, `allow-origin-missing` → `explain_allow_origin_missing`: message keys allow no hyphen. */
export function keyOf(group: string, code: string): string {
  return `${group}_${code.replaceAll("-", "_")}`;
}

/**
 * The key of the clause that stands for a parameter of `why_<cause>` (by its index) when there is something to say, and
 * for nothing when there is not.
 */
export function clausesOf(code: CauseCode): Readonly<Record<number, string>> {
  return CAUSES[code];
}

/** Every cause, with the clauses of its sentence. */
export const CAUSES: Readonly<Record<CauseCode, Readonly<Record<number, string>>>> = {
  "route-without-cors": { 0: "clause_made_by" },
  "redirect-without-cors": {},
  "header-misspelt": {},
  "cors-refused": {},
  "error-page": { 1: "clause_made_by" },
  "third-party-cookie-blocked": {},
  "cached-no-cors-copy": {},
  "options-not-routed": { 1: "clause_it_allows", 2: "clause_made_by" },
  "options-needs-authentication": { 1: "clause_made_by" },
  "options-fails": { 1: "clause_made_by" },
  "options-without-cors": { 0: "clause_made_by" },
  "login-redirect": {},
  "redirect-to-https": {},
  "redirect-trailing-slash": {},
  "redirect-www": {},
  "hsts-upgrade": {},
  "two-layers-add-header": {},
  "list-of-origins": {},
  "origin-quotes": {},
  "origin-pattern": {},
  "origin-scheme-missing": {},
  "origin-trailing-slash": {},
  "origin-path": {},
  "origin-letter-case": {},
  "origin-default-port": {},
  "origin-scheme": {},
  "origin-port": {},
  "origin-loopback-name": {},
  "origin-www": {},
  "origin-subdomain": {},
  "other-origin-configured": {},
  "cached-for-another-origin": { 1: "clause_cache_says" },
  "literal-null": {},
  "wildcard-with-credentials": {},
  "origin-null-by-redirect": {},
  "origin-null-document": {},
  "origin-null-sandboxed": {},
  "method-lower-case": {},
  "header-added-by-library": {},
  "content-type-not-simple": { 0: "clause_sent_type" },
  "authorization-under-wildcard": {},
  "nothing-listens": {},
  "connection-dropped": {},
  "name-not-found": {},
  certificate: {},
  "not-https": {},
  "timed-out": {},
  offline: {},
  "aborted-by-page": {},
  "blocked-by-extension": {},
  "blocked-by-administrator": {},
  "local-network-permission": {},
  "local-network-insecure-page": {},
  "local-network-address-space": {},
};

/** Every variant. */
export const VARIANTS: Readonly<Record<Variant, true>> = {
  quotes: true,
  "wildcard-pattern": true,
  "scheme-missing": true,
  "trailing-slash": true,
  path: true,
  "letter-case": true,
  "default-port": true,
  scheme: true,
  port: true,
  "loopback-name": true,
  www: true,
  subdomain: true,
  missing: true,
  "wildcard-with-credentials": true,
};
