import type { Har } from "har-format";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAR_REQUEST, until } from "../browsers/browser.ts";
import { click, filterBy, focused, press } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { overflowing } from "./legibility.ts";
import { rows, summary } from "./shown.ts";
import { violations } from "./violations.ts";

const SENT = ["trailing-slash", "redirect-asks-again", "method-not-listed", "allowed-preflight"];

interface Saved {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

describe.each(BROWSERS)("export in $name", (build) => {
  let opened: LabPanel;
  let saved: Saved;
  let har: Har;

  const workers = (): Promise<Har> => opened.panel.evaluate<Har>(`(${HAR_REQUEST})(${opened.page.tabId})`);

  const exported = async (): Promise<Saved> => {
    await openDialog(opened);
    return savedBy(opened, () => click(opened.panel, "Save"));
  };

  beforeAll(async () => {
    opened = await openLabPanel(build);
  });
  afterAll(() => opened?.close());

  test("has nothing to offer before there are requests", async () => {
    await expect(click(opened.panel, "Export")).rejects.toThrow("disabled");
  });

  test("saves a HAR, unless something else is chosen", async () => {
    for (const id of SENT) await opened.send(id);
    await click(opened.panel, "All cross-origin");
    await expect.poll(async () => (await rows(opened.panel)).map(({ outcome }) => outcome), PATIENCE).toEqual(["Blocked", "Blocked", "Blocked", "Allowed"]);
    // The proof of an outcome may come a little after the response.
    let before: Har | null = null;
    await until("the log no longer changes", async () => {
      const last = before;
      before = await workers();
      await setTimeout(300);
      return isDeepStrictEqual(last, before);
    });
    saved = await exported();
    expect(saved).toMatchObject({ name: expect.stringMatching(/^cors-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.har$/), type: "application/json" });
    har = JSON.parse(saved.text);
  });

  test("which is a HAR 1.2", () => {
    const { log } = har;
    expect(log).toMatchObject({ version: "1.2", creator: { name: "CORS Explainer", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) }, pages: [{ id: "page_1", pageTimings: {} }] });
    for (const entry of log.entries) {
      expect(entry).toMatchObject({
        pageref: "page_1",
        startedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        time: expect.any(Number),
        request: { method: expect.any(String), url: expect.any(String), httpVersion: expect.any(String), cookies: [], headers: expect.any(Array), queryString: [], headersSize: -1, bodySize: -1 },
        response: { status: expect.any(Number), statusText: expect.any(String), cookies: [], headers: expect.any(Array), content: { size: 0, mimeType: expect.any(String) }, redirectURL: expect.any(String) },
        cache: {},
        timings: { send: expect.any(Number), wait: expect.any(Number), receive: expect.any(Number) },
      });
    }
  });

  test("with the verdict on each main request, and its other messages tied to it", () => {
    const entries = har.log.entries.map((entry) => ({ path: new URL(entry.request.url).pathname, method: entry.request.method, cors: corsOf(entry) }));
    expect(entries).toMatchObject([
      { path: "/trailing-slash", method: "GET", cors: { role: "main", outcome: "blocked", code: "allow-origin-mismatch", header: { name: "Access-Control-Allow-Origin", on: "response" } } },
      { path: "/redirect-asks-again", method: "PUT", cors: { role: "redirect" } },
      { path: "/redirect-asks-again", method: "OPTIONS", cors: { role: "preflight" } },
      { path: "/redirect-asks-again/v2", method: "PUT", cors: { role: "main", outcome: "blocked", code: "allow-origin-missing" } },
      { path: "/redirect-asks-again/v2", method: "OPTIONS", cors: { role: "preflight" } },
      { path: "/method-not-listed", method: "DELETE", cors: { role: "main", outcome: "blocked", code: "method-not-allowed" } },
      { path: "/method-not-listed", method: "OPTIONS", cors: { role: "preflight" } },
      { path: "/allowed-preflight", method: "PUT", cors: { role: "main", outcome: "allowed", code: null } },
      { path: "/allowed-preflight", method: "OPTIONS", cors: { role: "preflight" } },
    ]);
    const pairs = entries.map(({ cors }) => Reflect.get(cors, "pair"));
    expect(pairs.map((pair) => pairs.indexOf(pair))).toEqual([0, 1, 1, 1, 1, 5, 5, 7, 7]);
  });

  test("the same as the worker's, but for what DevTools know beside", async () => {
    const ours = ({ log }: Har) =>
      log.entries.map((entry) => {
        const { request: { method, url, headers }, response: { status, statusText }, comment } = entry;
        return { method, url, headers, status, statusText, comment, cors: corsOf(entry) };
      });
    expect(ours(har)).toEqual(ours(await workers()));
  });

  test("with times and stacks, where DevTools tell them", () => {
    const stacks = har.log.entries.filter((entry) => JSON.stringify(Reflect.get(entry, "_initiator"))?.includes("callFrames"));
    if (build.engine === "chromium") expect(stacks.length).toBeGreaterThan(0);
    for (const { timings } of har.log.entries) for (const part of Object.values(timings)) expect(part).toEqual(expect.any(Number));
  });

  test("whole, whatever the filter hides", async () => {
    await filterBy(opened.panel, "trailing");
    await click(opened.panel, "Blocked");
    expect((await rows(opened.panel)).length).toBe(1);
    expect(JSON.parse((await exported()).text)).toEqual(har);
  });
});

