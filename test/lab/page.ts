import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Group, Scenario } from "./scenario.ts";
import { groups, scenarios } from "./scenarios.ts";

export interface Asset {
  readonly type: string;
  readonly body: string;
}

/** What the page's script needs to send one request. */
export interface Order {
  readonly id: string;
  readonly url: string;
  readonly ask: Scenario["ask"];
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Everything the page's origin serves, by path. */
export async function assets(url: (scenario: Scenario) => string): Promise<ReadonlyMap<string, Asset>> {
  const icon = await readFile(here("../../extension/icons/icon.svg"), "utf8");
  return new Map<string, Asset>([
    ["/", { type: "text/html; charset=utf-8", body: document(url) }],
    ["/page.css", { type: "text/css; charset=utf-8", body: await readFile(here("page/page.css"), "utf8") }],
    ["/page.js", { type: "text/javascript; charset=utf-8", body: await script("page/page.ts") }],
    ["/elsewhere.js", { type: "text/javascript; charset=utf-8", body: await script("page/elsewhere.ts") }],
    ["/frame.html", { type: "text/html; charset=utf-8", body: '<!doctype html><title>Sandbox</title><script src="/elsewhere.js"></script>' }],
    ["/icon.svg", { type: "image/svg+xml", body: icon }],
  ]);
}

async function script(entry: string): Promise<string> {
  const result = await build({ entryPoints: [here(entry)], bundle: true, format: "iife", target: "es2022", write: false, logLevel: "silent" });
  return result.outputFiles[0]?.text ?? "";
}

function document(url: (scenario: Scenario) => string): string {
  const orders: Order[] = scenarios.map((scenario) => ({ id: scenario.id, url: url(scenario), ask: scenario.ask }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>CORS lab</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header>
<img src="/icon.svg" width="48" height="48" alt="">
<div><h1>CORS lab</h1><p>${scenarios.length} requests as real servers break them, and a few that work.</p></div>
</header>
<p class="hint">Open DevTools (<kbd>F12</kbd>) and choose the <b>CORS</b> panel. Then send a request and read there why it was blocked.</p>
<div class="bar"><button type="button" id="run-all">Run all</button><p id="summary" role="status">Nothing sent yet.</p></div>
<main>
${groups.map((group) => section(group, url)).join("\n")}
</main>
<script type="application/json" id="orders">${JSON.stringify(orders).replaceAll("<", "\\u003c")}</script>
<script src="/page.js"></script>
</body>
</html>
`;
}

function section(group: Group, url: (scenario: Scenario) => string): string {
  return `<section><h2>${text(group.title)}</h2><ul>
${group.scenarios.map((scenario) => row(scenario, url(scenario))).join("\n")}
</ul></section>`;
}

function row(scenario: Scenario, url: string): string {
  const { id, title, wrong, ask } = scenario;
  return `<li id="row-${id}">
<button type="button" data-run="${id}" aria-label="Send: ${text(title)}">Send</button>
<div class="what"><h3>${text(title)}</h3><p>${text(wrong)}</p><code>${text(`${ask.method ?? (ask.body ? "POST" : "GET")} ${url}`)}</code></div>
<p class="result"></p>
</li>`;
}

function text(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
