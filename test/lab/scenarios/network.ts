import { allowHeaders, allowMethods, allowOrigin, answer, api, type Group } from "../scenario.ts";

/** The console says CORS, but nobody answered. */
export const networkGroup: Group = {
  title: "Not CORS at all",
  scenarios: [
    {
      id: "connection-refused", title: "Connection refused", causes: ["nothing-listens"],
      wrong: "Nothing listens on that port; Firefox's console calls it a CORS failure.",
      ask: { api: "fetch" }, hops: [{ at: "refused", response: "close" }],
    },
    {
      id: "empty-response", title: "Empty response", causes: ["connection-dropped"],
      wrong: "The server accepts the connection and hangs up.",
      ask: { api: "fetch" }, hops: api("close"),
    },
    {
      id: "preflight-hangs-up", title: "Empty response to the preflight", causes: ["connection-dropped"],
      wrong: "The server hangs up on OPTIONS.",
      ask: { api: "fetch", method: "DELETE" }, hops: api(answer(200, allowOrigin()), "close"),
    },
    {
      id: "self-signed-certificate", title: "Self-signed certificate", causes: ["certificate"],
      wrong: "The certificate is the server's own; a page's request can't click the warning away.",
      ask: { api: "fetch" }, hops: [{ at: "self-signed", response: answer(200, allowOrigin()) }],
    },
    {
      id: "no-such-host", title: "No such host", causes: ["name-not-found"],
      wrong: "The host's name is misspelt.",
      ask: { api: "fetch" }, hops: [{ at: "nowhere", response: answer(200, allowOrigin()) }],
    },
    {
      id: "https-on-http-port", title: "https on an http port", causes: ["not-https"],
      wrong: "The URL says https and the server speaks plain http.",
      ask: { api: "fetch" }, hops: [{ at: "tls", response: answer(200, allowOrigin()) }],
    },
  ],
};

/** For comparison: how it looks when everything is right. */
export const passingGroup: Group = {
  title: "These pass",
  scenarios: [
    {
      id: "allowed-get", title: "GET with the origin named", causes: [],
      wrong: "The page's origin, byte for byte.", works: true,
      ask: { api: "fetch" }, hops: api(answer(200, allowOrigin(), ["Vary", "Origin"])),
    },
    {
      id: "allowed-wildcard", title: "GET with *", causes: [],
      wrong: "No cookies are involved, so * is enough.", works: true,
      ask: { api: "xhr" }, hops: api(answer(200, allowOrigin("*"))),
    },
    {
      id: "allowed-error", title: "404 with CORS headers", causes: [],
      wrong: "The page may read the status and the reason; CORS does not care about either.", works: true,
      ask: { api: "fetch" }, hops: api(answer(404, allowOrigin())),
    },
    {
      id: "allowed-preflight", title: "PUT with JSON, allowed", causes: [],
      wrong: "The preflight names the method and the header.", works: true,
      ask: { api: "fetch", method: "PUT", headers: [["Content-Type", "application/json"]], body: '{"name":"lab"}' },
      hops: api(answer(200, allowOrigin()), answer(204, allowOrigin(), allowMethods("PUT"), allowHeaders("Content-Type"), ["Access-Control-Max-Age", "0"])),
    },
  ],
};
