import type { Header, NetEvent } from "../../src/model.ts";

const REQUEST_HEADERS = headersOf({
  Accept: "application/json, text/plain, */*",
  "Accept-Language": "en-GB,en;q=0.9",
  "Accept-Encoding": "gzip, deflate, br, zstd",
  Origin: "https://app.example",
  Referer: "https://app.example/",
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Sec-Fetch-Dest": "empty",
  "Sec-Fetch-Mode": "cors",
  "Sec-Fetch-Site": "cross-site",
});

const RESPONSE_HEADERS = headersOf({
  Date: "Tue, 25 Nov 2025 08:00:00 GMT",
  Server: "nginx",
  "Content-Type": "application/json; charset=utf-8",
  "Content-Length": "1234",
  "Cache-Control": "private, max-age=0",
  Vary: "Origin, Accept-Encoding",
  ETag: `W/"4d2-1a2b3c4d5e6f"`,
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Request-Id": "0f8fad5b-d9cb-469f-a165-70867728950e",
});

const ALLOWED = headersOf({ "Access-Control-Allow-Origin": "https://app.example" });

/** The events of one of many requests, in Chromium: in turn one that passes and one whose preflight is refused. */
export function eventsOf(index: number): NetEvent[] {
  const time = 1_800_000_000_000 + index * 20;
  const base = { requestId: `r${index}`, url: `https://api-${index % 50}.example/v1/items/${index}?page=${index % 7}`, method: "GET", type: "xmlhttprequest", tabId: 1, frameId: 0, initiator: "https://app.example", time };
  const answer = { status: 200, statusText: "", responseHeaders: [...RESPONSE_HEADERS, ...(index % 2 === 0 ? ALLOWED : [])] };
  if (index % 2 === 0) {
    return [
      { ...base, kind: "before-request" },
      { ...base, kind: "send-headers", requestHeaders: REQUEST_HEADERS },
      { ...base, kind: "headers-received", ...answer },
      { ...base, kind: "response-started" },
      { ...base, kind: "completed", fromCache: false },
    ];
  }
  const put = { ...base, method: "PUT" };
  const preflight = { ...put, requestId: `p${index}`, method: "OPTIONS" };
  const asked = headersOf({ "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type" });
  return [
    { ...put, kind: "before-request" },
    { ...preflight, kind: "before-request" },
    { ...preflight, kind: "send-headers", requestHeaders: [...REQUEST_HEADERS, ...asked] },
    { ...preflight, kind: "headers-received", ...answer },
    { ...preflight, kind: "response-started" },
    { ...preflight, kind: "completed", fromCache: false },
    { ...put, kind: "error", error: "net::ERR_FAILED" },
  ];
}

function headersOf(values: Readonly<Record<string, string>>): Header[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
