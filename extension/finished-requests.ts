import browser from "./browser.ts";
import { IS_FIREFOX } from "./is-firefox.ts";

/**
 * For each request that Firefox's DevTools tell an extension of, they look through all that the page has made
 * (`getDisplayedRequestById` in devtools/client/netmonitor): at 50 a second its main thread is full with 6,000 of them, and
 * with 45,000 the user would wait for it half a minute. So it isn't asked for more than this, until the page is left.
 */
const MOST_REQUESTS = 5000;

/**
 * Hears of the page's requests from DevTools.
 * @param take gets each as an entry of a HAR
 */
export function hearFinished(take: (entry: unknown) => void): void {
  const { onRequestFinished, onNavigated } = browser.devtools.network;
  let heard = 0;
  let listening = false;

  const hear = (entry: unknown): void => {
    heard += 1;
    take(entry);
    if (!IS_FIREFOX || heard < MOST_REQUESTS) return;
    onRequestFinished.removeListener(hear);
    listening = false;
  };
  // Chromium's DevTools tell a listener twice that was added twice.
  const listen = (): void => {
    if (!listening) onRequestFinished.addListener(hear);
    listening = true;
  };
  onNavigated.addListener(() => {
    heard = 0;
    listen();
  });
  listen();
}
