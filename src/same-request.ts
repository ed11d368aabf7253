import { withoutFragment } from "./exchange.ts";
import type { Message } from "./model.ts";
import type { FinishedRequest } from "./protocol.ts";

/** How far the clocks of webRequest and `devtools.network` may lie apart for the same request, in milliseconds. */
export const CLOCK_TOLERANCE_MILLISECONDS = 1000;

/** Whether what DevTools tell of is, by all that shows, this message: nothing links the two but URL, method and the time at which they began. */
export function isSameRequest({ url, method, startedTime }: Pick<FinishedRequest, "url" | "method" | "startedTime">, message: Message): boolean {
  return method === message.method && withoutFragment(url) === withoutFragment(message.url) && Math.abs(startedTime - message.startedTime) <= CLOCK_TOLERANCE_MILLISECONDS;
}
