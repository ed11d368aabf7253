import type { CauseCode, CorsCode, Failure, NetworkCode, Phase } from "../model.ts";
import type { ChapterId } from "./chapter-ids.ts";

/**
 * The chapter that explains a failing check best, or null where it is no matter of CORS.
 * @param causes why the server answered so, likeliest first
 */
export function chapterFor({ code, phase }: Pick<Failure, "code" | "phase">, causes: readonly CauseCode[] = []): ChapterId | null {
  const [likeliest] = causes;
  const byCause = likeliest === undefined ? undefined : BY_CAUSE[likeliest];
  if (byCause !== undefined) return byCause;
  const general = BY_CODE[code] ?? null;
  return general === "same-origin" ? (BY_PHASE[phase] ?? general) : general;
}

/** Where the cause is another chapter's than the check. */
const BY_CAUSE: Readonly<Partial<Record<CauseCode, ChapterId>>> = {
  "cached-for-another-origin": "caching",
  "cached-no-cors-copy": "caching",
};

/** A check that every message has to pass is best read about where that message is. */
const BY_PHASE: Readonly<Partial<Record<Phase, ChapterId>>> = { preflight: "preflights", redirect: "redirects" };

const BY_CODE: Readonly<Record<CorsCode, ChapterId> & Partial<Record<NetworkCode, ChapterId>>> = {
  "allow-origin-missing": "same-origin",
  "allow-origin-wildcard-with-credentials": "credentials",
  "allow-origin-multiple-values": "same-origin",
  "allow-origin-invalid": "same-origin",
  "allow-origin-null": "same-origin",
  "allow-origin-mismatch": "same-origin",
  "origin-null-not-allowed": "redirects",
  "origin-became-null-by-redirect": "redirects",
  "allow-credentials-not-true": "credentials",
  "preflight-redirect": "preflights",
  "preflight-status-not-ok": "preflights",
  "allow-methods-invalid": "preflights",
  "allow-headers-invalid": "preflights",
  "method-not-allowed": "preflights",
  "header-not-allowed": "preflights",
  "authorization-not-covered-by-wildcard": "preflights",
  "redirect-url-has-credentials": "redirects",
  "redirect-mode-same-origin": "redirects",
  "preflight-network-error": "preflights",
  "redirect-invalid": "redirects",
  "redirect-not-http": "redirects",
  "redirect-refused": "redirects",
  "redirect-mode-error": "redirects",
  "mode-same-origin": "same-origin",
  "opaque-response-blocked": "no-cors",
};
