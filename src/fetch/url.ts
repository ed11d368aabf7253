/** A URL, parsed once, or null where that fails: `URL.parse`, which Chrome has only had since 126. https://url.spec.whatwg.org/#dom-url-parse */
export function parsedUrl(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** A URL without username and password (https://url.spec.whatwg.org/#include-credentials); what doesn't parse stays as it is. */
export function withoutUserInfo(url: string): string {
  if (!isUrl(url)) return url;
  const clean = new URL(url);
  if (clean.username === "" && clean.password === "") return url;
  clean.username = "";
  clean.password = "";
  return clean.href;
}

/** Whether it is one. Not by `URL.canParse`: once Node 20 has compiled a caller, that misreads letters such as é. */
export function isUrl(url: string, base?: string): boolean {
  return parsedUrl(url, base) !== null;
}
