import { allowOrigin, answer, api, type Ask, type Group } from "../scenario.ts";

const get: Ask = { api: "fetch" };

/** What servers write into Access-Control-Allow-Origin, or forget to. */
export const allowOriginGroup: Group = {
  title: "Access-Control-Allow-Origin",
  scenarios: [
    {
      id: "missing-allow-origin", title: "No Access-Control-Allow-Origin", causes: ["route-without-cors"],
      wrong: "The API answers 200 and never heard of CORS.",
      ask: get, hops: api(answer(200)),
    },
    {
      id: "misspelt-allow-origin", title: "Header name misspelt", causes: ["header-misspelt"],
      wrong: "The server sends Access-Control-Allow-Origins, with an s.",
      ask: get, hops: api(answer(200, ["Access-Control-Allow-Origins", "{page}"])),
    },
    {
      id: "error-500", title: "500 error page without CORS headers", causes: ["error-page"],
      wrong: "The application failed and the proxy's error page carries no CORS header; the 500 is the real problem.",
      ask: get, hops: api(answer(500, ["Server", "nginx/1.24.0"])),
    },
    {
      id: "trailing-slash", title: "Trailing slash in the allowed origin", causes: ["origin-trailing-slash"],
      wrong: "An origin ends at the port; the configured value ends with a slash.",
      ask: get, hops: api(answer(200, allowOrigin("{page}/"))),
    },
    {
      id: "another-origin", title: "Another origin is allowed", causes: ["other-origin-configured"],
      wrong: "The production site is allowed, the development server is not.",
      ask: get, hops: api(answer(200, allowOrigin("https://app.example.com"), ["Vary", "Origin"])),
    },
    {
      id: "localhost-not-127", title: "localhost against 127.0.0.1", causes: ["origin-loopback-name"],
      wrong: "The same machine and port, but another name, so another origin.",
      ask: get, hops: api(answer(200, allowOrigin("http://localhost:{page.port}"))),
    },
    {
      id: "https-not-http", title: "https allowed, http asked", causes: ["origin-scheme"],
      wrong: "Only the scheme differs.",
      ask: get, hops: api(answer(200, allowOrigin("https://{page.host}"))),
    },
    {
      id: "no-scheme", title: "Host without a scheme", causes: ["origin-scheme-missing"],
      wrong: "An origin starts with http:// or https://; only the host and port were configured.",
      ask: get, hops: api(answer(200, allowOrigin("{page.host}"))),
    },
    {
      id: "quotes-around-origin", title: "Quotes around the origin", causes: ["origin-quotes"],
      wrong: "The quotes of the configuration file became part of the value.",
      ask: get, hops: api(answer(200, allowOrigin('"{page}"'))),
    },
    {
      id: "list-of-origins", title: "List of origins", causes: ["list-of-origins"],
      wrong: "The header takes one origin; the server sends all it knows.",
      ask: get, hops: api(answer(200, allowOrigin("{page}, https://app.example.com"))),
    },
    {
      id: "header-twice", title: "Header sent twice", causes: ["two-layers-add-header"],
      wrong: "The application and the proxy in front of it both add the header.",
      ask: get, hops: api(answer(200, allowOrigin(), allowOrigin())),
    },
    {
      id: "path-in-origin", title: "Path in the allowed origin", causes: ["origin-path"],
      wrong: "The address of the page was configured instead of its origin.",
      ask: get, hops: api(answer(200, allowOrigin("{page}/app"))),
    },
    {
      id: "origin-in-capitals", title: "Origin in capitals", causes: ["origin-letter-case"],
      wrong: "Browsers write origins in lower case and compare letter by letter.",
      ask: get, hops: api(answer(200, allowOrigin("HTTP://{page.host}"))),
    },
    {
      id: "other-port", title: "Another port", causes: ["origin-port"],
      wrong: "The development server moved to another port; the configuration did not.",
      ask: get, hops: api(answer(200, allowOrigin("http://127.0.0.1:3"))),
    },
    {
      id: "refused-by-middleware", title: "Refused by a CORS middleware", causes: ["cors-refused"],
      wrong: "The middleware knows other origins; for this one it sends no header but Vary.",
      ask: get, hops: api(answer(200, ["Vary", "Origin"])),
    },
    {
      id: "error-502", title: "502 from the load balancer", causes: ["error-page"],
      wrong: "The application is down, and the load balancer says so without CORS headers.",
      ask: get, hops: api(answer(502, ["Server", "awselb/2.0"])),
    },
    {
      id: "image-without-crossorigin-before", title: "Shown as an image before", causes: ["cached-no-cors-copy"],
      wrong: "An <img> without crossorigin loaded it first; the server sends the header only to those who ask, and the stored copy has none.",
      // With credentials, as the image was: Firefox keeps the two apart.
      ask: { api: "fetch", credentials: "include", afterImage: true }, hops: api(answer(200, ["Cache-Control", "max-age=600"])),
    },
    {
      id: "wildcard-subdomain", title: "Wildcard subdomain pattern", causes: ["origin-pattern"],
      wrong: "Browsers know no patterns, only one origin or a lone *.",
      ask: get, hops: api(answer(200, allowOrigin("https://*.example.com"))),
    },
    {
      id: "literal-null", title: "The literal null", causes: ["literal-null"],
      wrong: "The server answers null, which stands for no page that has an address.",
      ask: get, hops: api(answer(200, allowOrigin("null"))),
    },
    {
      id: "cached-for-another-origin", title: "Cached for another origin", causes: ["cached-for-another-origin"],
      wrong: "Without Vary: Origin the CDN hands out a copy that was made for another site.",
      ask: get,
      hops: api(answer(200, allowOrigin("https://www.example.com"), ["Age", "341"], ["X-Cache", "HIT"], ["Cache-Control", "public, max-age=600"])),
    },
    {
      id: "sandboxed-frame", title: "Sandboxed frame", causes: ["origin-null-sandboxed"],
      wrong: "A frame sandboxed without allow-same-origin has the origin null; the page's own origin is allowed.",
      ask: { api: "sandbox" }, hops: api(answer(200, allowOrigin())),
    },
  ],
};
