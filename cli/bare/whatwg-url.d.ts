/** The parser behind whatwg-url's own `URL`, which needs more of its surroundings. */
declare module "whatwg-url/lib/url-state-machine.js" {
  /** https://url.spec.whatwg.org/#concept-url */
  export interface URLRecord {
    readonly scheme: string;
    readonly username: string;
    readonly password: string;
    readonly host: unknown;
    readonly port: number | null;
    readonly query: string | null;
    readonly fragment: string | null;
  }
  export function basicURLParse(input: string, options?: { readonly baseURL: URLRecord | null }): URLRecord | null;
  export function serializeURL(url: URLRecord): string;
  export function serializeURLOrigin(url: URLRecord): string;
  export function serializeHost(host: unknown): string;
  export function serializePath(url: URLRecord): string;
  export function setTheUsername(url: URLRecord, username: string): void;
  export function setThePassword(url: URLRecord, password: string): void;
}
