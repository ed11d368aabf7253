import type { Order } from "../page.ts";
import { sendFetch, type Result } from "./fetch.ts";

type Send = (order: Order) => Promise<Result>;

/** Sends the order the way it asks for; a request that nobody answers settles after ten seconds. */
export function send(order: Order): Promise<Result> {
  const late = new Promise<Result>((resolve) => setTimeout(resolve, 10_000, { passed: false, text: "no answer in 10 s" }));
  const before = order.ask.afterImage ? showImage(order.url) : Promise.resolve();
  return Promise.race([before.then(() => ways[order.ask.api](order)), late]);
}

const ways: Readonly<Record<Order["ask"]["api"], Send>> = {
  fetch: sendFetch,
  xhr: sendXhr,
  worker: sendFromWorker,
  sandbox: sendFromFrame,
  font: sendFont,
  eventsource: sendEventSource,
  img: (order) => sendElement(Object.assign(new Image(), { crossOrigin: crossOrigin(order), src: order.url }), false),
  module: (order) => sendElement(Object.assign(document.createElement("script"), { type: "module", src: order.url }), true),
  style: (order) => sendElement(Object.assign(document.createElement("link"), { rel: "stylesheet", crossOrigin: crossOrigin(order), href: order.url }), true),
  video: (order) => sendElement(Object.assign(document.createElement("video"), { crossOrigin: crossOrigin(order), preload: "auto", src: order.url }), false),
};

/** It need not be one: what matters is what the browser keeps of it. */
function showImage(url: string): Promise<void> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = image.onerror = () => resolve();
    image.src = url;
  });
}

const crossOrigin = (order: Order): string => order.ask.credentials === "include" ? "use-credentials" : "anonymous";

function sendXhr({ url, ask }: Order): Promise<Result> {
  const xhr = new XMLHttpRequest();
  xhr.open(ask.method ?? (ask.body ? "POST" : "GET"), url);
  xhr.withCredentials = ask.credentials === "include";
  for (const [name, value] of ask.headers ?? []) xhr.setRequestHeader(name, value);
  if (ask.upload) xhr.upload.addEventListener("progress", () => undefined);
  return new Promise((resolve) => {
    xhr.onload = () => resolve({ passed: true, text: `${xhr.status} ${xhr.statusText}` });
    xhr.onerror = () => resolve({ passed: false, text: "XMLHttpRequest: error event, status 0" });
    xhr.send(ask.body ?? null);
  });
}

async function sendFont({ url }: Order): Promise<Result> {
  try {
    await new FontFace("Lab", `url(${url})`).load();
    return { passed: true, text: "font loaded" };
  } catch (error) {
    return { passed: false, text: String(error) };
  }
}

function sendEventSource({ url, ask }: Order): Promise<Result> {
  const source = new EventSource(url, { withCredentials: ask.credentials === "include" });
  return new Promise<Result>((resolve) => {
    source.onopen = () => resolve({ passed: true, text: "EventSource: open event" });
    source.onerror = () => resolve({ passed: false, text: "EventSource: error event" });
  }).finally(() => source.close());
}

function sendElement(element: HTMLElement, attach: boolean): Promise<Result> {
  const name = `<${element.localName}>`;
  const result = new Promise<Result>((resolve) => {
    element.onload = element.onloadeddata = () => resolve({ passed: true, text: `${name}: load event` });
    element.onerror = () => resolve({ passed: false, text: `${name}: error event` });
  });
  if (attach) document.head.append(element);
  return result.finally(() => element.remove());
}

function sendFromWorker(order: Order): Promise<Result> {
  const worker = new Worker("/elsewhere.js");
  return answerOn((port) => worker.postMessage(order, [port])).finally(() => worker.terminate());
}

function sendFromFrame(order: Order): Promise<Result> {
  const frame = Object.assign(document.createElement("iframe"), { src: "/frame.html", hidden: true, title: "Sandbox" });
  frame.setAttribute("sandbox", "allow-scripts");
  document.body.append(frame);
  return answerOn((port) => {
    frame.onload = () => frame.contentWindow?.postMessage(order, "*", [port]);
  }).finally(() => frame.remove());
}

function answerOn(post: (port: MessagePort) => void): Promise<Result> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = (event: MessageEvent<Result>) => resolve(event.data);
    post(port2);
  });
}
