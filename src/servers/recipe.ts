/** What a server has to allow so that one exchange passes: the part of a remedy that is configuration. */
export interface Policy {
  /** The origin that may read the answers: the page's own, or `*` where that is `null`. */
  readonly origin: string;
  /** Requests come with cookies or other credentials, and may. Never together with `*`. */
  readonly credentials: boolean;
  /** Methods to allow, at least the request's own. */
  readonly methods: readonly string[];
  /** Names of request headers to allow, in lower case; may be empty. */
  readonly headers: readonly string[];
  /** The path to allow it for, beginning with `/`: the request's own. */
  readonly path: string;
  /** The origin of the server that answers. */
  readonly server: string;
}

/** A file to be written, or the part of one. */
export interface Configuration {
  /** The file's usual name, such as `/etc/nginx/conf.d/api.conf`; the message says what place in it the text has. */
  readonly file: string;
  readonly text: string;
}

/** How one server, framework or service is told to allow what a policy allows. */
export interface Recipe {
  readonly id: string;
  /** As its makers write it. */
  readonly name: string;
  /** `development-proxy`: no CORS at all, since the page's own development server passes requests on. */
  readonly kind: "web-server" | "framework" | "service" | "development-proxy";
  /** The methods that it can allow, where that isn't any. */
  readonly knownMethods?: readonly string[];
  /** The policy in the recipe's own language. Everything in a policy is plain (see policy.ts): letters, digits and `-._~:/[]*`. */
  write(policy: Policy): Configuration;
}
