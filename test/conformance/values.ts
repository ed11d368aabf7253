import type { Api, Field } from "./case.ts";

/** What pages and servers get wrong: the values that the generator chooses from. `{A}` is the page's origin. */

export const API_WEIGHTS: Record<Api, number> = {
  fetch: 55, xhr: 11, worker: 5, sandbox: 5, eventsource: 3, img: 4, script: 3, module: 3, style: 4, video: 3, font: 4,
};

/** What each API takes; fetches take anything. */
export const CONTENT_TYPES: Partial<Record<Api, string>> = {
  img: "image/svg+xml", script: "text/javascript", module: "text/javascript", style: "text/css", video: "video/mp4", font: "font/woff2", eventsource: "text/event-stream",
};

/** Normalised by the APIs or not, safelisted or not, in the wrong case, and made up. */
export const METHODS = ["GET", "get", "HEAD", "head", "POST", "post", "PUT", "put", "Put", "DELETE", "delete", "PATCH", "patch", "OPTIONS", "PROPFIND", "QUERY", "x-custom"];

const x = (letter: string, length: number) => letter.repeat(length);

/** Each is what one page sends beside the usual; several fields in one entry go together. */
export const REQUEST_HEADERS: Field[][] = [
  [["X-Foo", "1"]], [["X-UPPER", "a"], ["x-lower", "b"], ["If-None-Match", "\"e\""]], [["X-Foo", "1"], ["X-Foo", "2"]], [["X-Empty", ""]], [["X-Latin", "caf\xe9"]],
  [["X-Requested-With", "XMLHttpRequest"]], [["X-Api-Key", "k"], ["Content-Type", "application/json"]], [["X-Foo", "1"], ["X-Bar", "2"]], [["x!#$%&'*+.^_`|~", "odd"]],
  [["Authorization", "Bearer t"]], [["Authorization", "Basic eA=="], ["X-Foo", "1"]], [["Authorization", "Bearer t"], ["Content-Type", "application/json"]],
  [["Content-Type", "application/json"]], [["Content-Type", "text/plain"]], [["Content-Type", "text/plain;charset=UTF-8"]], [["Content-Type", "TEXT/PLAIN"]],
  [["Content-Type", "application/x-www-form-urlencoded"]], [["Content-Type", "multipart/form-data; boundary=x"]], [["Content-Type", "text/plain; x=\"@\""]],
  [["Content-Type", "text/plain, text/plain"]], [["Content-Type", "text/plain"], ["Content-Type", "text/plain"]], [["Content-Type", "text"]], [["Content-Type", ""]],
  [["Content-Type", `text/plain; a=${x("b", 120)}`]],
  [["Accept", "application/json"]], [["Accept", x("a", 128)]], [["Accept", x("a", 129)]], [["Accept", "\"x\""]], [["Accept", "a{b"]], [["Accept", "caf\xe9"]], [["Accept", "a\tb"]], [["Accept", "a@b"]],
  [["Accept-Language", "en-US,en"]], [["Accept-Language", "en@US"]], [["Accept-Language", "ko_KR"]], [["Accept-Language", x("e", 129)]],
  [["Content-Language", "ko"]], [["Content-Language", "ko:KR"]], [["Content-Language", x("k", 129)]],
  [["Range", "bytes=0-10"]], [["Range", "bytes=5-"]], [["Range", "bytes=-10"]], [["Range", "bytes=0-1,3-4"]], [["Range", "bytes=10-0"]], [["Range", "items=0-1"]],
  [["DPR", "2"]], [["Save-Data", "on"]], [["Viewport-Width", "320"]], [["Downlink", "1"]], [["Sec-CH-UA", "x"]],
  [["Cache-Control", "no-cache"]], [["Pragma", "no-cache"]], [["If-None-Match", "\"e\""]], [["User-Agent", "x"]], [["X-HTTP-Method-Override", "PUT"]],
  [["Accept", "a/b"], ["Accept-Language", "ko"], ["X-B", "1"], ["X-A", "2"]], [["X-Z", "1"], ["Content-Type", "application/ld+json"], ["X-A", "2"]],
];

