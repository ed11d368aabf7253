import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extensionFor } from "../browsers/extension.ts";
import { HAR_REQUEST, until, type Browser, type Page, type Panel } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import { ENGINES } from "./panel-reading.ts";

interface Reported {
  readonly url: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly browserError: string | null;
  readonly credentials: string;
  readonly call: { readonly api: string; readonly mode: string; readonly credentials: string; readonly redirect: string } | null;
  readonly callSite: string | null;
}

/** Everything that a page can see of the functions that the probe stands before, without comparing them to what they were. */
const LOOK = `async () => {
  const said = async (run) => {
    try { return String(await run()); } catch (error) { return error.constructor.name + ": " + error.message; }
  };
  const shape = (holder, name) => {
    const own = Object.getOwnPropertyDescriptor(holder, name);
    const { value, ...flags } = own;
    return [name, typeof value, value.name, value.length, String(value), Function.prototype.toString.call(value), JSON.stringify(flags),
      Reflect.ownKeys(value).map(String).sort().join(), Object.getPrototypeOf(value) === Function.prototype, "prototype" in value];
  };
  const source = new EventSource("/slow");
  source.close();
  class Child extends EventSource { get child() { return true; } }
  const child = new Child("/slow");
  child.close();
  const gone = new AbortController();
  gone.abort();
  const later = new AbortController();
  const aborted = fetch("/slow", { signal: later.signal }).then(String, (error) => error.name);
  later.abort();
  const stream = (await fetch("/stream")).body.getReader();
  let text = "";
  for (let part = await stream.read(); !part.done; part = await stream.read()) text += new TextDecoder().decode(part.value);
  const xhr = new XMLHttpRequest();
  xhr.open("put", "/echo");
  await new Promise((resolve) => { xhr.onloadend = resolve; xhr.send("x"); });
  return {
    shapes: [shape(window, "fetch"), shape(window, "EventSource"), shape(XMLHttpRequest.prototype, "open"), shape(XMLHttpRequest.prototype, "send"),
      shape(Navigator.prototype, "sendBeacon"), shape(Function.prototype, "toString"), shape(EventSource.prototype, "constructor")],
    names: Reflect.ownKeys(window).map(String).filter((name) => !name.startsWith("__test")).sort().join(),
    promises: fetch("/echo") instanceof Promise,
    instances: [source instanceof EventSource, source.constructor === EventSource, child instanceof Child, child.child, child.constructor === Child,
      EventSource.prototype.constructor === EventSource, EventSource.CLOSED, Object.prototype.toString.call(source)],
    errors: [
      await said(() => fetch()), await said(() => fetch("http://[")), await said(() => fetch("/", { mode: "navigate" })), await said(() => fetch("/", { method: "CONNECT" })),
      await said(() => fetch.call({}, "/")), await said(() => new fetch("/")), await said(() => fetch("/", { signal: gone.signal })), await said(() => fetch(Symbol())),
      await said(() => EventSource("/")), await said(() => new EventSource()), await said(() => new EventSource("http://[")),
      await said(() => new XMLHttpRequest().open()), await said(() => new XMLHttpRequest().open("GET", "http://[")), await said(() => new XMLHttpRequest().send()),
      await said(() => XMLHttpRequest.prototype.open.call({}, "GET", "/")), await said(() => XMLHttpRequest.prototype.send.call(1)),
      await said(() => navigator.sendBeacon()), await said(() => navigator.sendBeacon("http://[")), await said(() => navigator.sendBeacon.call({}, "/")),
      await said(() => Function.prototype.toString.call({})), await said(() => Function.prototype.toString.call(class A {})), await said(() => (() => 1).toString()),
    ],
    aborted: await aborted, text, echo: xhr.responseText,
    request: await (await fetch(new Request("/echo", { method: "POST", body: "once" }))).text(),
    getters: await (async () => { let read = 0; await fetch("/echo", { get method() { read += 1; return "POST"; } }); return read; })(),
  };
}`;

