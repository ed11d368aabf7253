import browser from "./browser.ts";
import { IS_FIREFOX } from "./is-firefox.ts";

/**
 * For each request that Firefox's DevTools tell an extension of, they look through all that the page has made
 * (`getDisplayedRequestById` in devtools/client/netmonitor): at 50 a second its main thread is full with 6,000 of them. So
 * it isn't asked for more than this, until the page is left.
 */
const MOST_REQUESTS = 5000;

/** How long it is asked nevertheless when the worker has died, in milliseconds: for what was under way then. */
const AFTER_DEATH_MILLISECONDS = 15_000;

/** But not when it tells so late: with 50,000 requests its main thread, and so the user, would wait for minutes. In milliseconds. */
const LATE_MILLISECONDS = 5000;

/**
 * Hears of the page's requests from DevTools.
 * @param take gets each as an entry of a HAR; says when it ended, in milliseconds since the epoch, or null
 * @returns what is to be called when the worker has died
 */
export function hearFinished(take: (entry: unknown) => number | null): () => void {
  const { onRequestFinished, onNavigated } = browser.devtools.network;
  let heard = 0;
  let listening = false;
  let dead: ReturnType<typeof setTimeout> | null = null;

  const hear = (entry: unknown): void => {
    heard += 1;
    const endedTime = take(entry);
    if (endedTime !== null && Date.now() - endedTime > LATE_MILLISECONDS) forgetDeath();
    restIfDear();
  };
  // Chromium's DevTools tell a listener twice that was added twice.
  const listen = (): void => {
    if (!listening) onRequestFinished.addListener(hear);
    listening = true;
  };
  const forgetDeath = (): void => {
    clearTimeout(dead ?? undefined);
    dead = null;
  };
  const restIfDear = (): void => {
    if (!IS_FIREFOX || heard < MOST_REQUESTS || dead !== null) return;
    onRequestFinished.removeListener(hear);
    listening = false;
  };
  onNavigated.addListener(() => {
    heard = 0;
    listen();
  });
  listen();

  return () => {
    forgetDeath();
    dead = setTimeout(() => {
      forgetDeath();
      restIfDear();
    }, AFTER_DEATH_MILLISECONDS);
    listen();
  };
}