/** In place of the right origin. */
export const ALLOW_ORIGINS = [
  "", "null", "NULL", "*", "{B}", "{C}", "{A}/", "{A}/path", "{A}?q", "{A}#f", "{A};", "{A},", "{A}.", "{A.host}", "//{A.host}", "https://{A.host}", "HTTP://{A.host}", "http:{A.host}",
  "http://u:p@{A.host}", "http://127.0.0.1", "http://127.0.0.1:80", "http://127.0.0.1:*", "http://*", "http://*:*", "*://*", "*:*", "**", "*.example.com", "http://*.example.com", "http://example.com",
  "http://LOCALHOST", "https://localhost", "localhost", "{A} {B}", "{A},{B}", "{A}, {B}", "{B}, {A}", "{A},{A}", "*, *", "*, {A}", "{A}, *", "* *", "null, {A}", "\"{A}\"", "'{A}'", "\"*\"", "'*'",
  "[\"{A}\"]", "<{A}>", "{A}|{B}", "{A}\t{B}", "  {A}  ", "\t*", " * ", "true", "all", "any", "undefined", "None", "$http_origin", "%{ORIGIN}e", ".*", "^https?://.*$", "/.*/", ":", "://", "http://", "http:///",
  "file://", "data:", "about:blank", "http://[::1]", "http://[", "http://a b", "{A}\xa0", "\xff", "http://caf\xe9.example", "http://caf\xc3\xa9.example", "{A}/caf\xe9", "{A}/caf\xc3\xa9", "http://\xa9", "http://127.0.0.1:99999", "http://127.1:1", "http://%41",
];

export const ALLOW_CREDENTIALS = ["True", "TRUE", "1", "yes", "false", "", "*", "true, true", "\"true\"", "'true'", "true;", "true,", " true ", "\ttrue", "t rue", "tru\xe9", "null"];

/** `{M}` is the method asked for, `{m}` in lower case. */
export const ALLOW_METHODS = [
  "", "*", "*, {M}", "*,GET", "{m}", "{M},", ",{M}", ",,{M},,", ",", "GET, {M} ,POST", "GET,POST", "GET POST", "{M} GET", "\"{M}\"", "'{M}'", "GET;{M}", "GET|{M}", "[{M}]", "(", "{M}/", "{M}:", "{M}\t,GET", "GET\t{M}",
  "  {M}  ", "{M}\xe9", "\xff", "{M}, G\xcbT", "ALL", "any", "{M}={M}", "{M},{M}", "get, post, put, patch, delete", "{M}, @", "\\*",
];

/** `{H}` is the list of the names asked for, `{h}` in lower case, `{H1}` its first name. */
export const ALLOW_HEADERS = [
  "", "*", "*, {H}", "*, Authorization", "{h}", "{H},", ",{H}", ",", ", ,", "{H1}", "{H} X", "{H1};X-Bar", "\"{H}\"", "'{H1}'", "[{H1}]", "x y", "\"\"", "(", "{H1}:", "{H1}\xe9", "\xff", "{H}, caf\xe9", "Content-Type", "Authorization",
  "Accept, Accept-Language, Content-Language", "  {H}  ", "{H1}\t", "X-*", "all", "{H1}\t,X", "{H}, @", "{H},{H}", "Origin, Content-Type, Accept", "\\*",
];

export const MAX_AGES = ["0", "-1", "600", "abc", "", "99999999", "5.5", " 10 ", "10, 20", "+5", "0x10"];

export const EXPOSE_HEADERS = ["*", "X-A", "x-a, X-B", "", "(", "\xff"];

export const OK_STATUSES = [200, 200, 200, 204, 201, 202, 206, 299];
export const BAD_STATUSES = [300, 304, 305, 400, 401, 403, 404, 405, 410, 413, 418, 422, 429, 451, 500, 501, 502, 503, 504, 511, 599];
export const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