describe.each(BROWSERS)("the export dialog in $name", (build) => {
  let opened: LabPanel;
  let page = "";

  const ask = async <T>(script: string): Promise<T> => opened.panel.evaluate<T>(script);
  const choose = (name: string): Promise<void> => click(opened.panel, name);
  const told = (): Promise<string> => ask(`document.querySelector("dialog footer [role=status]").textContent`);
  const removals = (): Promise<string[]> => ask(`[...document.querySelectorAll("dialog .removed li")].map(({ textContent }) => textContent)`);
  const isOpen = (): Promise<boolean> => ask(`document.querySelector("dialog[open]") !== null`);
  const buttons = (): Promise<string[]> => ask(`[...document.querySelectorAll("dialog footer button")].map(({ textContent }) => textContent)`);

  beforeAll(async () => {
    opened = await openLabPanel(build);
    for (const id of ["trailing-slash", "session-over", "wildcard-with-credentials", "allowed-get"]) await opened.send(id);
    await until("they are listed", async () => (await summary(opened.panel)).count.endsWith("of 4"));
    await opened.panel.evaluate(() => {
      const kept = { copied: "" };
      document.addEventListener("copy", ({ target }) => {
        if (target instanceof HTMLTextAreaElement) kept.copied = target.value;
      });
      Object.assign(window, { kept });
    });
  });
  afterAll(() => opened?.close());

  test("says what will be in the report, and what won't", async () => {
    await openDialog(opened);
    expect(await ask(`[...document.querySelectorAll("dialog input")].map(({ name, value, checked, disabled }) => [name, value, checked, disabled].join(" "))`)).toEqual([
      "format har true false", "format markdown false false", "format html false false", "format text false false",
      "range selected false true", "range shown false false", "range all true false",
      "language en true false", "language ko false false", "sensitive on false false",
    ]);
    expect(await removals()).toContainEqual(expect.stringMatching(/^Cookie ×\d$/));
    expect(await ask(`document.activeElement.value`)).toBe("har");
    expect(await buttons()).toEqual(["Cancel", "Save"]);
  });

  test("axe-core finds nothing, with secrets or without", async () => {
    expect(await violations(opened.panel)).toEqual([]);
    await choose("Plain text");
    await choose("With sensitive data: cookies, tokens, …");
    expect(await ask(`document.getElementById("sensitive-hint").textContent`)).toMatch(/^Whoever gets this report/);
    expect(await violations(opened.panel)).toEqual([]);
    await mkdir("out", { recursive: true });
    await opened.panel.screenshot(`out/export-${build.name}.png`, { width: 400, height: 700 });
    expect(await overflowing(opened.panel)).toEqual([]);
  });

  test("is left by Escape, and the focus returns", async () => {
    await press(opened.panel, "Escape");
    expect(await isOpen()).toBe(false);
    expect(await focused(opened.panel)).toBe("Export");
  });

  test("remembers the format, once it was used, and never the secrets", async () => {
    await openDialog(opened);
    await choose("Markdown");
    const { name, type, text } = await savedBy(opened, () => choose("Save"));
    expect(name).toMatch(/^cors-[\dT-]+\.md$/);
    expect(type).toBe("text/markdown;charset=utf-8");
    expect(text).toMatch(/^# CORS report: `http:/);
    expect(text).toContain("Cookie: [redacted]");
    expect(await ask(`document.querySelector(".saved[role=status]").textContent`)).toBe(`Saved as ${name}`);
    await openDialog(opened);
    expect(await ask(`[...document.querySelectorAll("dialog input:checked")].map(({ value }) => value)`)).toEqual(["markdown", "all", "en"]);
  });

  test("in the other language", async () => {
    await choose("한국어");
    await until("its words are there", () => ask(`!document.querySelector("dialog footer .button:last-child").disabled`));
    const { text } = await savedBy(opened, () => choose("Save"));
    expect(text).toMatch(/^# CORS 보고서: `http:/);
    expect(text).toContain("### 해결 방법");
    expect(text).not.toContain("What fixes it");
  });

  test("with secrets, if one asks for them", async () => {
    await openDialog(opened);
    await choose("With sensitive data: cookies, tokens, …");
    const { text } = await savedBy(opened, () => choose("Save"));
    expect(text).toMatch(/^Cookie: \w+=/m);
    expect(text).toContain("> ⚠ This report has cookies");
    await openDialog(opened);
    expect(await ask(`document.querySelector("dialog input[name=sensitive]").checked`)).toBe(false);
  });

  test("of what the list shows", async () => {
    await choose("Shown in the list (3)");
    const { text } = await savedBy(opened, () => choose("Save"));
    expect(text).toContain("3 blocked of 3");
  });

  test("to the clipboard, which is told", async () => {
    await openDialog(opened);
    await choose("Plain text");
    expect(await buttons()).toEqual(["Cancel", "Copy", "Save"]);
    // Copying needs a key or a click of the user's own.
    await opened.panel.focus();
    while ((await focused(opened.panel)) !== "Copy") await opened.panel.press("Tab");
    await opened.panel.press("Enter");
    await expect.poll(told, PATIENCE).toBe("Copied");
    expect(await ask(`window.kept.copied`)).toMatch(/^CORS report: http/);
    expect(await focused(opened.panel)).toBe("Copy");
    await choose("HTML");
  });

  test("as a page without scripts", async () => {
    const { name, text } = await savedBy(opened, () => choose("Save"));
    expect(name).toMatch(/\.html$/);
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(text).toContain("<svg role=\"img\"");
    expect(text).not.toContain("<script");
    page = text;
  });

  test("which axe-core finds nothing in, on a narrow screen either", async () => {
    const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(page)).listen(0, "127.0.0.1");
    try {
      await once(server, "listening");
      const shown = await opened.browser.openPage(`http://127.0.0.1:${portOf(server)}/`);
      expect(await shown.evaluate(`document.querySelectorAll("section").length`)).toBeGreaterThan(3);
      expect(await violations(shown)).toEqual([]);
      await shown.evaluate(`document.querySelectorAll("details").forEach((details) => { details.open = true; })`);
      await shown.evaluate(`document.body.style.width = "360px"`);
      expect(await shown.evaluate(`[...document.body.querySelectorAll("*:not(svg, svg *)")].filter((element) => element.getBoundingClientRect().right > document.body.getBoundingClientRect().right).map(({ outerHTML }) => outerHTML.slice(0, 80))`)).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test("that it failed is told", async () => {
    await opened.panel.evaluate(() => {
      Object.assign(window, { fetch: () => Promise.reject(new Error("no such file")) });
    });
    await openDialog(opened);
    await choose("한국어");
    await expect.poll(told, PATIENCE).toBe("The report could not be written: Error: no such file");
    expect(await isOpen()).toBe(true);
    await choose("English");
    expect(await told()).toBe("");
    await choose("Cancel");
    expect(await isOpen()).toBe(false);
  });
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function openDialog({ panel }: LabPanel): Promise<void> {
  // The last one is shut, but told only in a task of its own: no user is as quick.
  await until("no dialog is left", () => panel.evaluate<boolean>(`document.querySelector("dialog.export") === null`));
  await click(panel, "Export");
  await until("the dialog is open", () => panel.evaluate<boolean>(`document.querySelector("dialog[open]") !== null`));
}

/** Does something, and takes the file that it saves instead of the browser. */
async function savedBy({ panel }: LabPanel, act: () => Promise<void>): Promise<Saved> {
  await panel.evaluate(() => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    const files: { name: string; blob: Blob }[] = [];
    let blob = new Blob();
    URL.createObjectURL = (source: Blob) => {
      blob = source;
      return createObjectURL.call(URL, source);
    };
    HTMLAnchorElement.prototype.click = function () {
      files.push({ name: this.download, blob: this.href.startsWith("blob:") ? blob : new Blob() });
    };
    Object.assign(window, {
      takeFiles: async () => {
        URL.createObjectURL = createObjectURL;
        HTMLAnchorElement.prototype.click = click;
        return Promise.all(files.map(async ({ name, blob: taken }) => ({ name, type: taken.type, text: await taken.text() })));
      },
    });
  });
  await act();
  const files = await panel.evaluate<Saved[]>("window.takeFiles()");
  expect(files).toHaveLength(1);
  return files[0] ?? { name: "", type: "", text: "" };
}

function corsOf(entry: object): object {
  const cors: unknown = Reflect.get(entry, "_cors");
  return typeof cors === "object" && cors !== null ? cors : {};
}
