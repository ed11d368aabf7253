/** The URLs that were asked for last: of a request that goes on the same ones are, again and again, and parsing is most of a verdict's time. */
const PARSED = new Map<string, Readonly<URL> | null>();
const MOST_PARSED = 500;
const LONGEST_REMEMBERED = 2000;

/** A URL, parsed, or null where that fails: `URL.parse`, which Chrome has only had since 126. https://url.spec.whatwg.org/#dom-url-parse */
export function parsedUrl(url: string, base?: string): Readonly<URL> | null {
  if (base !== undefined || url.length > LONGEST_REMEMBERED) return parse(url, base);
  const known = PARSED.get(url);
  if (known !== undefined) return known;
  if (PARSED.size >= MOST_PARSED) PARSED.clear();
  const parsed = parse(url);
  PARSED.set(url, parsed);
  return parsed;
}

function parse(url: string, base?: string): Readonly<URL> | null {
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
