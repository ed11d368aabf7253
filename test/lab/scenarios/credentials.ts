import { allowCredentials, allowHeaders, allowMethods, allowOrigin, answer, api, type Ask, type Group } from "../scenario.ts";

const withCookies: Ask = { api: "fetch", credentials: "include" };
const putWithCookies: Ask = { api: "fetch", method: "PUT", credentials: "include", body: "name=lab" };

/** Requests that carry cookies or an Authorization header. */
export const credentialsGroup: Group = {
  title: "Cookies and Authorization",
  scenarios: [
    {
      id: "wildcard-with-credentials", title: "* with credentials", causes: ["wildcard-with-credentials"],
      wrong: "A request with cookies needs its origin named; * is not enough.",
      ask: withCookies, hops: api(answer(200, allowOrigin("*"), allowCredentials())),
    },
    {
      id: "wildcard-with-credentials-no-cookie", title: "* with credentials, though no cookie exists", causes: ["wildcard-with-credentials"],
      wrong: "The mode alone decides: credentials: \"include\" forbids * even when there is nothing to send.",
      ask: withCookies, hops: [{ at: "other", response: answer(200, allowOrigin("*")) }],
    },
    {
      id: "allow-credentials-missing", title: "Allow-Credentials missing", causes: [],
      wrong: "The origin matches, but nothing says that cookies are welcome.",
      ask: { api: "xhr", credentials: "include" }, hops: api(answer(200, allowOrigin())),
    },
    {
      id: "allow-credentials-capital", title: "Allow-Credentials: True", causes: [],
      wrong: "The value is compared byte by byte with true; Python's True is something else.",
      ask: withCookies, hops: api(answer(200, allowOrigin(), allowCredentials("True"))),
    },
    {
      id: "preflight-without-allow-credentials", title: "Allow-Credentials missing on the preflight only", causes: [],
      wrong: "The response says true, the answer to OPTIONS does not.",
      ask: putWithCookies,
      hops: api(answer(200, allowOrigin(), allowCredentials()), answer(204, allowOrigin(), allowMethods("PUT"))),
    },
    {
      id: "wildcard-methods-with-credentials", title: "Allow-Methods: * with credentials", causes: ["wildcard-with-credentials"],
      wrong: "With credentials * is a method named *, and PUT is not allowed.",
      ask: putWithCookies,
      hops: api(answer(200, allowOrigin(), allowCredentials()), answer(204, allowOrigin(), allowCredentials(), allowMethods("*"))),
    },
    {
      id: "wildcard-headers-with-credentials", title: "Allow-Headers: * with credentials", causes: ["wildcard-with-credentials", "header-added-by-library"],
      wrong: "With credentials * is a header named *, and X-CSRF-Token is not allowed.",
      ask: { api: "fetch", credentials: "include", headers: [["X-CSRF-Token", "4f1d"]] },
      hops: api(answer(200, allowOrigin(), allowCredentials()), answer(204, allowOrigin(), allowCredentials(), allowHeaders("*"))),
    },
    {
      id: "cookie-from-another-site", title: "401 because no cookie went out", causes: ["third-party-cookie-blocked", "error-page"],
      wrong: "The session's cookie belongs to another site, so the browser keeps it back, and the 401 has no CORS headers.",
      ask: withCookies, hops: [{ at: "other", response: answer(401) }],
    },
    {
      id: "authorization-not-allowed", title: "Authorization not allowed", causes: [],
      wrong: "The token needs a preflight, and its answer allows only Content-Type.",
      ask: { api: "fetch", headers: [["Authorization", "Bearer lab"]] },
      hops: api(answer(200, allowOrigin("*")), answer(204, allowOrigin("*"), allowHeaders("Content-Type"))),
    },
    {
      id: "authorization-under-wildcard", title: "Authorization under * (works today)", causes: [],
      wrong: "The standard wants Authorization named; both browsers still let * cover it.", works: true,
      ask: { api: "fetch", headers: [["Authorization", "Bearer lab"]] },
      hops: api(answer(200, allowOrigin("*")), answer(204, allowOrigin("*"), allowHeaders("*"))),
    },
  ],
};
