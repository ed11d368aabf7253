/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Where in a value: names and indexes. */
export type Path = readonly (string | number)[];

const A = "https://app.example";
const B = "https://api.example";

export function header(name: string, value: Json): Json {
  return { name, value };
}

/** An entry as Chrome writes it. */
export function entry(request: { readonly [name: string]: Json } = {}, response: { readonly [name: string]: Json } = {}, more: { readonly [name: string]: Json } = {}): { readonly [name: string]: Json } {
  return {
    _initiator: { type: "script", stack: { callFrames: [{ functionName: "load", scriptId: "4", url: `${A}/app.js`, lineNumber: 3, columnNumber: 9 }], parent: { description: "await", callFrames: [] } } },
    _priority: "High",
    _resourceType: "fetch",
    cache: {},
    pageref: "page_1",
    request: {
      method: "GET", url: `${B}/data`, httpVersion: "h2", cookies: [], queryString: [], headersSize: -1, bodySize: 0,
      headers: [header("Origin", A), header("Sec-Fetch-Mode", "cors"), header("Host", "api.example"), header("User-Agent", "Mozilla/5.0 Chrome/150.0.0.0 Safari/537.36")],
      ...request,
    },
    response: {
      status: 200, statusText: "OK", httpVersion: "h2", cookies: [], headersSize: -1, bodySize: -1, redirectURL: "", content: { size: 0, mimeType: "application/json" }, _transferSize: 0, _error: null,
      headers: [header("Access-Control-Allow-Origin", `${A}/`), header("Content-Type", "application/json")],
      ...response,
    },
    startedDateTime: "2026-01-02T03:04:05.678Z",
    time: 12.5,
    timings: { blocked: 1, dns: -1, connect: -1, send: 0, wait: 11, receive: 0.5, ssl: -1 },
    ...more,
  };
}

/** The time of an entry, in milliseconds after the first. */
export function at(milliseconds: number): { readonly startedDateTime: string } {
  return { startedDateTime: new Date(Date.UTC(2026, 0, 2) + milliseconds).toISOString() };
}

export const PREFLIGHT = entry(
  { method: "OPTIONS", headers: [header("Origin", A), header("Access-Control-Request-Method", "PUT"), header("Access-Control-Request-Headers", "x-a"), header("Host", "api.example")] },
  { status: 204, headers: [header("Access-Control-Allow-Origin", A)] },
  { _resourceType: "preflight" },
);

export const PUT = entry({ method: "PUT", headers: [header("Origin", A), header("X-A", "1"), header("Host", "api.example")] }, { status: 0, headers: [], _error: "net::ERR_FAILED" });

/** A file of some entries. */
export function har(entries: readonly Json[], log: { readonly [name: string]: Json } = {}): { readonly log: { readonly [name: string]: Json } } {
  return {
    log: {
      version: "1.2",
      creator: { name: "WebInspector", version: "537.36" },
      pages: [{ id: "page_1", title: `${A}/`, startedDateTime: "2026-01-02T03:04:05.000Z", pageTimings: { onLoad: 1 } }],
      entries,
      ...log,
    },
  };
}

/** A request, a preflight, and a redirect. */
export const SAMPLE: Json = har([
  entry(),
  PREFLIGHT,
  PUT,
  entry({ url: `${B}/old` }, { status: 302, redirectURL: "/new", headers: [header("Location", "/new"), header("Access-Control-Allow-Origin", "*")] }),
  entry({ url: `${B}/new` }),
]);

/** All places of a value, from the outside to the inside. */
export function paths(value: Json, path: Path = []): Path[] {
  const parts: readonly (readonly [string | number, Json])[] = Array.isArray(value) ? [...value.entries()] : typeof value === "object" && value !== null ? Object.entries(value) : [];
  return parts.flatMap(([name, part]) => [[...path, name], ...paths(part, [...path, name])]);
}

/** As a HarError names it. */
export function placeOf(path: Path): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

/** The value with another one at a place; `undefined` leaves that out. */
export function changed(value: Json, [name, ...rest]: Path, to: Json | undefined): Json {
  if (name === undefined) return to ?? null;
  if (Array.isArray(value)) return value.flatMap((part: Json, index) => (index !== name ? [part] : rest.length > 0 ? [changed(part, rest, to)] : to === undefined ? [] : [to]));
  if (typeof value !== "object" || value === null) return value;
  // `Object.fromEntries` makes an own `__proto__`, as JSON.parse does.
  const parts = Object.entries(value).filter(([key]) => key !== name);
  const old = Object.hasOwn(value, name) ? (value as { readonly [name: string]: Json })[name] : undefined;
  const made = rest.length > 0 ? changed(old ?? null, rest, to) : to;
  return Object.fromEntries(made === undefined ? parts : [...parts, [name, made]]);
}

/** JSON with what JSON.stringify has no words for: a text such as `«1e400»` stands for a number. */
export function textOf(value: Json): string {
  return JSON.stringify(value).replace(/"«(.*?)»"/g, "$1");
}
