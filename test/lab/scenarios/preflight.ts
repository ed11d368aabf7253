import { allowHeaders, allowMethods, allowOrigin, answer, api, redirect, type Ask, type Group } from "../scenario.ts";

const put: Ask = { api: "fetch", method: "PUT", body: "name=lab" };
const json: Ask = { api: "fetch", method: "POST", headers: [["Content-Type", "application/json"]], body: '{"name":"lab"}' };
const fine = answer(200, allowOrigin());

/** What the answer to OPTIONS gets wrong. */
export const preflightGroup: Group = {
  title: "Preflight (OPTIONS)",
  scenarios: [
    {
      id: "options-405", title: "OPTIONS answers 405", causes: ["options-not-routed"],
      wrong: "The headers are right, but the route knows only GET and PUT, and a preflight needs a 2xx.",
      ask: put, hops: api(fine, answer(405, allowOrigin(), allowMethods("PUT"), ["Allow", "GET, PUT"])),
    },
    {
      id: "options-404", title: "OPTIONS has no route", causes: ["options-not-routed"],
      wrong: "The framework answers OPTIONS with its 404 page, which has no CORS header.",
      ask: json, hops: api(fine, answer(404, ["X-Powered-By", "Express"])),
    },
    {
      id: "preflight-401", title: "Preflight 401", causes: ["options-needs-authentication"],
      wrong: "The server wants a login even for OPTIONS, which never carries one.",
      ask: { api: "fetch", headers: [["Authorization", "Bearer lab"]] },
      hops: api(fine, answer(401, allowOrigin(), allowHeaders("Authorization"), ["WWW-Authenticate", "Bearer"])),
    },
    {
      id: "options-500", title: "OPTIONS fails", causes: ["options-fails"],
      wrong: "The handler reads a body that a preflight does not have, and breaks.",
      ask: json, hops: api(fine, answer(500, allowOrigin())),
    },
    {
      id: "allow-origin-forgotten", title: "Allow-Methods without Allow-Origin", causes: ["cors-refused"],
      wrong: "The answer to OPTIONS allows the method and forgets the origin.",
      ask: put, hops: api(fine, answer(204, allowMethods("PUT"))),
    },
    {
      id: "to-https", title: "Preflight redirected to https", causes: ["redirect-to-https"],
      wrong: "The server sends everybody from http to https, preflights too.",
      ask: put,
      hops: [
        { at: "api", preflight: redirect(308, 1, allowOrigin()), response: redirect(308, 1, allowOrigin()) },
        { at: "tls", path: "secure", response: fine },
      ],
    },
    {
      id: "slash-added", title: "Preflight redirected for a slash", causes: ["redirect-trailing-slash"],
      wrong: "The framework wants a slash at the end of the path.",
      ask: put, hops: api(fine, answer(308, allowOrigin(), ["Location", "/slash-added/"])),
    },
    {
      id: "preflight-redirected", title: "Preflight redirected", causes: [],
      wrong: "The server corrects the URL with a 301; a preflight may not be redirected.",
      ask: json,
      hops: [
        { at: "api", preflight: redirect(301, 1, allowOrigin()), response: redirect(301, 1, allowOrigin()) },
        { at: "api", path: "items", response: fine },
      ],
    },
    {
      id: "method-not-listed", title: "DELETE not in Allow-Methods", causes: [],
      wrong: "Reading and adding is allowed, deleting was forgotten.",
      ask: { api: "xhr", method: "DELETE" }, hops: api(fine, answer(204, allowOrigin(), allowMethods("GET, POST, PUT"))),
    },
    {
      id: "lower-case-patch", title: "Lower-case patch", causes: ["method-lower-case"],
      wrong: "Browsers turn put into PUT but leave patch as it is, and patch is not PATCH.",
      ask: { api: "fetch", method: "patch", body: "name=lab" },
      hops: api(fine, answer(204, allowOrigin(), allowMethods("GET, PUT, PATCH"))),
    },
    {
      id: "json-content-type", title: "Content-Type application/json not allowed", causes: ["content-type-not-simple"],
      wrong: "JSON is no form type, so Content-Type must be in Allow-Headers.",
      ask: json, hops: api(fine, answer(204, allowOrigin(), allowMethods("POST"))),
    },
    {
      id: "sentry-trace", title: "sentry-trace header not allowed", causes: ["header-added-by-library"],
      wrong: "A monitoring library adds two headers that the server was never told of.",
      ask: { api: "fetch", headers: [["sentry-trace", "a1-b2-1"], ["baggage", "sentry-environment=lab"]] },
      hops: api(fine, answer(204, allowOrigin(), allowHeaders("Content-Type, Authorization"))),
    },
    {
      id: "range-not-simple", title: "Range header not allowed", causes: [],
      wrong: "Only one plain range goes without a preflight; asking for the last 500 bytes does not.",
      ask: { api: "fetch", headers: [["Range", "bytes=-500"]] }, hops: api(fine, answer(204, allowOrigin())),
    },
    {
      id: "invalid-methods", title: "Invalid token in Allow-Methods", causes: [],
      wrong: "The methods are separated by spaces; the list wants commas.",
      ask: put, hops: api(fine, answer(204, allowOrigin(), allowMethods("GET POST PUT"))),
    },
    {
      id: "invalid-headers", title: "Invalid token in Allow-Headers", causes: [],
      wrong: "A whole header line was configured where a list of names belongs.",
      ask: json, hops: api(fine, answer(204, allowOrigin(), allowHeaders("Content-Type: application/json"))),
    },
    {
      id: "upload-progress", title: "Upload progress without a preflight answer", causes: ["options-without-cors"],
      wrong: "Listening to upload progress makes even a plain POST ask first, and OPTIONS is answered without CORS headers.",
      ask: { api: "xhr", method: "POST", body: "name=lab", upload: true }, hops: api(fine, answer(204)),
    },
  ],
};
