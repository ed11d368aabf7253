import { fieldLines } from "../fetch/headers.ts";
import { originOf } from "../fetch/redirect.ts";
import type { CauseCode } from "../model.ts";
import type { NearMiss } from "../near-miss.ts";
import { requestOrigin } from "../request.ts";
import { type Case, cause, field, type Look, members } from "./case.ts";

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
      if (nearMiss !== undefined) return cause(nearMiss, actual, failure.header?.expected ?? "");
      return failure.code === "allow-origin-mismatch" ? otherOrigin(at, actual) : [];
    }
    default:
      return [];
  }
};

/** Two who each add the header, or one who takes it for a list. */
function several({ response }: Case, actual: string): ReturnType<Look> {
  const lines = fieldLines("Access-Control-Allow-Origin", response?.headers ?? []);
  const values = members(actual);
  // One who means a list doesn't repeat a member, and `*` needs no company.
  const repeated = lines.length > 1 || new Set(values).size < values.length || values.includes("*");
  return repeated ? cause("two-layers-add-header", actual) : cause("list-of-origins", actual);
}

/** Another origin altogether: a stored answer to somebody else, or the only one that the server knows. */
function otherOrigin(at: Case, actual: string): ReturnType<Look> {
  const cached = cacheSign(at);
  const varies = members(field(at, "Vary")).some((name) => name === "origin" || name === "*");
  const served = at.earlier.find(({ hops }) => hops.some(({ request }) => request.url === at.message.url && request.response !== null && request.end?.error === null));
  if (!varies && cached !== null) return cause("cached-for-another-origin", actual, cached);
  if (!varies && served !== undefined) return cause("cached-for-another-origin", actual, "");
  return cause("other-origin-configured", actual, requestOrigin(at.exchange));
}

/** The field by which a cache says that it answered, or null. */
export function cacheSign(at: Pick<Case, "response">): string | null {
  const age = field(at, "Age");
  if (Number(age) > 0) return `Age: ${age}`;
  for (const name of ["X-Cache", "CF-Cache-Status", "X-Cache-Status", "X-Vercel-Cache", "X-Proxy-Cache"]) {
    const value = field(at, name);
    if (/\b(hit|stale|revalidated|updating)\b/i.test(value)) return `${name}: ${value}`;
  }
  return null;
}

function nullOrigin({ exchange }: Case): ReturnType<Look> {
  const isPage = exchange.frameId === 0 && (exchange.origin === null || exchange.origin === "null");
  return isPage ? cause("origin-null-document") : cause("origin-null-sandboxed");
}

function chain({ exchange, failure }: Case): string {
  return exchange.hops.slice(0, failure.hop + 1).map(({ request }) => originOf(request.url)).join(" → ");
}
