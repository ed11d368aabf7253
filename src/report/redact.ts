import type { Header } from "../model.ts";

const REDACTED = "[redacted]";

/** Fields that carry secrets by their definition, and those that commonly do. */
const SECRET = /^(cookie|set-cookie|authorization|proxy-authorization|dpop|x[-_](api|auth|csrf|xsrf|password)[\w-]*|.*(token|secret|password|api[-_]?key|session|jwt)[\w-]*)$/i;

/** The same headers, without the values that nobody should mail around. CORS looks at none of them. */
export function redacted(headers: readonly Header[]): Header[] {
  return headers.map(({ name, value }) => ({ name, value: SECRET.test(name) ? REDACTED : value }));
}

/** The same URL without user info. */
export function withoutUserInfo(url: string): string {
  return url.replace(/^((?:[a-z][a-z0-9+.-]*:)?[\\/]{2,}|[a-z][a-z0-9+.-]*:[\\/]?)[^\\/?#]*@/i, "$1");
}
