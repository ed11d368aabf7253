import type { Lack } from "./har/source.ts";
import type { CauseCode, Condition, ElsewhereCode, Evidence, NoticeCode, PageChange, Phase } from "./model.ts";
import type { NearMiss } from "./near-miss.ts";
import { codes } from "./references.ts";

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

/** Every key that `explain.ts` and the guide can come up with: what a language has to have. */
export function messageKeys(): string[] {
  const all = (groups: readonly string[], names: readonly string[]): string[] =>
    groups.flatMap((group) => names.map((name) => keyOf(group, name)));
  return [
    ...all(["title", "explain"], [...codes(), ...Object.keys(HEADLINES)]),
    ...all(["variant"], Object.keys(VARIANTS)),
    ...all(["cause", "why"], Object.keys(CAUSES)),
    ...new Set(Object.values(CAUSES).flatMap((clauses) => Object.values(clauses))),
    ...all(["notice", "note"], Object.keys(NOTICES)),
    ...all(["evidence"], Object.keys(EVIDENCE)),
    ...all(["condition"], Object.keys(CONDITIONS)),
    ...all(["phase", "message"], Object.keys(PHASES)),
    ...all(["page"], Object.keys(PAGE_CHANGES)),
    ...all(["elsewhere"], Object.keys(ELSEWHERE)),
    ...all(["engine"], ["chromium", "gecko"]),
    ...all(["other"], ["blocked", "blocked-as", "allowed", "unknown"]),
    ...all(["value"], ["missing"]),
    ...all(["preflight"], ["because", "because-unseen"]),
    ...all(["lack"], Object.keys(LACKS)),
    ...all(["section"], ["lacks"]),
    ...all(["more"], ["alike"]),
    ...all(["picture"], PICTURE),
    ...all(["fix"], ["remove", "status"]),
    ...all(["report_need"], ["credentials", "other-browser", "caches"]),
    ...all(["report"], REPORT),
  ];
}

/**
 * The key of the clause that stands for a parameter of `why_<cause>` (by its index) when there is something to say, and
 * for nothing when there is not.
 */
export function clausesOf(code: CauseCode): Readonly<Record<number, string>> {
  return CAUSES[code];
}

/** What the picture of an exchange has words of its own for. */
const PICTURE = [
  "page", "service-worker", "browser", "server", "trial",
  "sent", "unanswered", "unseen", "within", "stopped", "may-stop", "field", "maybe", "more", "missing", "not-sent", "delivered", "withheld", "preflight-cached", "preflight-unseen",
];

/** What reports for people have words of their own for. */
const REPORT = ["title", "requests", "alike", "more", "references", "contents", "in-words", "redacted", "sensitive"];

const CAUSES: Readonly<Record<CauseCode, Readonly<Record<number, string>>>> = {
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

const NOTICES: Readonly<Record<NoticeCode, true>> = {
  "headers-not-exposed": true,
  "expose-wildcard-with-credentials": true,
  "max-age-missing": true,
  "max-age-invalid": true,
  "max-age-over-limit": true,
  "preflight-never-kept": true,
  "preflight-url-too-long": true,
  "allow-origin-null": true,
  "origin-echoed-with-credentials": true,
  "vary-origin-missing": true,
  "authorization-only-by-wildcard": true,
};

const HEADLINES: Readonly<Record<Headline, true>> = {
  allowed: true,
  "not-cors": true,
  pending: true,
  "maybe-blocked": true,
  "events-missing": true,
  "failed-unexplained": true,
  "outcome-unseen": true,
};

const VARIANTS: Readonly<Record<Variant, true>> = {
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

const CONDITIONS: Readonly<Record<Condition, true>> = {
  "credentials-include": true,
  "credentials-not-include": true,
  "field-repeated": true,
  "redirect-target-forbidden": true,
  "context-not-secure": true,
  "address-space-given": true,
};

const ELSEWHERE: Readonly<Record<ElsewhereCode, true>> = {
  "ask-with-cors": true,
  "ask-without-tls": true,
  "correct-address-space": true,
  "correct-name": true,
  "correct-redirect": true,
  "empty-caches": true,
  "end-redirect-loop": true,
  "give-crossorigin": true,
  "go-online": true,
  "mend-certificate": true,
  "mend-error": true,
  "reach-server": true,
  "read-server-log": true,
  "relax-resource-policy": true,
  "send-buffered": true,
  "send-cookie": true,
  "send-content-type": true,
  "start-server": true,
  "switch-off-blocker": true,
  "use-other-port": true,
};

const PAGE_CHANGES: Readonly<Record<PageChange["code"], true>> = {
  "omit-credentials": true,
  "sign-in-again": true,
  "ask-directly": true,
  "give-origin": true,
  "upper-case-method": true,
  "leave-out-header": true,
  "serve-page-securely": true,
  "allow-local-network": true,
  "mode-cors": true,
  "follow-redirects": true,
  "allow-in-policy": true,
  "ask-securely": true,
};

const LACKS: Readonly<Record<Lack, true>> = { outcome: true, answer: true, error: true, credentials: true, engine: true };

const PHASES: Readonly<Record<Phase, true>> = { request: true, preflight: true, redirect: true, response: true };

const EVIDENCE: Readonly<Record<Evidence, true>> = {
  pending: true,
  "net-error": true,
  "events-stop-at-preflight": true,
  "events-stop-at-redirect": true,
  "events-stop-at-response": true,
  completed: true,
  "timing-passed": true,
  "timing-withheld": true,
  "ended-after-response": true,
  "headers-only": true,
  "cookie-sent": true,
  "page-probe": true,
  "never-sent": true,
  "not-heard": true,
  "redirect-mode-manual": true,
  "credentials-by-elimination": true,
  "credentials-unknown": true,
  "response-outcome-not-reported": true,
  "joined-field": true,
  "repeated-field": true,
  "not-cors-mode": true,
  "mode-unknown": true,
  "same-origin": true,
  "preflight-unseen": true,
  "preflights-paired-by-order": true,
  "events-missing": true,
  "headers-do-not-explain": true,
  "redirect-mode-unknown": true,
  "redirect-not-followed": true,
  "request-not-seen": true,
};
