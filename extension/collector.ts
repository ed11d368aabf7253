import type { Call } from "../src/model.ts";

declare global {
  /** In the extension's own world of a frame: what its page has asked for so far. */
  var corsExplainerCalls: Call[] | undefined;
}

/**
 * Collects what the probe hears, and which elements ask with CORS. It runs in a page's frame, in the extension's own
 * world there, and so must not use anything from here; the page can't see it.
 * @param channel the name of the event by which the probe tells each call
 */
export function collectCalls(channel: string): void {
  if (globalThis.corsExplainerCalls !== undefined) return;
  const calls: Call[] = [];
  globalThis.corsExplainerCalls = calls;
  const ended = new AbortController();
  const { signal } = ended;
  const keep = (call: Call): void => {
    calls.push(call);
    if (calls.length > 20_000) calls.splice(0, 10_000);
  };

  // The policy is looked at right after the call. Of a redirect it names the URL that was asked for first.
  addEventListener("securitypolicyviolation", ({ blockedURI }) => {
    const call = calls.findLast(({ url, violatesPolicy }) => !violatesPolicy && url.split("#", 1)[0] === blockedURI);
    if (call !== undefined) calls[calls.indexOf(call)] = { ...call, violatesPolicy: true };
  }, { signal });
  addEventListener(channel, (event) => {
    if (!(event instanceof CustomEvent) || typeof event.detail !== "string") return;
    // Whoever reads them looks at all of each; by these two they are found here.
    const call: Call | null = JSON.parse(event.detail);
    if (typeof call?.url === "string" && typeof call.time === "number") keep(call);
  }, { signal });

  const heed = (element: Element): void => {
    const url: unknown = Reflect.get(element, "href") ?? Reflect.get(element, "currentSrc");
    const source = typeof url === "string" && url !== "" ? url : Reflect.get(element, "src");
    const crossOrigin: unknown = Reflect.get(element, "crossOrigin") ?? null;
    const module = element instanceof HTMLScriptElement && element.type === "module";
    if (typeof source !== "string" || source === "" || (crossOrigin === null && !module)) return;
    const credentials = crossOrigin === "use-credentials" ? "include" : "same-origin";
    const time = performance.timeOrigin + performance.now();
    keep({ api: "element", url: source, method: "GET", mode: "cors", credentials, redirect: "follow", callSite: null, violatesPolicy: false, time });
  };
  const CORS_ELEMENTS = "img, script, link, video, audio";
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      if (addedNodes.length === 0 && target instanceof Element && target.matches(CORS_ELEMENTS)) heed(target);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(CORS_ELEMENTS)) heed(node);
        for (const inner of node.querySelectorAll(CORS_ELEMENTS)) heed(inner);
      }
    }
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["crossorigin", "src", "href"] });
  const end = (): void => {
    observer.disconnect();
    ended.abort();
  };
  addEventListener(`${channel}-off`, end, { once: true });
}

/** Ends the probe and the collector of a frame. Runs there, like {@link collectCalls}. */
export function endCalls(channel: string): void {
  dispatchEvent(new Event(`${channel}-off`));
  globalThis.corsExplainerCalls = undefined;
}
