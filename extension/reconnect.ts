import browser from "./browser.ts";

/** A port that comes back. */
export interface Connection<Sent> {
  /** Sends a message, now or as soon as the port is open again. */
  post(message: Sent): void;
}

const RETRY_MILLISECONDS = 50;
const SLOWEST_RETRY_MILLISECONDS = 2000;

/**
 * Opens a port to the worker and opens it again whenever it closes: an idle worker is stopped by the browser, and a
 * new one has to learn who is watching. https://developer.chrome.com/docs/extensions/develop/concepts/service-workers/lifecycle
 * @param onOpen called each time that the port is open, with true from the second time on
 * @param onLost called each time that it closes: it may not open again for a while
 */
export function connect<Sent>(
  name: string,
  onMessage: (message: unknown) => void,
  onOpen: (again: boolean) => void,
  onLost: () => void = () => {},
): Connection<Sent> {
  let port: ReturnType<typeof browser.runtime.connect> | null = null;
  let unsent: Sent[] = [];
  let delay = RETRY_MILLISECONDS;
  let opened = false;

  const open = (): void => {
    try {
      port = browser.runtime.connect({ name });
    } catch {
      // The worker could not be started, or the extension was updated under this page: the next try may do better.
      retry();
      return;
    }
    port.onMessage.addListener((message: unknown) => {
      delay = RETRY_MILLISECONDS;
      onMessage(message);
    });
    const openedTime = Date.now();
    port.onDisconnect.addListener(() => {
      port = null;
      // One that lived was a good one, though nothing may have been said through it.
      if (Date.now() - openedTime > SLOWEST_RETRY_MILLISECONDS) delay = RETRY_MILLISECONDS;
      onLost();
      retry();
    });
    onOpen(opened);
    opened = true;
    for (const message of unsent.splice(0)) post(message);
  };

  const retry = (): void => {
    setTimeout(open, delay);
    delay = Math.min(delay * 2, SLOWEST_RETRY_MILLISECONDS);
  };

  const post = (message: Sent): void => {
    if (port === null) unsent = [...unsent, message];
    else port.postMessage(message);
  };

  open();
  return { post };
}
