import { byteString } from "../src/commands/fetch-call.ts";
import { requestOf } from "../src/commands/request-of.ts";
import { isForbiddenRequestHeaderName } from "../src/fetch/safelist.ts";
import { judge } from "../src/judge.ts";
import type { Engine, Exchange } from "../src/model.ts";
import { requestOrigin } from "../src/request.ts";
import browser from "./browser.ts";

/**
 * Has the page make a request once more, from the same frame: with the headers that the page had set, without its body.
 * @returns false where another page is in the frame by now, where it is gone, or lets no extension in; and for a request
 *   that `fetch` doesn't take
 */
export async function sendAgain(exchange: Exchange, engine: Engine): Promise<boolean> {
  const { credentials } = judge(exchange, engine);
  const { method, url, headers, unsafeHeaderNames, mode, ...request } = requestOf(exchange, 0, "request", { keepSecrets: true, credentials });
  const set = headers.filter(({ name }) => unsafeHeaderNames.includes(name.toLowerCase()) && !isForbiddenRequestHeaderName(name));
  const target = { tabId: exchange.tabId, frameIds: [exchange.frameId] };
  try {
    // Its headers are not for the scripts of another site.
    const [frame] = await browser.scripting.executeScript({ target, func: () => self.origin });
    if (frame?.result !== requestOrigin(exchange)) return false;
    const pairs = set.map(({ name, value }): [string, string] => [name, byteString(value)]);
    const [sent] = await browser.scripting.executeScript({ target, world: "MAIN", func: send, args: [{ url, method, headers: pairs, mode, credentials: request.credentials }] });
    return sent?.result === true;
  } catch {
    // The frame is gone, or it is one of those that no extension may enter.
    return false;
  }
}

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: [string, string][];
  readonly mode: "cors" | "no-cors" | "same-origin";
  readonly credentials: "omit" | "same-origin" | "include";
}

/** Runs in the page. What comes of it the browser's events tell. */
function send({ url, ...init }: Sent): boolean {
  try {
    const request = new Request(url, { ...init, cache: "no-store" });
    fetch(request).then(
      (response) => response.body?.cancel(),
      () => {},
    );
    return true;
  } catch {
    return false;
  }
}
