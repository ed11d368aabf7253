import type { ChapterId } from "./chapter-ids.ts";

/** Where something can be read up. */
export interface Reading {
  readonly source: "standard" | "mdn";
  /** The section, as it is called there. */
  readonly name: string;
  readonly url: string;
}

const fetchStandard = (name: string, anchor: string): Reading => ({ source: "standard", name: `Fetch, ${name}`, url: `https://fetch.spec.whatwg.org/#${anchor}` });
const htmlStandard = (name: string, place: string): Reading => ({ source: "standard", name: `HTML, ${name}`, url: `https://html.spec.whatwg.org/multipage/${place}` });
const mdn = (name: string, path: string): Reading => ({ source: "mdn", name, url: `https://developer.mozilla.org/docs/Web/${path}` });

/** What the chapters rest on. */
export const READINGS: Readonly<Record<ChapterId, readonly Reading[]>> = {
  "same-origin": [htmlStandard("Origins", "browsers.html#origin"), fetchStandard("CORS check", "concept-cors-check"), mdn("Same-origin policy", "Security/Defenses/Same-origin_policy")],
  "simple-requests": [
    fetchStandard("CORS-safelisted method", "cors-safelisted-method"),
    fetchStandard("CORS-safelisted request-header", "cors-safelisted-request-header"),
    mdn("Simple requests", "HTTP/Guides/CORS#simple_requests"),
  ],
  preflights: [fetchStandard("CORS-preflight fetch", "cors-preflight-fetch"), mdn("Preflighted requests", "HTTP/Guides/CORS#preflighted_requests")],
  credentials: [
    fetchStandard("CORS protocol and credentials", "cors-protocol-and-credentials"),
    mdn("Requests with credentials", "HTTP/Guides/CORS#requests_with_credentials"),
  ],
  redirects: [
    fetchStandard("HTTP-redirect fetch", "http-redirect-fetch"),
    fetchStandard("Origin header", "origin-header"),
    mdn("Origin", "HTTP/Reference/Headers/Origin"),
  ],
  "no-cors": [
    htmlStandard("CORS settings attributes", "urls-and-fetching.html#cors-settings-attributes"),
    fetchStandard("Request mode", "concept-request-mode"),
    mdn("crossorigin", "HTML/Reference/Attributes/crossorigin"),
  ],
  caching: [
    fetchStandard("CORS protocol and HTTP caches", "cors-protocol-and-http-caches"),
    fetchStandard("CORS-preflight cache", "cors-preflight-cache"),
    mdn("Access-Control-Max-Age", "HTTP/Reference/Headers/Access-Control-Max-Age"),
  ],
  proxies: [htmlStandard("Same origin", "browsers.html#same-origin"), fetchStandard("CORS protocol", "http-cors-protocol"), mdn("Cross-Origin Resource Sharing", "HTTP/Guides/CORS")],
};
