import type { Hostile } from "./corpus.ts";
import { at, entry, har, header, type Json, textOf } from "./sample.ts";

function file(name: string, value: Json): Hostile {
  return { name, text: () => textOf(value), place: null };
}

function tool(name: string, creator: string, entries: readonly Json[], log: { readonly [name: string]: Json } = {}): Hostile {
  return file(name, har(entries, { creator: { name: creator, version: "1" }, ...log }));
}

const BARE: Json = { startedDateTime: "2026-01-02T03:04:05.678Z", request: { method: "GET", url: "https://api.example/", headers: [header("Origin", "https://app.example")] }, response: { status: 200, headers: [] } };

/** Files as tools write them, with what each is known to leave out or to write otherwise. */
export const TOOLS: readonly Hostile[] = [
  file("HAR 1.1: no timings of TLS, comments, nothing of pages", { log: { version: "1.1", creator: { name: "HttpWatch Professional Edition", version: "7.0.26" }, browser: { name: "Internet Explorer", version: "8.0" }, entries: [BARE] } }),
  file("HAR 1.1 with null for what is missing", { log: { version: "1.1", creator: null, browser: null, pages: null, comment: null, entries: [{ ...entry(), pageref: null, cache: null, response: null, time: null }] } }),
  file("no version, no creator", { log: { entries: [BARE] } }),
  tool("Charles: tunnels, times with an offset, no page", "Charles Proxy", [entry({ method: "CONNECT", url: "https://api.example:443", headers: [] }, { status: 200, headers: [] }), { ...entry(), startedDateTime: "2026-01-02T04:04:05.678+01:00" }], { pages: null }),
  tool("Fiddler: seven digits of a second, nothing answered, tunnels", "Fiddler", [{ ...entry({}, { status: 0, statusText: "", headers: [] }), startedDateTime: "2026-01-02T04:04:05.1234567+01:00", time: -1 }, entry({ method: "CONNECT", url: "http://api.example:443" })]),
  tool("mitmproxy: no pages, parts in lower case, no status text", "mitmproxy", [entry({ headers: [header(":authority", "api.example"), header("origin", "https://app.example")] }, { statusText: null, redirectURL: null })], { pages: [] }),
  tool("mitmproxy's addon: time is the sum of -1", "mitmproxy har_dump", [entry({}, { headers: [] }, { time: -3, timings: { send: -1, wait: -1, receive: -1 } })]),
  tool("Safari", "WebKit Web Inspector", [entry({}, {}, { _fetchType: "Network Load", _priority: "medium", time: 0.30000001192092896, _resourceType: null })], { browser: { name: "Safari", version: "18.0" } }),
  tool("Safari: an error and status -1", "WebKit Web Inspector", [entry({}, { status: -1, statusText: "", headers: [], _error: "Origin https://app.example is not allowed by Access-Control-Allow-Origin." })]),
  tool("Firefox: nothing of what failed", "Firefox", [entry({}, { status: 0, statusText: "", headers: [], content: { mimeType: "text/html", size: 0, text: "" } })], { browser: { name: "Firefox", version: "140" } }),
  tool("Postman: headers with descriptions, a variable for a host", "Postman", [entry({ url: "{{baseUrl}}/data", headers: [{ key: "Origin", name: "Origin", value: "https://app.example", description: null, disabled: false }] })]),
  tool("Insomnia: numbers as text", "Insomnia REST Client", [entry({}, { status: "200" }, { time: "12.5" })]),
  tool("Burp: a status of nothing", "Burp Suite", [entry({}, { status: "", statusText: null })]),
  tool("Playwright", "Playwright", [entry({}, { status: -1, _failureText: "net::ERR_FAILED", headers: [] }, { _frameref: "frame@1", _monotonicTime: 1 })]),
  tool("AnyProxy and whistle: headers without values", "whistle", [entry({ headers: [{ name: "Origin" }, { name: "Empty", value: null }] })]),
  tool("web sockets", "WebInspector", [entry({ url: "wss://api.example/" }, { status: 101 }, { _resourceType: "websocket", _webSocketMessages: [{ type: "send", time: 1, opcode: 1, data: "x" }] })]),
  tool("extension pages, data and blobs", "WebInspector", ["data:text/plain,x", "blob:https://app.example/1", "chrome-extension://abc/x.js", "about:blank", ""].map((url) => entry({ url }))),
  tool("HTTP/3, promises, priorities", "WebInspector", [entry({ httpVersion: "h3" }, { httpVersion: "h3", _fetchedViaServiceWorker: true }, { ...at(0), _fromCache: "disk", _connectionId: "7" })]),
];
