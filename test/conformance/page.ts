import type { Api, Case, Init } from "./case.ts";
import { FETCH, REPLY } from "./fetch-source.ts";

/** Runs inside the page at origin A: issues requests and reports what the page saw of each. */

declare global {
  var runCases: (cases: { case: Case; url: string }[]) => Promise<string[]>;
}

const PATIENCE = 8_000;

type Jobs = Parameters<typeof runCases>[0];

/** Reports "ok", "error" or, for fetches, the response's type and status; "timeout" if nothing happens. */
const runHere = (cases: Jobs): Promise<string[]> =>
  Promise.all(
    cases.map(async ({ case: { api, init, times = 1, inTurn = false, primed = false }, url }) => {
      if (primed) await prime(url);
      const once = () => Promise.race([issue(api, init, url).catch(() => "error"), new Promise<string>((resolve) => setTimeout(resolve, PATIENCE, "timeout"))]);
      if (!inTurn) return (await Promise.all(Array.from({ length: times }, once))).join(" ");
      const seen: string[] = [];
      for (let turn = 0; turn < times; turn++) seen.push(await once());
      return seen.join(" ");
    }),
  );

const settings = new URLSearchParams(location.search);
const framed = settings.get("frame");
globalThis.runCases = framed === null ? runHere : (cases) => runInFrame(framed, cases);
/** The page around this one asks on its own page's behalf. */
addEventListener("message", ({ data, ports: [port] }) => void runHere(data as Jobs).then((seen) => port?.postMessage(seen)));

const fetchHere = (0, eval)(FETCH) as (job: { url: string; init: Init }) => Promise<string>;
function issue(api: Api, init: Init, url: string): Promise<string> {
  switch (api) {
    case "fetch":
      return settings.has("service-worker") ? inServiceWorker(url, init) : fetchHere({ url, init });
    case "worker":
      return inWorker(url, init);
    case "sandbox":
      return inSandbox(url, init);
    case "xhr":
      return byXhr(url, init);
    case "eventsource":
      return byEventSource(url, init);
    case "font":
      return new FontFace("f", `url(${url})`).load().then(() => "ok");
    default:
      return byElement(api, url, init);
  }
}

type Target = { postMessage(message: unknown, options: { transfer: Transferable[]; targetOrigin?: string }): void };

function answerOf(target: Target, question: object): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  target.postMessage(question, { transfer: [port2], targetOrigin: "*" });
  return new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
}

const ask = async (target: Target, job: object): Promise<string> => String(await answerOf(target, job));

/** Puts an answer in mode `no-cors` into the cache. */
function prime(url: string): Promise<void> {
  const image = new Image();
  image.src = url;
  return new Promise((resolve) => (image.onload = image.onerror = () => resolve()));
}

let frame: Promise<HTMLIFrameElement> | undefined;

async function runInFrame(url: string, cases: Jobs): Promise<string[]> {
  frame ??= new Promise((resolve) => {
    const element = document.createElement("iframe");
    element.onload = () => resolve(element);
    element.src = url;
    document.body.append(element);
  });
  const { contentWindow } = await frame;
  const seen = contentWindow === null ? [] : await answerOf(contentWindow, cases);
  return Array.isArray(seen) ? seen.map(String) : [];
}

let serviceWorker: Promise<ServiceWorker> | undefined;

async function inServiceWorker(url: string, init: Init): Promise<string> {
  serviceWorker ??= navigator.serviceWorker.register("/service-worker.js").then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active === null) throw new Error("The service worker isn't active");
    return active;
  });
  return ask(await serviceWorker, { url, init });
}

async function inWorker(url: string, init: Init): Promise<string> {
  const source = URL.createObjectURL(new Blob([REPLY]));
  const worker = new Worker(source);
  const seen = await ask(worker, { url, init });
  worker.terminate();
  URL.revokeObjectURL(source);
  return seen;
}

async function inSandbox(url: string, init: Init): Promise<string> {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.srcdoc = `<script>${REPLY}</script>`;
  document.body.append(frame);
  await new Promise((resolve) => (frame.onload = resolve));
  const seen = frame.contentWindow ? await ask(frame.contentWindow, { url, init }) : "error";
  frame.remove();
  return seen;
}

function byXhr(url: string, { method = "GET", headers = [], credentials, body, upload }: Init): Promise<string> {
  const xhr = new XMLHttpRequest();
  xhr.open(method, url);
  xhr.withCredentials = credentials === "include";
  for (const [name, value] of headers) xhr.setRequestHeader(name, value);
  if (upload) xhr.upload.onprogress = () => {};
  return new Promise((resolve) => {
    xhr.onload = () => resolve(`xhr:${xhr.status}`);
    xhr.onerror = () => resolve("error");
    xhr.send(body ?? null);
  });
}

function byEventSource(url: string, { credentials }: Init): Promise<string> {
  const source = new EventSource(url, { withCredentials: credentials === "include" });
  return new Promise<string>((resolve) => {
    source.onmessage = () => resolve("ok");
    source.onerror = () => resolve("error");
  }).finally(() => source.close());
}

function byElement(api: "img" | "script" | "module" | "style" | "video", url: string, { credentials }: Init): Promise<string> {
  const element = document.createElement(api === "module" ? "script" : api === "style" ? "link" : api);
  element.crossOrigin = credentials === "include" ? "use-credentials" : "anonymous";
  const seen = new Promise<string>((resolve) => {
    element.onload = element.onloadedmetadata = () => resolve("ok");
    element.onerror = () => resolve("error");
  });
  if (element instanceof HTMLLinkElement) Object.assign(element, { rel: "stylesheet", href: url });
  else if (element instanceof HTMLScriptElement) Object.assign(element, { type: api === "module" ? "module" : "", src: url });
  else Object.assign(element, api === "video" ? { preload: "auto", src: url } : { src: url });
  document.body.append(element);
  return seen.finally(() => element.remove());
}
