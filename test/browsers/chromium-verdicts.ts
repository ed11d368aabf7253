import type { CDPSession, Protocol } from "puppeteer-core";
import type { Verdict } from "./browser.ts";

type Seen = Pick<Verdict, "urls" | "method" | "type" | "preflight"> & { answered: boolean };

/** Collects Chromium's own verdicts from the DevTools protocol. */
export type VerdictLog = {
  /** Listens to a page and to all its frames and workers. */
  follow(session: CDPSession): Promise<void>;
  /** Hands over the verdicts so far. */
  take(): Verdict[];
};

/** @returns an empty log; source of the verdicts: `Network.loadingFailed.corsErrorStatus` */
export function verdictLog(): VerdictLog {
  const verdicts: Verdict[] = [];

  const follow = async (session: CDPSession): Promise<void> => {
    const requests = new Map<string, Seen>();
    const finish = (requestId: string, failed: Protocol.Network.LoadingFailedEvent | null) => {
      const seen = requests.get(requestId);
      if (!seen) return;
      requests.delete(requestId);
      const { urls, method, type, preflight } = seen;
      const cors = failed?.corsErrorStatus;
      // An error after the response was handed over (a wrong type, an aborted reader) is the page's doing, not a block.
      const blocked = cors !== undefined || (failed !== null && !seen.answered);
      // What the page itself was forbidden (its CSP, a password in a URL) has no error text.
      const error = cors?.corsError ?? (failed?.errorText || failed?.blockedReason || null);
      verdicts.push({ url: urls.at(-1) ?? "", urls, method, type, preflight, blocked, error, param: cors?.failedParameter || null });
    };
    session.on("Network.requestWillBeSent", ({ requestId, request, type, initiator }) => {
      const urls = [...(requests.get(requestId)?.urls ?? []), request.url];
      requests.set(requestId, { urls, method: request.method, type: type ?? null, preflight: initiator.type === "preflight", answered: false });
    });
    session.on("Network.responseReceived", ({ requestId }) => {
      const seen = requests.get(requestId);
      if (seen) seen.answered = true;
    });
    session.on("Network.loadingFinished", ({ requestId }) => finish(requestId, null));
    session.on("Network.loadingFailed", (failed) => finish(failed.requestId, failed));
    session.on("sessionattached", (child: CDPSession) => void follow(child).catch(() => {}));
    await Promise.all([
      // A paused service worker answers nothing before it runs, but takes it all in order.
      session.send("Network.enable"),
      // Paused until we listen, or a worker's first request would be missed.
      session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      session.send("Runtime.runIfWaitingForDebugger"),
    ]);
  };

  return { follow, take: () => verdicts.splice(0) };
}
