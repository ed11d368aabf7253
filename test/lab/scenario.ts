import type { CauseCode } from "../../src/model.ts";

/**
 * Where a hop answers. `refused` is a port nobody listens on, `nowhere` a name that nobody has; `tls` is the API's plain
 * port asked for with https, `self-signed` one that speaks it with a certificate of its own.
 */
export type Place = "page" | "api" | "other" | "refused" | "tls" | "self-signed" | "nowhere";

/** The way the page sends the request. */
export type Api = "fetch" | "xhr" | "worker" | "sandbox" | "img" | "font" | "module" | "style" | "video" | "eventsource";

/** One header line. `{page}` in the value stands for the page's origin, `{page.host}` and `{page.port}` for parts of it. */
export type Header = readonly [name: string, value: string];

/** What the server says: a status with header lines as they are written, or a socket closed without a word. */
export type Reply = Answer | "close";

export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  /** Sends a `Location` with the URL of this hop; `userinfo` is written before its host. */
  readonly redirect?: { readonly hop: number; readonly userinfo?: string };
}

export interface Hop {
  readonly at: Place;
  /** What the URL says after the scenario's id; the first hop has none. */
  readonly path?: string;
  /** The answer to OPTIONS; without one the server treats OPTIONS as any other request. */
  readonly preflight?: Reply;
  readonly response: Reply;
}

/** What the page asks for. */
export interface Ask {
  readonly api: Api;
  readonly method?: string;
  readonly headers?: readonly Header[];
  readonly credentials?: "include" | "omit";
  readonly body?: string;
  /** Listens to the upload's progress (XHR), which by itself makes a preflight necessary. */
  readonly upload?: true;
  /** An image of the same URL was shown before, without CORS. */
  readonly afterImage?: true;
}

export interface Scenario {
  /** kebab-case, and the path of its URL. */
  readonly id: string;
  readonly title: string;
  /** One line: what is wrong, or why it works. */
  readonly wrong: string;
  /** Why the server answers so, likeliest first: what the extension has to find, and nothing else. */
  readonly causes: readonly CauseCode[];
  /** Set where the browser is meant to let it through. */
  readonly works?: true;
  readonly ask: Ask;
  readonly hops: readonly Hop[];
}

export interface Group {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

/** An answer with the given header lines, in this order, repeated ones included. */
export function answer(status: number, ...headers: readonly Header[]): Answer {
  return { status, headers };
}

/** An answer that sends the browser on to another hop of the same scenario. */
export function redirect(status: number, hop: number, ...headers: readonly Header[]): Answer {
  return { status, headers, redirect: { hop } };
}

/** `Access-Control-Allow-Origin`, by default naming the page. */
export function allowOrigin(value = "{page}"): Header {
  return ["Access-Control-Allow-Origin", value];
}

/** `Access-Control-Allow-Credentials`. */
export function allowCredentials(value = "true"): Header {
  return ["Access-Control-Allow-Credentials", value];
}

/** `Access-Control-Allow-Methods`. */
export function allowMethods(value: string): Header {
  return ["Access-Control-Allow-Methods", value];
}

/** `Access-Control-Allow-Headers`. */
export function allowHeaders(value: string): Header {
  return ["Access-Control-Allow-Headers", value];
}

/** The usual single hop: the API answers, and the same way to a preflight unless told otherwise. */
export function api(response: Reply, preflight?: Reply): readonly Hop[] {
  return [preflight === undefined ? { at: "api", response } : { at: "api", preflight, response }];
}
