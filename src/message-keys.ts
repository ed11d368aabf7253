import type { Lack } from "./har/source.ts";
import type { Condition, ElsewhereCode, Evidence, NoticeCode, PageChange, Phase } from "./model.ts";
import { CAUSES, type Headline, keyOf, VARIANTS } from "./phrase-keys.ts";
import { codes } from "./references.ts";

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

/** What the picture of an exchange has words of its own for. */
const PICTURE = [
  "page", "service-worker", "browser", "server", "trial",
  "sent", "unanswered", "unseen", "within", "stopped", "may-stop", "field", "maybe", "more", "missing", "not-sent", "delivered", "withheld", "preflight-cached", "preflight-unseen",
];

/** What reports for people have words of their own for. */
const REPORT = ["title", "requests", "alike", "more", "references", "contents", "in-words", "redacted", "sensitive"];

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
