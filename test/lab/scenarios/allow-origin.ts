import { allowOrigin, answer, api, type Ask, type Group } from "../scenario.ts";

const get: Ask = { api: "fetch" };

/** What servers write into Access-Control-Allow-Origin, or forget to. */
export const allowOriginGroup: Group = {
  title: "Access-Control-Allow-Origin",
  scenarios: [
    {
      id: "missing-allow-origin", title: "No Access-Control-Allow-Origin",
      wrong: "The API answers 200 and never heard of CORS.",
      ask: get, hops: api(answer(200)),
    },
    {
      id: "misspelt-allow-origin", title: "Header name misspelt",
      wrong: "The server sends Access-Control-Allow-Origins, with an s.",
      ask: get, hops: api(answer(200, ["Access-Control-Allow-Origins", "{page}"])),
    },
    {
      id: "error-500", title: "500 error page without CORS headers",
      wrong: "The application failed and the proxy's error page carries no CORS header; the 500 is the real problem.",
      ask: get, hops: api(answer(500, ["Server", "nginx/1.24.0"])),
    },
    {
      id: "trailing-slash", title: "Trailing slash in the allowed origin",
      wrong: "An origin ends at the port; the configured value ends with a slash.",
      ask: get, hops: api(answer(200, allowOrigin("{page}/"))),
    },
    {
      id: "another-origin", title: "Another origin is allowed",
      wrong: "The production site is allowed, the development server is not.",
      ask: get, hops: api(answer(200, allowOrigin("https://app.example.com"), ["Vary", "Origin"])),
    },
    {
      id: "localhost-not-127", title: "localhost against 127.0.0.1",
      wrong: "The same machine and port, but another name, so another origin.",
      ask: get, hops: api(answer(200, allowOrigin("http://localhost:{page.port}"))),
    },
    {
      id: "https-not-http", title: "https allowed, http asked",
      wrong: "Only the scheme differs.",
      ask: get, hops: api(answer(200, allowOrigin("https://{page.host}"))),
    },
    {
      id: "no-scheme", title: "Host without a scheme",
      wrong: "An origin starts with http:// or https://; only the host and port were configured.",
      ask: get, hops: api(answer(200, allowOrigin("{page.host}"))),
    },
    {
      id: "quotes-around-origin", title: "Quotes around the origin",
      wrong: "The quotes of the configuration file became part of the value.",
      ask: get, hops: api(answer(200, allowOrigin('"{page}"'))),
    },
    {
      id: "list-of-origins", title: "List of origins",
      wrong: "The header takes one origin; the server sends all it knows.",
      ask: get, hops: api(answer(200, allowOrigin("{page}, https://app.example.com"))),
    },
    {
      id: "header-twice", title: "Header sent twice",
      wrong: "The application and the proxy in front of it both add the header.",
      ask: get, hops: api(answer(200, allowOrigin(), allowOrigin())),
    },
    {
      id: "wildcard-subdomain", title: "Wildcard subdomain pattern",
      wrong: "Browsers know no patterns, only one origin or a lone *.",
      ask: get, hops: api(answer(200, allowOrigin("https://*.example.com"))),
    },
    {
      id: "literal-null", title: "The literal null",
      wrong: "The server answers null, which stands for no page that has an address.",
      ask: get, hops: api(answer(200, allowOrigin("null"))),
    },
    {
      id: "cached-for-another-origin", title: "Cached for another origin",
      wrong: "Without Vary: Origin the CDN hands out a copy that was made for another site.",
      ask: get,
      hops: api(answer(200, allowOrigin("https://www.example.com"), ["Age", "341"], ["X-Cache", "HIT"], ["Cache-Control", "public, max-age=600"])),
    },
    {
      id: "sandboxed-frame", title: "Sandboxed frame",
      wrong: "A frame sandboxed without allow-same-origin has the origin null; the page's own origin is allowed.",
      ask: { api: "sandbox" }, hops: api(answer(200, allowOrigin())),
    },
  ],
};