describe.each(ENGINES)("%s: precise mode", (engine) => {
  let servers: Server[];
  let origin: string;
  let api: string;
  let browser: Browser;
  let page: Page;
  let panel: Panel;
  beforeAll(async () => {
    const listen = (answer: Parameters<typeof createServer>[1]): Promise<Server> =>
      new Promise((resolve) => {
        const server = createServer(answer).listen(0, "127.0.0.1", () => resolve(server));
      });
    const port = (server: Server): number => (server.address() as AddressInfo).port;
    const apiServer = await listen((request, response) => {
      const { searchParams } = new URL(request.url ?? "/", "http://api");
      const headers: Record<string, string> = { "Access-Control-Allow-Origin": "*" };
      const location = searchParams.get("to");
      response.writeHead(location === null ? 200 : 302, location === null ? headers : { ...headers, Location: location }).end("{}");
    });
    api = `http://127.0.0.1:${port(apiServer)}`;
    const pageServer = await listen((request, response) => {
      const url = request.url ?? "/";
      if (url === "/slow") return void setTimeout(() => response.end("late"), 500);
      if (url === "/stream") return void [response.write("one,"), setTimeout(() => response.end("two"), 30)];
      if (url !== "/") return void request.pipe(response.writeHead(200, { "X-Method": request.method ?? "" }));
      response.setHeader("Content-Type", "text/html");
      response.setHeader("Content-Security-Policy", `connect-src 'self' ${api} myapp:`);
      response.end("<!doctype html><title>Precise</title><link rel='icon' href='data:,'><script>window.__testFetch = fetch; window.__testOpen = XMLHttpRequest.prototype.open; window.__testAsk = (url) => fetch(url).then(() => null, () => null);</script>");
    });
    origin = `http://127.0.0.1:${port(pageServer)}`;
    servers = [apiServer, pageServer];
    browser = await launch(engine, { extension: extensionFor(engine) });
    page = await browser.openPage(`${origin}/`);
    panel = await browser.watch(page);
  });
  afterAll(async () => {
    await browser.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const reported = (): Promise<Reported[]> =>
    panel.evaluate(`(${HAR_REQUEST})(${page.tabId}).then(({ log }) => log.entries.filter(({ _cors }) => _cors.outcome).map(({ request, _cors }) => ({ ..._cors, url: request.url })))`);
  const told = async (part: string): Promise<Reported> => {
    let found: Reported | undefined;
    await until(`${part} is told`, async () => {
      found = (await reported()).find(({ url, call }) => url.includes(part) && call !== null);
      return found !== undefined;
    });
    if (found === undefined) throw new Error("unreachable");
    return found;
  };
  const ask = (url: string, init: object = {}): Promise<unknown> => page.evaluate(`fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then(() => null, () => null)`);
  const own = (): Promise<boolean> => page.evaluate("fetch === __testFetch && XMLHttpRequest.prototype.open === __testOpen");
  const isOn = (): Promise<boolean> => panel.evaluate(`document.documentElement.dataset.precise === "on"`);
  const toggle = (): Promise<unknown> => panel.evaluate(`document.querySelector("input[name=precise]").click()`);

  test("is off until it is switched on", async () => {
    expect([await own(), await isOn()]).toEqual([true, false]);
  });

  test("the page sees no difference", async () => {
    const before = await page.evaluate<object>(`(${LOOK})()`);
    await toggle();
    await until("precise mode is on", isOn);
    expect(await own()).toBe(false);
    expect(await page.evaluate<object>(`(${LOOK})()`)).toEqual(before);
  });

  test("how the page asks is known, and with it the verdict", async () => {
    await ask(`${api}/with-credentials`, { credentials: "include" });
    await ask(`${api}/without`);
    await page.evaluate(`new Promise((resolve) => { const xhr = new XMLHttpRequest(); xhr.open("GET", "${api}/xhr"); xhr.withCredentials = true; xhr.onloadend = resolve; xhr.send(); }).then(() => null)`);
    await page.evaluate(`new Promise((resolve) => { const source = new EventSource("${api}/events"); source.onerror = () => { source.close(); resolve(null); }; })`);
    expect(await told("/with-credentials")).toMatchObject({
      outcome: "blocked", code: "allow-origin-wildcard-with-credentials", credentials: "include", call: { api: "fetch", mode: "cors", credentials: "include", redirect: "follow" },
    });
    expect(await told("/without")).toMatchObject({ outcome: "allowed", credentials: "same-origin" });
    expect(await told("/xhr")).toMatchObject({ outcome: "blocked", credentials: "include", call: { api: "xhr" } });
    expect(await told("/events")).toMatchObject({ call: { api: "event-source", credentials: "same-origin" } });
  });

  test("where in the page's code", async () => {
    await page.evaluate(`__testAsk("${api}/from-a-script")`);
    expect((await told("/from-a-script")).callSite).toMatch(new RegExp(`^${origin}/:[0-9]+:[0-9]+$`));
  });

  test("what the page does with redirects", async () => {
    await ask(`${api}/forbids?to=/x`, { redirect: "error" });
    await ask(`${api}/takes?to=/x`, { redirect: "manual" });
    expect(await told("/forbids")).toMatchObject({ outcome: "blocked", code: "redirect-mode-error" });
    expect(await told("/takes")).toMatchObject({ outcome: "allowed" });
  });

  test("what never reaches the network", async () => {
    await ask("http://127.0.0.1:9/forbidden");
    await ask(`${api}/own-origin-only`, { mode: "same-origin" });
    await ask("myapp://open/this");
    await ask(`${api}/leads-astray?to=http://127.0.0.1:9/astray`, { credentials: "same-origin" });
    expect(await told("/forbidden")).toMatchObject({ outcome: "blocked", code: "content-security-policy" });
    expect(await told("/own-origin-only")).toMatchObject({ outcome: "blocked", code: "mode-same-origin" });
    expect(await told("myapp://open")).toMatchObject({ outcome: "blocked", code: "scheme-not-supported" });
    expect(await told("/leads-astray")).toMatchObject({ outcome: "blocked", code: "redirect-refused" });
  });

  test("it goes on after a navigation and after the worker's death", async () => {
    await page.goto(`${origin}/`);
    await until("the probe is there", async () => !(await own()));
    await browser.killWorker();
    await until("the panel is watching again", isOn);
    await ask(`${api}/later`, { credentials: "include" });
    expect(await told("/later")).toMatchObject({ outcome: "blocked", credentials: "include" });
  });

  test("switched off, the page's functions are its own again", async () => {
    await page.evaluate("__testFetch = null");
    await page.goto(`${origin}/`);
    await until("the probe is there", async () => !(await own()));
    await toggle();
    await until("precise mode is off", async () => !(await isOn()));
    expect(await own()).toBe(true);
  });

  test("with the panel gone too", async () => {
    await toggle();
    await until("precise mode is on", isOn);
    expect(await own()).toBe(false);
    await panel.close();
    await until("the page's functions are its own again", own);
  });
});
