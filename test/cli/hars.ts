/** Page and server of the HARs below. */
export const PAGE = "https://app.example";
export const API = "https://api.example";

type Fields = Readonly<Record<string, string>>;

/** An entry as Chrome's Network panel exports it, as far as it matters. */
export interface ChromeEntry {
  readonly method?: string;
  readonly url?: string;
  readonly sent?: Fields;
  readonly status?: number;
  readonly got?: Fields;
  readonly error?: string | null;
  readonly type?: string;
  readonly body?: string;
  /** Seconds after the first. */
  readonly at?: number;
}

export function entry({ method = "GET", url = `${API}/x`, sent = {}, status = 200, got = {}, error = null, type = "fetch", body = "ok", at = 0 }: ChromeEntry): object {
  return {
    startedDateTime: new Date(Date.UTC(2026, 0, 1, 0, 0, at)).toISOString(),
    time: 10,
    request: { method, url, httpVersion: "HTTP/1.1", headers: lines({ Host: new URL(url).host, Origin: PAGE, "Sec-Fetch-Mode": "cors", ...sent }), queryString: [], cookies: [], headersSize: -1, bodySize: 0 },
    response: { status, statusText: "", httpVersion: "HTTP/1.1", headers: lines(got), cookies: [], content: { size: body.length, mimeType: "", text: body }, redirectURL: got["Location"] ?? "", headersSize: -1, bodySize: -1, _error: error },
    cache: {},
    timings: { send: 0, wait: 10, receive: 0 },
    _resourceType: type,
  };
}

export function har(entries: readonly object[], creator = "WebInspector"): object {
  return { log: { version: "1.2", creator: { name: creator, version: "537.36" }, pages: [], entries } };
}

/** A response that CORS blocked, one that passed, one of the page's own, and a preflight with its request that was never sent. */
export const FOUR: object = har([
  entry({ url: `${API}/blocked?token=SECRET`, error: "net::ERR_FAILED", sent: { Cookie: "sid=SECRET" } }),
  entry({ url: `${API}/passed`, got: { "Access-Control-Allow-Origin": PAGE }, at: 1 }),
  entry({ url: `${PAGE}/own`, at: 2 }),
  entry({ method: "PUT", url: `${API}/put`, status: 0, error: "net::ERR_FAILED", at: 3 }),
  entry({ method: "OPTIONS", url: `${API}/put`, status: 204, got: { "Access-Control-Allow-Origin": PAGE }, sent: { "Access-Control-Request-Method": "PUT" }, type: "preflight", at: 3 }),
]);

/** What Playwright writes of a response that was blocked: nothing. */
export const UNTOLD: object = har([{ ...entry({}), request: { method: "GET", url: `${API}/untold`, headers: lines({ Referer: `${PAGE}/` }) }, response: { status: -1, headers: [], _failureText: "net::ERR_FAILED" } }], "Playwright");

function lines(fields: Fields): { name: string; value: string }[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}
