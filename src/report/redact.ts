import type { Header } from "../model.ts";

const REDACTED = "[redacted]";

/** Names of fields and parameters that carry secrets by their definition, and of those that commonly do. */
const SECRET =
  /^(cookie2?|set-cookie2?|dpop|auth|code|sig|x[-_]auth[\w-]*|[\w.-]*(authoriz|authentic|token|secret|password|passwd|passphrase|api[-_]?key|access[-_]?key|subscription[-_]?key|functions[-_]?key|session|credential|signature|hmac|csrf|xsrf|jwt|otp)[\w.-]*)$/i;

/** Fields whose value is a URL. */
const URLS = /^(location|content-location|referer)$/i;

/** The same headers, without the values that nobody should mail around. CORS looks at none of them. */
export function redacted(headers: readonly Header[]): Header[] {
  return headers.map(({ name, value }) => {
    if (SECRET.test(name) && !/^access-control-/i.test(name)) return { name, value: REDACTED };
    return { name, value: URLS.test(name) ? redactedUrl(value) : value };
  });
}

/**
 * The same URL without what is secret in it: user info, which leaves a mark that there was some, for CORS minds it; and
 * the values of parameters, in query and fragment, that are named like secrets.
 */
export function redactedUrl(url: string): string {
  // https://url.spec.whatwg.org/#concept-basic-url-parser drops these before it looks.
  const clean = url.replace(/[\t\n\r]/g, "");
  return clean
    // A JSON Web Token, wherever it stands.
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, "redacted")
    .replace(/^((?:[a-z][a-z0-9+.-]*:)?[\\/]{2,}|[a-z][a-z0-9+.-]*:[\\/]?)[^\\/?#]*@/i, "$1redacted@")
    .replace(/([?&;#])([^=&;#?]*)=([^&;#]*)/g, (whole, before: string, name: string) => (SECRET.test(decoded(name)) ? `${before}${name}=redacted` : whole));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // Not UTF-8: the name is what it says.
    return name;
  }
}
