import { withoutFragment } from "./exchange.ts";
import type { Message } from "./model.ts";
import type { FinishedRequest } from "./protocol.ts";

/** How far the clocks of webRequest and `devtools.network` may lie apart for the same request, in milliseconds. */
export const CLOCK_TOLERANCE_MILLISECONDS = 1000;

/** By what requests are found that may be the same: a request's method and URL, without the fragment, which not every tool tells. */
export function requestKey({ method, url }: Pick<FinishedRequest, "method" | "url">): string {
  return `${method} ${withoutFragment(url)}`;
}

/** Whether what DevTools tell of is, by all that shows, this message: nothing links the two but URL, method and the time at which they began. */
export function isSameRequest(finished: Pick<FinishedRequest, "url" | "method" | "startedTime">, message: Message): boolean {
  return Math.abs(finished.startedTime - message.startedTime) <= CLOCK_TOLERANCE_MILLISECONDS && requestKey(finished) === requestKey(message);
}
