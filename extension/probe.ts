/**
 * Watches what a page asks for: it stands before `fetch`, `XMLHttpRequest`, `EventSource` and `sendBeacon`, notes what
 * they are called with, and lets them do what they do. It runs in the page's own world and so must not use anything from
 * here. What the page can see of it without looking for it is nothing: same names, lengths, texts, errors and instances.
 * @param channel the name of the event by which each call is told to the extension's own world; the same with `-off`
 * comes back when it is to go
 */
export function probe(channel: string): void {
  const originals = new WeakMap<object, object>();
  const restores: (() => void)[] = [];
  const apply = Reflect.apply;
  const describe = Object.getOwnPropertyDescriptor;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const stringify = JSON.stringify;
  const { CustomEvent: NativeEvent, Request: NativeRequest, URL: NativeUrl, Error: NativeError } = window;
  const page = window;

  /** Puts something in the place of a method or constructor that looks like it in every way. */
  const replace = <Holder extends object>(holder: Holder, name: keyof Holder & string, handler: ProxyHandler<(...args: unknown[]) => unknown>): void => {
    const own = describe(holder, name);
    if (own === undefined || typeof own.value !== "function" || !own.configurable) return;
    const native: (...args: unknown[]) => unknown = own.value;
    const stand = new Proxy(native, handler);
    originals.set(stand, native);
    Object.defineProperty(holder, name, { ...own, value: stand });
    restores.push(() => {
      // Unless the page has put its own there since, which may call ours: that goes on passing everything through.
      if (describe(holder, name)?.value === stand) Object.defineProperty(holder, name, own);
    });
  };

  const callSite = (): string | null => {
    const lines = (new NativeError().stack ?? "").split("\n");
    const frames = lines.flatMap((line) => /((?:https?|file|blob|webpack(?:-internal)?):\S+:[0-9]+:[0-9]+)/.exec(line)?.[1] ?? []);
    return frames[0] ?? null;
  };

  let watching = true;
  const tell = (call: { api: string; url: unknown; method?: unknown; mode?: unknown; credentials?: unknown; redirect?: unknown }): void => {
    if (!watching) return;
    try {
      const url = new NativeUrl(`${call.url as string}`, document.baseURI).href;
      const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
      const detail = stringify({
        api: call.api,
        url,
        method: (text(call.method) ?? "GET").replace(/^(delete|get|head|options|post|put)$/i, (known) => known.toUpperCase()),
        mode: text(call.mode),
        credentials: text(call.credentials),
        redirect: text(call.redirect),
        callSite: callSite(),
        violatesPolicy: false,
        time: performance.timeOrigin + performance.now(),
      });
      apply(dispatch, page, [new NativeEvent(channel, { detail })]);
    } catch {
      // What isn't a URL, the original complains of; this must not.
    }
  };

  /** A property that can be read without the page's noticing: no getter of its own is called. */
  const plain = (object: unknown, name: string): unknown =>
    (typeof object === "object" || typeof object === "function") && object !== null ? describe(object, name)?.value : undefined;

  replace(window, "fetch", {
    apply(native, self, args) {
      const [input, init] = args;
      const request = input instanceof NativeRequest ? input : null;
      const field = (name: "method" | "mode" | "credentials" | "redirect", standard: string): unknown => plain(init, name) ?? request?.[name] ?? standard;
      if (request !== null || typeof input === "string" || input instanceof NativeUrl) {
        tell({
          api: "fetch",
          url: request?.url ?? input,
          method: field("method", "GET"),
          mode: field("mode", "cors"),
          credentials: field("credentials", "same-origin"),
          redirect: field("redirect", "follow"),
        });
      }
      return apply(native, self, args);
    },
  });

  const opened = new WeakMap<object, { method: string; url: string }>();
  replace(XMLHttpRequest.prototype, "open", {
    apply(native, self, args) {
      const result = apply(native, self, args);
      const [method, url] = args;
      const known = typeof url === "string" || url instanceof NativeUrl;
      // The call went well, so both are what they should be.
      if (typeof method === "string" && known) opened.set(self, { method, url: new NativeUrl(url, document.baseURI).href });
      return result;
    },
  });
  replace(XMLHttpRequest.prototype, "send", {
    apply(native, self, args) {
      const call = typeof self === "object" && self !== null ? opened.get(self) : undefined;
      if (call !== undefined) {
        tell({ ...call, api: "xhr", mode: "cors", credentials: (self as XMLHttpRequest).withCredentials ? "include" : "same-origin", redirect: "follow" });
      }
      return apply(native, self, args);
    },
  });

  if (typeof EventSource === "function") {
    replace(window, "EventSource", {
      construct(native, args, target) {
        const source: unknown = Reflect.construct(native, args, target === window.EventSource ? native : target);
        const { url, withCredentials } = source as EventSource;
        tell({ api: "event-source", url, mode: "cors", credentials: withCredentials ? "include" : "same-origin", redirect: "follow" });
        return source as object;
      },
    });
    const own = describe(window.EventSource.prototype, "constructor");
    if (own !== undefined) {
      Object.defineProperty(window.EventSource.prototype, "constructor", { ...own, value: window.EventSource });
      restores.push(() => void Object.defineProperty(window.EventSource.prototype, "constructor", own));
    }
  }

  if (typeof navigator.sendBeacon === "function") {
    replace(Navigator.prototype, "sendBeacon", {
      apply(native, self, args) {
        if (args.length > 0) tell({ api: "beacon", url: args[0], method: "POST", credentials: "include", redirect: "follow" });
        return apply(native, self, args);
      },
    });
  }

  // What shows a function's text must show the original's, its own included.
  replace(Function.prototype, "toString", {
    apply: (native, self, args) => apply(native, (typeof self === "function" && originals.get(self)) || self, args),
  });

  addEventListener(
    `${channel}-off`,
    () => {
      watching = false;
      for (const restore of restores.splice(0)) restore();
    },
    { once: true },
  );
}
