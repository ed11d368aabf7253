import { request } from "node:http";

/** A response as it went over the wire: what browsers join or hide is still told apart. */
export interface RawResponse {
  readonly status: number;
  /** The values of all lines of a field, in order. */
  lines(name: string): string[];
  readonly body: string;
}

/**
 * Sends one request without a browser.
 * @throws if nothing answers
 */
export function rawResponse(url: string, { method = "GET", headers = {} }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false, timeout: 20_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        const names = answer.rawHeaders.map((text, at) => (at % 2 === 0 ? text.toLowerCase() : ""));
        const lines = (name: string) => names.flatMap((text, at) => (text === name.toLowerCase() ? [answer.rawHeaders[at + 1] ?? ""] : []));
        resolve({ status: answer.statusCode ?? 0, lines, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.once("timeout", () => sent.destroy(new Error(`${method} ${url}: no answer`)));
    sent.once("error", reject);
    sent.end();
  });
}
