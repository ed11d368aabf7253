import { cacheSign, isStoredCopy, variesByOrigin } from "../caching.ts";
import { fieldLines } from "../fetch/headers.ts";
import { originOf } from "../fetch/redirect.ts";
import type { CauseCode } from "../model.ts";
import type { NearMiss } from "../near-miss.ts";
import { requestOrigin } from "../request.ts";
import { type Case, cause, type Look } from "./case.ts";

const NEAR_MISSES: Readonly<Record<NearMiss, CauseCode>> = {
  quotes: "origin-quotes",
  "wildcard-pattern": "origin-pattern",
  "scheme-missing": "origin-scheme-missing",
  "trailing-slash": "origin-trailing-slash",
  path: "origin-path",
  "letter-case": "origin-letter-case",
  "default-port": "origin-default-port",
  scheme: "origin-scheme",
  port: "origin-port",
  "loopback-name": "origin-loopback-name",
  www: "origin-www",
  subdomain: "origin-subdomain",
};

/** Near misses that are origins of their own, and not slips of the pen. */
const SITES: ReadonlySet<CauseCode> = new Set(["origin-scheme", "origin-port", "origin-loopback-name", "origin-www", "origin-subdomain"]);

/** Why `Access-Control-Allow-Origin` names something else. */
export const allowedOrigin: Look = (at) => {
  const { failure } = at;
  const actual = failure.header?.actual ?? "";
  switch (failure.code) {
    case "allow-origin-multiple-values":
      return several(at, actual);
    case "allow-origin-null":
      return cause("literal-null");
    case "allow-origin-wildcard-with-credentials":
      return cause("wildcard-with-credentials");
    case "origin-null-not-allowed":
      return nullOrigin(at);
    case "origin-became-null-by-redirect":
      return cause("origin-null-by-redirect", requestOrigin(at.exchange), chain(at));
    case "allow-origin-invalid":
    case "allow-origin-mismatch": {
      const nearMiss = Object.entries(NEAR_MISSES).find(([variant]) => variant === failure.variant)?.[1];
      if (nearMiss !== undefined && !SITES.has(nearMiss)) return cause(nearMiss, actual, failure.header?.expected ?? "");
      return failure.code === "allow-origin-mismatch" ? otherSite(at, actual, nearMiss) : [];
    }
    default:
      return [];
  }
};

/** Two who each add the header, or one who takes it for a list. */
function several({ response }: Case, actual: string): ReturnType<Look> {
  const lines = fieldLines("Access-Control-Allow-Origin", response?.headers ?? []);
  const values = actual.split(/[\s,]+/).filter((value) => value !== "");
  // One who means a list doesn't repeat a member, and `*` needs no company.
  const repeated = lines.length > 1 || new Set(values).size < values.length || values.includes("*");
  if (repeated && values.length > 1) return cause("two-layers-add-header", actual);
  return values.length > 1 ? cause("list-of-origins", actual) : [];
}

/** Another site: a stored answer to somebody else, or the only one that the server knows. */
function otherSite(at: Case, actual: string, nearMiss: CauseCode | undefined): ReturnType<Look> {
  const named = nearMiss === undefined
    ? cause("other-origin-configured", actual, requestOrigin(at.exchange))
    : cause(nearMiss, actual, at.failure.header?.expected ?? "");
  if (at.response === null || variesByOrigin(at.response.headers)) return named;
  if (wasGivenTo(at, actual)) return cause("cached-for-another-origin", actual, "");
  const sign = cacheSign(at.response.headers);
  if (sign === null) return named;
  // A near miss may be what the server was told; one that is none was most likely somebody else's.
  return [...cause("cached-for-another-origin", actual, sign), ...(nearMiss === undefined ? [] : named)];
}

/** The very answer that the allowed origin itself got, in this tab. */
function wasGivenTo({ earlier, message }: Case, origin: string): boolean {
  return earlier.some((other) => requestOrigin(other) === origin && other.hops.some(({ request }) => isStoredCopy(message, request)));
}

function nullOrigin({ exchange }: Case): ReturnType<Look> {
  const isPage = exchange.frameId === 0 && (exchange.origin === null || exchange.origin === "null");
  return isPage ? cause("origin-null-document") : cause("origin-null-sandboxed");
}

function chain({ exchange, failure }: Case): string {
  return exchange.hops.slice(0, failure.hop + 1).map(({ request }) => originOf(request.url)).join(" → ");
}
