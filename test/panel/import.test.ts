import { mkdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { drag, drop, importBanners, type MadeFile } from "./files.ts";
import { click, clickRow, filterBy, focused, press, pressWith } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { faintTexts, overflowing } from "./legibility.ts";
import { rows, summary } from "./shown.ts";
import { violations } from "./violations.ts";

const CHROME = await readFile("test/recorded/hars/chrome.har", "utf8");
const LOG: { log: { entries: object[] } } = JSON.parse(CHROME);
const BLOCKED = ["trailing-slash", "header-twice", "wildcard-with-credentials", "options-405", "worker-fetch"];

const har = (name: string, text = CHROME): MadeFile => ({ name, start: text });
const START = `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"1"},"pages":[],"entries":[`;
const END = `]}}`;

/** A response that is as long as asked for, in the middle of it. */
function long(bytes: number): string {
  const [, entry] = LOG.log.entries;
  return JSON.stringify({ ...entry, _body: "x".repeat(bytes) });
}

/** The recording, with something else at one place of its second request. */
function changed(field: string, value: unknown): string {
  const log = JSON.parse(CHROME);
  log.log.entries[1].request[field] = value;
  return JSON.stringify(log);
}

describe.each(BROWSERS)("a file in $name's panel", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    opened = await openLabPanel(build);
    await opened.send("options-404");
    await until("it is listed", async () => (await rows(opened.panel)).length === 1);
  });
  afterAll(() => opened?.close());

  const banners = () => importBanners(opened.panel);
  const names = async (): Promise<string[]> => (await rows(opened.panel)).map(({ address }) => new URL(address).pathname.slice(1));
  const isOpen = (name: string): Promise<void> => until(`${name} is open`, async () => (await banners()).open?.startsWith(`${name}: `) === true, 60_000);
  const refused = async (): Promise<string> => {
    await until("it is refused", async () => (await banners()).alert !== null, 60_000);
    return (await banners()).alert ?? "";
  };
  const clean = async (): Promise<void> => expect(await violations(opened.panel)).toEqual([]);
  const look = async (name: string): Promise<void> => {
    await opened.panel.screenshot(`out/import-${name}-${build.name}.png`, { width: 1280, height: 800 });
    await opened.panel.screenshot(`out/import-${name}-${build.name}-narrow.png`, { width: 400, height: 700 });
    expect(await overflowing(opened.panel)).toEqual([]);
    expect(await faintTexts(opened.panel)).toEqual([]);
  };

  // Each test begins with the live log.
  beforeEach(async () => {
    const { open, alert, reading } = await banners();
    if (reading !== null) await click(opened.panel, "Cancel");
    if (alert !== null) await click(opened.panel, "Dismiss");
    if (open !== null) await click(opened.panel, "Close file");
    await until("the live log is shown", async () => (await names()).join() === "options-404");
  });

  test("is listed and explained like a log, and closed again", async () => {
    await opened.panel.focus();
    await drop(opened.panel, har("chrome.har"));
    await isOpen("chrome.har");
    expect((await banners()).open).toBe("chrome.har: recorded by Chrome’s Network panel; 7 cross-origin requests. The tab goes on being recorded behind it.");
    expect(await names()).toEqual(BLOCKED);
    expect((await summary(opened.panel)).count).toContain("4 blocked, 1 maybe, of 7");
    await look("list");
    await clean();
    await clickRow(opened.panel, "options-405");
    await look("detail");
    await clean();
    const detail = await opened.panel.evaluate(() => ({
      grounds: [...document.querySelectorAll(".detail section:nth-last-of-type(2) li")].map(({ textContent }) => textContent),
      picture: document.querySelector(".picture-drawing") !== null,
      fix: document.querySelector(".fix")?.textContent ?? "",
      buttons: [...document.querySelectorAll(".detail button")].map((button) => button.getAttribute("aria-label") ?? button.textContent ?? ""),
    }));
    expect(detail.grounds).toContain("The file doesn’t tell whether cookies went along: most tools leave them out when they save.");
    expect(detail.picture).toBe(true);
    expect(detail.fix).toContain("It can’t be tried here: it is from a file, and no page of this tab sends it.");
    expect(detail.buttons.filter((name) => /Try it|Send it|Reload|Network panel/.test(name))).toEqual([]);
    await click(opened.panel, "Close file");
    expect(await names()).toEqual(["options-404"]);
    expect((await banners()).open).toBeNull();
  });

  test("has what it lacks told", async () => {
    await drop(opened.panel, har("chrome.har"));
    await isOpen("chrome.har");
    await clickRow(opened.panel, "worker-fetch");
    const grounds = await opened.panel.evaluate(() => document.querySelector(".detail section:nth-last-of-type(2)")?.textContent ?? "");
    expect(grounds).toContain("The file has no answer of the server");
    // What only a tab could tell isn't asked for.
    expect(await opened.panel.evaluate(() => document.querySelector(".detail")?.textContent ?? "")).not.toContain("Switch on Precise");
  });

  test("leaves the log alone, which goes on behind it", async () => {
    await drop(opened.panel, har("chrome.har"));
    await isOpen("chrome.har");
    const before = await names();
    await opened.send("allowed-get");
    const tools = await opened.panel.evaluate(() => [...document.querySelectorAll<HTMLInputElement | HTMLButtonElement>(".toolbar button:disabled, .toolbar input:disabled")].map((tool) => tool.closest("[title]")?.getAttribute("title")));
    expect(tools).toEqual(Array.from({ length: 4 }, () => "Only for the tab: close the file first"));
    await pressWith(opened.panel, "l");
    await pressWith(opened.panel, "e");
    expect(await names()).toEqual(before);
    await click(opened.panel, "Close file");
    await expect.poll(async () => (await summary(opened.panel)).count, PATIENCE).toContain("1 blocked of 2");
    expect(await opened.panel.evaluate<boolean>(`document.querySelector(".toolbar [aria-pressed]").getAttribute("aria-pressed") === "true"`)).toBe(true);
  });

  test("takes the focus with it, and gives it back", async () => {
    await opened.panel.focus();
    await opened.panel.evaluate(`document.querySelector(".toolbar [name=open]").focus()`);
    await drop(opened.panel, har("chrome.har"));
    await isOpen("chrome.har");
    const at = (): Promise<boolean> => opened.panel.evaluate<boolean>(`document.activeElement?.matches(".list") ?? false`);
    await expect.poll(at, PATIENCE).toBe(true);
    await click(opened.panel, "Close file");
    await expect.poll(at, PATIENCE).toBe(true);
  });

  test("is opened by a key, and by a button of the toolbar", async () => {
    await opened.panel.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>("input[type=file]");
      if (input !== null) input.click = () => void (document.documentElement.dataset["chosen"] = `${Number(document.documentElement.dataset["chosen"] ?? 0) + 1}`);
    });
    expect(await pressWith(opened.panel, "o")).toBe(true);
    await click(opened.panel, "Open a HAR file");
    expect(await opened.panel.evaluate(`document.documentElement.dataset.chosen`)).toBe("2");
  });

  test("may be compressed, and may be of any name", async () => {
    await drop(opened.panel, { ...har("chrome.har.gz"), gzip: true });
    await isOpen("chrome.har.gz");
    expect(await names()).toEqual(BLOCKED);
    await drop(opened.panel, har("saved.json", `\uFEFF${CHROME}`));
    await isOpen("saved.json");
    expect(await names()).toEqual(BLOCKED);
  });

  test.each([
    ["not JSON", "hello", /^broken\.har can’t be opened\. It isn’t JSON: see line 1, column \d+\.$/],
    ["empty", "", /^broken\.har can’t be opened\. There is nothing in it\.$/],
    ["no HAR", `{"name":"a"}`, /^broken\.har can’t be opened\. It is JSON, but no HAR: log is missing\.$/],
    ["a list", "[]", /^broken\.har can’t be opened\. The file has to be an object, found a list\.$/],
    ["a number as an address", changed("url", 12), /^broken\.har can’t be opened\. log\.entries\[1\]\.request\.url has to be text, found 12\.$/],
    ["headers that are none", changed("headers", { __proto__: null, Origin: "x" }), /^broken\.har can’t be opened\. log\.entries\[1\]\.request\.headers has to be a list, found an object\.$/],
    ["a prototype for a log", `{"__proto__":{"log":{"entries":[]}}}`, /^broken\.har can’t be opened\. It is JSON, but no HAR: log is missing\.$/],
    ["markup", `{"log":{"entries":"<img src=x onerror=alert(1)>"}}`, /found "<img src=x onerror=alert\(1\)>"\.$/],
  ])("that is broken leaves all as it was: %s", async (_, text, expected) => {
    await clickRow(opened.panel, "options-404");
    await drop(opened.panel, har("broken.har", text));
    expect(await refused()).toMatch(expected);
    expect(await names()).toEqual(["options-404"]);
    expect(await opened.panel.evaluate<boolean>(`document.querySelector(".detail") !== null`)).toBe(true);
    await click(opened.panel, "Dismiss");
    expect((await banners()).alert).toBeNull();
    await press(opened.panel, "Escape");
  });

  test("that is broken says so beside the one that is open, until Escape", async () => {
    await opened.panel.focus();
    await drop(opened.panel, har("chrome.har"));
    await isOpen("chrome.har");
    await drop(opened.panel, har("a-very-long-name-of-a-file-that-was-recorded-on-a-monday.har", changed("url", null)));
    await refused();
    expect((await banners()).open).toContain("chrome.har");
    await look("refused");
    await clean();
    await press(opened.panel, "Escape");
    expect(await banners()).toMatchObject({ open: expect.stringContaining("chrome.har"), alert: null });
    expect(await focused(opened.panel)).not.toBe("nowhere");
  });

  test("may be nested as deep as it likes", async () => {
    await drop(opened.panel, { name: "deep.har", start: "[".repeat(1_000_000) });
    expect(await refused()).toMatch(/^deep\.har can’t be opened\./);
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    await drop(opened.panel, har("deep.json", CHROME.replace(`"_priority"`, `"_deep": ${deep}, "_initiator": ${deep}, "_cors": ${deep}, "_priority"`)));
    await isOpen("deep.json");
  });

  test("without a request to another origin says so", async () => {
    const { log } = JSON.parse(CHROME);
    await drop(opened.panel, har("own.har", JSON.stringify({ log: { ...log, entries: log.entries.slice(0, 1) } })));
    await isOpen("own.har");
    expect(await opened.panel.evaluate(() => document.querySelector(".state")?.textContent)).toBe("No cross-origin requestsown.har has 1 request, and none to another origin: CORS has no part in it.");
    await look("empty");
    await clean();
    await drop(opened.panel, har("none.har", `${START}${END}`));
    await isOpen("none.har");
    expect(await opened.panel.evaluate(() => document.querySelector(".state p")?.textContent)).toBe("none.har has no requests at all.");
  });

  test("can be filtered, and the filter of the log is kept meanwhile", async () => {
    await filterBy(opened.panel, "post");
    await drop(opened.panel, har("chrome.har"));
    await isOpen("chrome.har");
    expect(await names()).toEqual(BLOCKED);
    await filterBy(opened.panel, "nothing-at-all");
    expect((await summary(opened.panel)).state).toBe("Nothing matches the filter");
    await click(opened.panel, "Close file");
    expect(await opened.panel.evaluate<string>(`document.querySelector(".filter").value`)).toBe("post");
    await filterBy(opened.panel, "");
  });

  test("is the first of several", async () => {
    await drop(opened.panel, har("chrome.har"), har("b.har"), har("c.har"));
    await isOpen("chrome.har");
    expect((await banners()).alert).toBe("One file is open at a time. Not opened: b.har, c.har.");
    await click(opened.panel, "Dismiss");
    expect((await banners()).alert).toBeNull();
  });

  test("is shown where to be dropped; what is no file is left to the browser", async () => {
    const shows = (): Promise<boolean> => opened.panel.evaluate<boolean>(`document.querySelector(".drop-target") !== null`);
    expect(await drag(opened.panel, "dragover", "text")).toBe(false);
    expect(await shows()).toBe(false);
    expect(await drag(opened.panel, "drop", "text")).toBe(false);
    expect(await drag(opened.panel, "dragover", "file")).toBe(true);
    await until("the target is shown", shows);
    // It is gone by itself a second after the last word of the drag.
    const hold = setInterval(() => void drag(opened.panel, "dragover", "file").catch(() => null), 300);
    try {
      await look("target");
      await clean();
    } finally {
      clearInterval(hold);
    }
    await until("the target is gone", async () => !(await shows()));
    await drag(opened.panel, "dragover", "file");
    await until("the target is shown", shows);
    await drag(opened.panel, "dragleave", "file");
    await until("the target is gone", async () => !(await shows()));
    expect(await banners()).toEqual({ open: null, alert: null, reading: null });
  });

  test("can be given up in the middle", async () => {
    await opened.panel.focus();
    await drop(opened.panel, { name: "long.har", start: START, middle: long(10_000), times: 20_000, end: END });
    await until("it is being read", async () => (await banners()).reading !== null);
    expect(await names()).toEqual(["options-404"]);
    await clean();
    await opened.panel.screenshot(`out/import-reading-${build.name}.png`, { width: 400, height: 700 });
    await click(opened.panel, "Cancel");
    expect(await banners()).toEqual({ open: null, alert: null, reading: null });
    expect(await focused(opened.panel)).not.toBe("nowhere");
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(await banners()).toEqual({ open: null, alert: null, reading: null });
  });

  test.each([
    ["error", { message: "out of memory" }, "What reads it broke off, saying “out of memory”."],
    ["error", {}, "What reads it broke off: there may not be enough memory. Record less, or leave out the bodies."],
    ["messageerror", {}, "What reads it broke off: there may not be enough memory. Record less, or leave out the bodies."],
    ["message", { data: { type: "unreadable" } }, "It can’t be read: it is a folder, or it was moved, deleted or locked since."],
    ["message", { data: { type: "part", entries: [{ row: 1 }] } }, "What reads it broke off: there may not be enough memory. Record less, or leave out the bodies."],
    ["nothing", {}, "Nothing was heard of it for a minute: it may be too large for the memory that is left. Record less, or leave out the bodies."],
  ])("isn’t opened when its worker fails: %s %j", async (event, fields, expected) => {
    await opened.panel.evaluate(
      (type, all) => {
        const { Worker: real, setTimeout: wait } = window;
        const fake = {
          postMessage: (message: { type: string }) =>
            message.type === "stop"
              ? Object.assign(window, { Worker: real, setTimeout: wait })
              : void wait(() => Reflect.get(fake, `on${type}`)?.(Object.assign(new Event(type, { cancelable: true }), all)), 20),
        };
        // A minute is long.
        Object.assign(window, { Worker: function () { return fake; }, setTimeout: (then: () => void, time: number) => wait(then, time === 60_000 ? 100 : time) });
      },
      event,
      fields,
    );
    await drop(opened.panel, har("broken.har"));
    expect(await refused()).toBe(`broken.har can’t be opened. ${expected}`);
    await click(opened.panel, "Dismiss");
    await drop(opened.panel, har("chrome.har"));
    await isOpen("chrome.har");
  });

  test("of 30 MB is opened", async () => {
    await drop(opened.panel, { name: "30mb.har", start: START, middle: long(30_000), times: 1000, end: END });
    await isOpen("30mb.har");
    expect((await summary(opened.panel)).count).toContain("1,000 blocked of 1,000");
  });
});
