import { allowMethods, allowOrigin, answer, api, redirect, type Group } from "../scenario.ts";

/** Requests that are sent on to another address. */
export const redirectGroup: Group = {
  title: "Redirects",
  scenarios: [
    {
      id: "session-over", title: "Login redirect", causes: ["login-redirect"],
      wrong: "The session is over and the API sends the request to a login page, without CORS headers.",
      ask: { api: "fetch", credentials: "include" },
      hops: [
        { at: "api", response: redirect(302, 1) },
        { at: "other", path: "sign-in", response: answer(200) },
      ],
    },
    {
      id: "session-over-page", title: "Login redirect that passes, to a page that does not", causes: ["login-redirect"],
      wrong: "The redirect has its CORS headers; the login page it leads to has none.",
      ask: { api: "fetch" },
      hops: [
        { at: "api", response: redirect(302, 1, allowOrigin("*")) },
        { at: "other", path: "sign-in", response: answer(200) },
      ],
    },
    {
      id: "redirect-without-headers", title: "Redirect without CORS headers", causes: ["redirect-without-cors"],
      wrong: "The new address has its CORS headers; the redirect that leads to it has none.",
      ask: { api: "fetch" },
      hops: [
        { at: "api", response: redirect(302, 1) },
        { at: "api", path: "v2", response: answer(200, allowOrigin()) },
      ],
    },
    {
      id: "to-www", title: "Redirected to www", causes: ["redirect-www"],
      wrong: "The server prefers its other name, which is another origin.",
      ask: { api: "fetch" }, hops: [{ at: "other", response: answer(301, ["Location", "http://www.localhost:1/"]) }],
    },
    {
      id: "to-another-scheme", title: "Redirected to an app", causes: [],
      wrong: "The Location header names no http address.",
      ask: { api: "fetch" }, hops: api(answer(302, allowOrigin(), ["Location", "myapp://open"])),
    },
    {
      id: "origin-became-null", title: "Origin null after the second redirect", causes: ["origin-null-by-redirect"],
      wrong: "From one foreign origin to another the browser sends Origin: null; the page's origin is no match any more.",
      ask: { api: "fetch" },
      hops: [
        { at: "api", response: redirect(302, 1, allowOrigin()) },
        { at: "other", path: "moved", response: answer(200, allowOrigin()) },
      ],
    },
    {
      id: "redirect-with-password", title: "Redirect with user:password", causes: [],
      wrong: "The Location header names a user and a password, which a CORS request may not follow.",
      ask: { api: "fetch" },
      hops: [
        { at: "api", response: { status: 302, headers: [allowOrigin()], redirect: { hop: 1, userinfo: "user:password" } } },
        { at: "api", path: "private", response: answer(200, allowOrigin()) },
      ],
    },
    {
      id: "redirect-asks-again", title: "Second preflight at the redirect's target", causes: ["options-not-routed"],
      wrong: "The first preflight passes, the 307 too; the new address is asked again and does not know OPTIONS.",
      ask: { api: "fetch", method: "PUT", body: "name=lab" },
      hops: [
        { at: "api", preflight: answer(204, allowOrigin(), allowMethods("PUT")), response: redirect(307, 1, allowOrigin()) },
        { at: "api", path: "v2", preflight: answer(404), response: answer(200, allowOrigin()) },
      ],
    },
    {
      id: "redirect-with-headers", title: "Redirect with its CORS headers", causes: [],
      wrong: "Both answers allow the page.", works: true,
      ask: { api: "fetch" },
      hops: [
        { at: "api", response: redirect(302, 1, allowOrigin()) },
        { at: "api", path: "moved", response: answer(200, allowOrigin()) },
      ],
    },
  ],
};
