import type { ChapterId } from "./chapter-ids.ts";

/** What stands in a text as code, in the order of `$1`, `$2`, …: the same in every language. */
type Terms = readonly string[];

/** How a chapter is divided. The words are `learn_<chapter>_<n>` of `_locales`, counted through paragraphs and points. */
export interface Text {
  readonly blocks: readonly ({ readonly paragraph: Terms } | { readonly list: readonly Terms[] })[];
  /** Of `learn_<chapter>_example`. */
  readonly caption: Terms;
}

const ALLOW_ORIGIN = "Access-Control-Allow-Origin";
const ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials: true";

/** The form of each chapter. */
export const TEXTS: Readonly<Record<ChapterId, Text>> = {
  "same-origin": {
    blocks: [
      { paragraph: [] },
      { paragraph: ["https://app.example", "https://api.example"] },
      { paragraph: [ALLOW_ORIGIN] },
      { paragraph: [] },
    ],
    caption: ["200", ALLOW_ORIGIN],
  },
  "simple-requests": {
    blocks: [
      { paragraph: [] },
      {
        list: [
          ["GET", "HEAD", "POST"],
          ["Accept", "Accept-Language", "Content-Language", "Content-Type", "Range"],
          ["Content-Type", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"],
          [],
        ],
      },
      { paragraph: ["application/json", "Authorization", "X-Api-Key"] },
      { paragraph: ["POST"] },
    ],
    caption: ["*"],
  },
  preflights: {
    blocks: [
      { paragraph: ["OPTIONS", "Access-Control-Request-Method", "Access-Control-Request-Headers", "Authorization"] },
      { list: [[], [ALLOW_ORIGIN, ALLOW_CREDENTIALS], ["Access-Control-Allow-Methods", "GET", "HEAD", "POST"], ["Access-Control-Allow-Headers"]] },
      { paragraph: [ALLOW_ORIGIN, "OPTIONS"] },
    ],
    caption: ["POST", "content-type"],
  },
  credentials: {
    blocks: [
      { paragraph: ['credentials: "include"', "withCredentials", 'crossorigin="use-credentials"'] },
      { list: [[ALLOW_CREDENTIALS], [ALLOW_ORIGIN, "*"]] },
      { paragraph: ["*", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Expose-Headers"] },
      { paragraph: ["SameSite"] },
      { paragraph: ["Authorization"] },
    ],
    caption: [ALLOW_CREDENTIALS, "*"],
  },
  redirects: {
    blocks: [{ paragraph: [ALLOW_ORIGIN] }, { paragraph: ["http", "https"] }, { paragraph: ["Origin: null", "*", "null"] }, { paragraph: ["null", "data:"] }],
    caption: ["Origin: null"],
  },
  "no-cors": {
    blocks: [{ paragraph: ["no-cors"] }, { paragraph: ["crossorigin", "integrity"] }, { paragraph: [] }, { paragraph: ['mode: "no-cors"'] }],
    caption: ["crossorigin", "200"],
  },
  caching: {
    blocks: [
      { paragraph: [ALLOW_ORIGIN, "Vary: Origin"] },
      { paragraph: ["crossorigin", "Origin"] },
      { paragraph: [`${ALLOW_ORIGIN}: *`] },
      { paragraph: ["Access-Control-Max-Age"] },
    ],
    caption: ["X-Cache: HIT", "Vary: Origin"],
  },
  proxies: {
    blocks: [{ paragraph: ["http://localhost:5173", "localhost", "127.0.0.1"] }, { paragraph: ["/api/orders"] }, { paragraph: [] }, { paragraph: [] }],
    caption: ["https://app.example", "http://localhost:5173"],
  },
};
