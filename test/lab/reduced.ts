import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Exchange, Header, Message } from "../../src/model.ts";
import type { ChapterId } from "../../src/learn/chapter-ids.ts";
import type { Recording } from "./recording.ts";

/** Which of the lab's exchanges a chapter shows, and what its page and its paths are called there. */
const SHOWN: Readonly<Record<ChapterId, { readonly scenario: string; readonly page: string; readonly paths: readonly string[] }>> = {
  "same-origin": { scenario: "missing-allow-origin", page: "https://app.example", paths: ["/orders"] },
  "simple-requests": { scenario: "allowed-wildcard", page: "https://app.example", paths: ["/prices"] },
  preflights: { scenario: "json-content-type", page: "https://app.example", paths: ["/orders"] },
  credentials: { scenario: "wildcard-with-credentials", page: "https://app.example", paths: ["/account"] },
  redirects: { scenario: "origin-became-null", page: "https://app.example", paths: ["/report", "/report.pdf"] },
  "no-cors": { scenario: "stylesheet-crossorigin", page: "https://app.example", paths: ["/theme.css"] },
  caching: { scenario: "cached-for-another-origin", page: "https://app.example", paths: ["/prices"] },
  proxies: { scenario: "another-origin", page: "http://localhost:5173", paths: ["/orders"] },
};

const SERVERS = ["https://api.example", "https://files.example"];
/** Other origins that the lab's servers allow. */
const ALLOWED: Readonly<Record<string, string>> = { "https://app.example.com": "https://app.example", "https://www.example.com": "https://shop.example" };
const KEPT = /^(access-control-.*|origin|cookie|content-type|sec-fetch-mode|location|vary|age|x-cache|cache-control)$/i;

/** The examples of the guide: recorded exchanges with the names of `SHOWN` and only those headers that CORS looks at. */
export function reducedExamples({ exchanges }: Recording): Record<string, Exchange> {
  return Object.fromEntries(
    Object.entries(SHOWN).map(([chapter, { scenario, page, paths }]) => {
      const found = exchanges.findLast((labelled) => labelled.scenario === scenario);
      if (found === undefined) throw new Error(`${scenario} was not recorded`);
      return [chapter, reduced(found.exchange, page, paths)];
    }),
  );
}

/** Writes them where the panel takes them from. */
export function writeExamples(recording: Recording): void {
  const lines = Object.entries(reducedExamples(recording)).map(([chapter, exchange]) => `  ${keyed(chapter, exchange, "  ")},\n`);
  writeFileSync(fileURLToPath(new URL("../../src/learn/examples.ts", import.meta.url)), HEAD + lines.join("") + "};\n");
}

const HEAD = [
  'import type { Engine, Exchange } from "../model.ts";',
  'import type { ChapterId } from "./chapter-ids.ts";',
  "",
  "/** The engine in which the examples were recorded. */",
  'export const EXAMPLES_ENGINE: Engine = "chromium";',
  "",
  "/** What a chapter shows: an exchange of the lab, renamed and reduced by `test/lab/reduced.ts`, which writes this file. */",
  "export const EXAMPLES: Readonly<Record<ChapterId, Exchange>> = {",
  "",
].join("\n");

function reduced(exchange: Exchange, page: string, paths: readonly string[]): Exchange {
  const urls = [...new Set(exchange.hops.map(({ request }) => request.url))];
  const origins = [...new Set(urls.map((url) => new URL(url).origin))];
  const start = exchange.hops[0].request.startedTime;
  const renamed = (value: string): string => {
    if (value === exchange.origin) return page;
    const index = urls.indexOf(value);
    return index === -1 ? (ALLOWED[value] ?? value) : `${SERVERS[origins.indexOf(new URL(value).origin)]}${paths[index]}`;
  };
  const headers = (all: readonly Header[]): Header[] =>
    all.filter(({ name, value }) => KEPT.test(name) && value !== "no-store").map(({ name, value }) => ({ name, value: renamed(value) }));
  const message = (one: Message, requestId: string): Message => ({
    requestId,
    url: renamed(one.url),
    method: one.method,
    startedTime: one.startedTime - start,
    requestHeaders: one.requestHeaders === null ? null : headers(one.requestHeaders),
    response: one.response === null ? null : { status: one.response.status, statusText: one.response.statusText, headers: headers(one.response.headers), linesKnown: false, time: one.response.time - start },
    responseStarted: one.responseStarted,
    redirectUrl: one.redirectUrl === null ? null : renamed(one.redirectUrl),
    end: one.end === null ? null : { ...one.end, time: one.end.time - start },
  });
  const [first, ...others] = exchange.hops.map(({ preflight, request }) => ({ preflight: preflight === null ? null : message(preflight, "2"), request: message(request, "1") }));
  if (first === undefined) throw new Error("an exchange has a hop");
  return {
    id: "1", order: 0, tabId: 1, frameId: 0, type: exchange.type, origin: page, serviceWorker: false, hops: [first, ...others], twins: [], responseStatus: null,
    call: null, unheard: false, callSite: null, refused: null, trials: [], interrupted: false, seenBy: "browser",
  };
}

/** As it would be written by hand: what is short on one line. */
function printed(value: unknown, indent = ""): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  const deeper = `${indent}  `;
  const list = Array.isArray(value);
  const entries = list ? value.map((one) => printed(one, deeper)) : Object.entries(value).map(([key, one]) => keyed(key, one, deeper));
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  const line = `${open}${list ? "" : " "}${entries.join(", ")}${list ? "" : " "}${close}`;
  if (entries.length === 0) return open + close;
  return line.length <= 110 && !line.includes("\n") ? line : `${open}\n${entries.map((entry) => `${deeper}${entry},\n`).join("")}${indent}${close}`;
}

function keyed(key: string, value: unknown, indent: string): string {
  return `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${printed(value, indent)}`;
}
