import { basicURLParse, serializeHost, serializePath, serializeURL, serializeURLOrigin, setThePassword, setTheUsername, type URLRecord } from "whatwg-url/lib/url-state-machine.js";

/** What the engine needs of `URL` (https://url.spec.whatwg.org/#api), where the language is all there is. */
class PureUrl {
  #record: URLRecord;

  constructor(url: string, base?: string) {
    const record = parsed(url, base);
    if (record === null) throw new TypeError(`Invalid URL: ${url}`);
    this.#record = record;
  }

  static canParse(url: string, base?: string): boolean {
    return parsed(url, base) !== null;
  }

  get href(): string {
    return serializeURL(this.#record);
  }

  get origin(): string {
    return serializeURLOrigin(this.#record);
  }

  get protocol(): string {
    return `${this.#record.scheme}:`;
  }

  get username(): string {
    return this.#record.username;
  }

  set username(name: string) {
    this.#record = { ...this.#record };
    setTheUsername(this.#record, name);
  }

  get password(): string {
    return this.#record.password;
  }

  set password(word: string) {
    this.#record = { ...this.#record };
    setThePassword(this.#record, word);
  }

  get host(): string {
    const { port } = this.#record;
    return port === null ? this.hostname : `${this.hostname}:${port}`;
  }

  get hostname(): string {
    const { host } = this.#record;
    return host === null ? "" : serializeHost(host);
  }

  get port(): string {
    return String(this.#record.port ?? "");
  }

  get pathname(): string {
    return serializePath(this.#record);
  }

  get search(): string {
    const { query } = this.#record;
    return query === null || query === "" ? "" : `?${query}`;
  }

  get hash(): string {
    const { fragment } = this.#record;
    return fragment === null || fragment === "" ? "" : `#${fragment}`;
  }
}

/** Parsed, by base and URL: a verdict asks for the same few again and again, and each host is looked up sign by sign. */
const known = new Map<string, URLRecord | null>();
const MOST_KNOWN = 500;

function parsed(url: string, base?: string): URLRecord | null {
  const key = JSON.stringify([url, base]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const baseURL = base === undefined ? null : basicURLParse(scalar(base));
  const record = base !== undefined && baseURL === null ? null : basicURLParse(scalar(url), { baseURL });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, record);
  return record;
}

/** https://infra.spec.whatwg.org/#javascript-string-convert */
function scalar(text: string): string {
  return String(text).replace(/\p{Surrogate}/gu, "\ufffd");
}

export { PureUrl as URL };
