import { fieldLines, get, listItems } from "./fetch/headers.ts";
import type { Header, Message } from "./model.ts";

/** A cache may give this answer again without asking the server. https://httpwg.org/specs/rfc9111.html#storing.responses */
export function mayBeReused(headers: readonly Header[]): boolean {
  const directives = listItems((get("Cache-Control", headers) ?? "").toLowerCase());
  if (directives.includes("no-store") || directives.includes("no-cache")) return false;
  const age = directives.map((directive) => /^(?:s-maxage|max-age)="?([0-9]+)/.exec(directive)?.[1]).find((seconds) => seconds !== undefined);
  if (age !== undefined) return Number(age) > 0;
  const expires = get("Expires", headers);
  // What is no date, such as 0, is in the past.
  if (expires !== null) return /GMT$/.test(expires) && Date.parse(expires) > (Date.parse(get("Date", headers) ?? "") || 0);
  // Without a lifetime, caches guess one from the date of the last change.
  return get("Last-Modified", headers) !== null;
}

/** The answer says that it differs by the origin that asks. */
export function variesByOrigin(headers: readonly Header[]): boolean {
  return fieldLines("Vary", headers).flatMap(listItems).some((name) => name.toLowerCase() === "origin" || name === "*");
}

/**
 * Whether an answer is, by all that shows, the stored one that an earlier request got. The date alone would not do: it
 * counts whole seconds.
 */
export function isStoredCopy(message: Message, earlier: Message): boolean {
  const [now, before] = [message.response, earlier.response];
  if (now === null || before === null || message.url !== earlier.url || before.time > message.startedTime) return false;
  // A browser that completes the request says so itself; of one that failed it says no. What is stored has lost the
  // fields of its connection (https://httpwg.org/specs/rfc9111.html#storing.fields).
  if (message.end?.error === null && !message.end.fromCache) return false;
  if (["Connection", "Keep-Alive", "Transfer-Encoding"].some((name) => get(name, now.headers) !== null)) return false;
  const date = get("Date", now.headers);
  return date !== null && date === get("Date", before.headers) && mayBeReused(before.headers);
}

/** The field by which a cache says that it answered, or null. */
export function cacheSign(headers: readonly Header[]): string | null {
  const age = get("Age", headers);
  if (age !== null && Number(age) > 0) return `Age: ${age}`;
  for (const name of ["X-Cache", "CF-Cache-Status", "X-Cache-Status", "X-Vercel-Cache", "X-Proxy-Cache"]) {
    const value = get(name, headers);
    if (value !== null && /\b(hit|stale|revalidated|updating)\b/i.test(value)) return `${name}: ${value}`;
  }
  return null;
}
