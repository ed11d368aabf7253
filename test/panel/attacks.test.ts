import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { click, clickRow, filterBy } from "./hands.ts";
import { drop, importBanners } from "./files.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { rows } from "./shown.ts";

const MARKUP = `<img src=x onerror=pwned=1><script>pwned=1</script><style>*{display:none}</style><a href=javascript:pwned=1>x</a>`;

describe.each(BROWSERS)("the panel under attack in $name", (build) => {
  let opened: LabPanel;
  let hostile: Server;
  let address: string;
  /** What somebody out there was asked for. */
  let asked: string[] = [];
  beforeAll(async () => {
    hostile = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(200, MARKUP.replaceAll("<", "&lt;"), { "Access-Control-Allow-Origin": MARKUP, "Server": MARKUP, "Location": "javascript:pwned=1", "X-Style": "url(//evil.example/x)" }).end();
    }).listen(0, "127.0.0.1");
    await until("it listens", async () => hostile.listening);
    address = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
    opened = await openLabPanel(build);
    await opened.page.evaluate((url: string) => fetch(`${url}/hostile`).catch(() => null).then(() => null), address);
    await until("it is listed", async () => (await rows(opened.panel)).length === 1);
    await clickRow(opened.panel, "hostile");
  });
  afterAll(async () => {
    await opened?.close();
    hostile?.close();
  });

  /** What a panel without a hostile word in it never has. */
  const strange = (): Promise<unknown> =>
    opened.panel.evaluate(() => {
      const elements = document.body.querySelectorAll("img, script, style, iframe, object, embed, form, base, meta, foreignObject");
      const handlers = [...document.querySelectorAll("*")].flatMap(({ attributes }) => [...attributes].filter(({ name }) => name.startsWith("on")));
      const links = [...document.querySelectorAll("a")].map(({ href }) => href).filter((href) => !/^https:\/\/(fetch\.spec\.whatwg\.org|developer\.mozilla\.org|[a-z.]+\.org|[a-z.]+\.com)\//.test(href));
      return { elements: elements.length, handlers: handlers.length, links, ran: "pwned" in globalThis };
    });
  const CLEAN = { elements: 0, handlers: 0, links: [], ran: false };

  test("what a server says is text, wherever it is shown", async () => {
    await expect.poll(() => opened.panel.evaluate<string>("document.body.textContent"), PATIENCE).toContain(MARKUP);
    expect(await strange()).toEqual(CLEAN);
    for (const button of ["Learn", "Close the guide"]) await click(opened.panel, button);
    await filterBy(opened.panel, MARKUP);
    expect(await strange()).toEqual(CLEAN);
    await filterBy(opened.panel, "");
  });

  test("what a file says is text, its name too", async () => {
    const entry = (status: number) => ({
      startedDateTime: "2026-01-02T03:04:05.000Z", time: 1, timings: { send: 0, wait: 1, receive: 0 }, cache: {},
      request: { method: "GET", url: `https://api.example/?${MARKUP}/file`, httpVersion: MARKUP, headers: [{ name: "Origin", value: "https://app.example" }, { name: MARKUP, value: MARKUP }], cookies: [], queryString: [], headersSize: -1, bodySize: 0 },
      response: { status, statusText: MARKUP, httpVersion: MARKUP, headers: [{ name: "Access-Control-Allow-Origin", value: MARKUP }], cookies: [], content: { size: 0, mimeType: MARKUP }, redirectURL: "", headersSize: -1, bodySize: 0 },
      _resourceType: "fetch", __proto__: { pwned: 1 }, constructor: { prototype: { pwned: 1 } },
    });
    const text = JSON.stringify({ log: { version: "1.2", creator: { name: MARKUP, version: MARKUP }, pages: [], entries: [entry(200)] } });
    await drop(opened.panel, { name: `${MARKUP}.har`, start: text });
    await until("it is open", async () => (await importBanners(opened.panel)).open !== null);
    expect((await importBanners(opened.panel)).open).toContain("<img src=x");
    await until("it is listed", async () => (await rows(opened.panel)).length === 1);
    await clickRow(opened.panel, "file");
    await expect.poll(() => opened.panel.evaluate<string>(`document.querySelector(".detail")?.textContent ?? ""`), PATIENCE).toContain("<script>pwned=1</script>");
    expect(await strange()).toEqual(CLEAN);
    expect(await opened.panel.evaluate("({}).pwned === undefined")).toBe(true);
    await click(opened.panel, "Close file");
  });

  test("markup that got in could not run, look like anything, or tell anybody", async () => {
    asked = [];
    const done = await opened.panel.evaluate(async (evil: string) => {
      /** @returns whether it was refused at once */
      const refused = (run: () => unknown): boolean => {
        try {
          run();
          return false;
        } catch {
          return true;
        }
      };
      const add = (name: string, fields: object, attributes: Record<string, string> = {}): HTMLElement => {
        const made = document.createElement(name);
        refused(() => Object.assign(made, fields));
        for (const [attribute, value] of Object.entries(attributes)) refused(() => made.setAttribute(attribute, value));
        refused(() => document.body.append(made));
        return made;
      };
      const outlaw = add("p", { className: "outlaw" });
      const added = [
        outlaw,
        add("script", { textContent: "globalThis.pwned = 1" }),
        add("script", {}, { src: `${evil}/script.js` }),
        add("div", {}, { onclick: "globalThis.pwned = 1" }),
        add("a", { href: "javascript:globalThis.pwned=1" }),
        add("style", { textContent: ".outlaw { position: fixed }" }),
        add("link", { rel: "stylesheet", href: `${evil}/style.css` }),
        add("img", { src: `${evil}/image` }),
        add("iframe", { src: `${evil}/frame` }),
        add("object", { data: `${evil}/object` }),
        add("video", { src: `${evil}/video` }),
        add("base", { href: `${evil}/base/` }),
        add("form", { action: `${evil}/form`, method: "POST", target: "_blank" }),
      ];
      for (const element of added) {
        refused(() => element.click());
        if (element instanceof HTMLFormElement) refused(() => element.submit());
      }
      const fetched = await fetch(`${evil}/fetch`, { mode: "no-cors" }).then(() => true, () => false);
      const sinks = [
        () => (document.createElement("p").innerHTML = "<b>x</b>"),
        () => outlaw.insertAdjacentHTML("beforeend", "<b>x</b>"),
        () => new DOMParser().parseFromString("<b>x</b>", "text/html"),
        () => document.createRange().createContextualFragment("<b>x</b>"),
        () => new Worker("panel.js"),
        () => globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (url) => url }),
        () => globalThis.trustedTypes?.createPolicy("mine", { createScriptURL: (url) => url }),
      ].map(refused);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const found = { ran: "pwned" in globalThis, position: getComputedStyle(outlaw).position, fetched, sameBase: document.baseURI === location.href, sinks };
      for (const element of added) element.remove();
      return found;
    }, address);
    expect(done).toEqual({ ran: false, position: "static", fetched: false, sameBase: true, sinks: Array(7).fill(true) });
    expect(asked).toEqual([]);
  });
});
