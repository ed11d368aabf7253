import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { click, clickRow, focused, press } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { faintTexts, overflowing } from "./legibility.ts";
import { detail, rows } from "./shown.ts";

const HOSTILE = `</text></svg><script>alert(1)</script>&quot;"'`;
const SENT = ["preflight-401", "redirect-asks-again", "connection-refused"];

describe.each(BROWSERS)("the picture of an exchange in $name", (build) => {
  let opened: LabPanel;
  let hostile: Server;
  let api: string;
  let page: string;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    hostile = createServer((_request, response) => response.setHeader("Access-Control-Allow-Origin", HOSTILE).end()).listen(0, "127.0.0.1");
    opened = await openLabPanel(build);
    api = new URL(opened.lab.origins.api).host;
    page = new URL(opened.lab.origins.page).host;
    for (const id of SENT) await opened.send(id);
    const { port } = hostile.address() as AddressInfo;
    await opened.page.evaluate(`fetch("http://127.0.0.1:${port}/hostile").catch(() => null).then(() => null)`);
    await until("all are listed as blocked", async () => (await rows(opened.panel)).filter(({ outcome }) => outcome === "Blocked").length === SENT.length + 1);
  });
  afterAll(async () => {
    await opened?.close();
    hostile?.close();
  });

  const steps = (): Promise<string[]> => opened.panel.evaluate(`[...document.querySelectorAll(".picture-steps > li")].map(({ textContent }) => textContent)`);
  const open = async (): Promise<string[]> => (await detail(opened.panel))?.stations.filter((station) => station.open).map(({ kind }) => kind) ?? [];

  test("is told in words, step by step", async () => {
    await clickRow(opened.panel, "preflight-401");
    await expect.poll(steps, PATIENCE).toEqual([
      `Page ${page} to Browser: GET /preflight-401`,
      `Browser to Server ${api}: OPTIONS /preflight-401`,
      `Server ${api} to Browser: 401 Unauthorized`,
      "Browser stops here: Preflight status is not OK; Status: 401; Any status from 200 to 299, such as: 204",
      `Browser to Server ${api}: GET /preflight-401; never sent`,
      `Browser to Page ${page}: The page gets only an error`,
    ]);
  });

  test("is drawn, with a step over each of its rows", async () => {
    const [texts, apart] = await opened.panel.evaluate(() => {
      const boxes = [...document.querySelectorAll(".picture-steps button")].map((button) => button.getBoundingClientRect());
      const drawing = document.querySelector(".picture-drawing");
      const outside = boxes.filter(({ top, bottom, left, right }, index) => {
        const frame = drawing?.getBoundingClientRect();
        return frame === undefined || top < frame.top || bottom > frame.bottom || left < frame.left - 1 || right > frame.right + 1 || top < (boxes[index - 1]?.bottom ?? 0) - 0.5;
      });
      return [[...(drawing?.querySelectorAll("text") ?? [])].map(({ textContent }) => textContent), outside.length] as const;
    });
    expect(texts).toEqual(expect.arrayContaining(["Page", page, "Browser", build.engine === "chromium" ? "Chromium" : "Firefox", api, "OPTIONS /preflight-401", "401 Unauthorized", "Status: 401", "never sent"]));
    expect(apart).toBe(0);
  });

  test("is one stop of the Tab key, at where it stopped; the arrow keys go on, and a step opens its message", async () => {
    const stops = await opened.panel.evaluate(`[...document.querySelectorAll(".picture-steps button")].filter(({ tabIndex }) => tabIndex === 0).map(({ textContent }) => textContent)`);
    expect(stops).toEqual([expect.stringMatching(/^Browser stops here/)]);
    expect(await open()).toEqual(["Preflight"]);
    await opened.panel.evaluate(`document.querySelector(".picture-steps button[tabindex='0']").focus()`);
    await press(opened.panel, "ArrowDown");
    expect(await focused(opened.panel)).toMatch(/never sent$/);
    await press(opened.panel, "End", "ArrowDown");
    expect(await focused(opened.panel)).toMatch(/^Browser to Page/);
    await press(opened.panel, "Home", "ArrowUp");
    expect(await focused(opened.panel)).toMatch(/^Page/);
    // Of keys that a test makes up the browser makes no click.
    await opened.panel.evaluate("document.activeElement.click()");
    await expect.poll(open, PATIENCE).toEqual(["Preflight", "Request"]);
    expect(await focused(opened.panel)).toMatch(/^RequestGET/);
    const [chosen, current, inSight] = await opened.panel.evaluate<[string, string[], boolean]>(`[
      document.querySelector(".station-chosen .station-kind").textContent,
      [...document.querySelectorAll(".picture-steps [aria-current]")].map(({ textContent }) => textContent.split(" ")[0]),
      document.activeElement.getBoundingClientRect().top >= document.querySelector(".detail-head").getBoundingClientRect().bottom - 1 && document.activeElement.getBoundingClientRect().bottom <= innerHeight,
    ]`);
    expect([chosen, current, inSight]).toEqual(["Request", ["Page", "Browser", "Browser"], true]);
  });

  test("fits into 400 pixels", async () => {
    await clickRow(opened.panel, "redirect-asks-again");
    await opened.panel.screenshot(`out/picture-${build.name}.png`, { width: 400, height: 900 });
    await opened.panel.evaluate(`document.querySelector(".picture").scrollIntoView({ block: "end" })`);
    await opened.panel.screenshot(`out/picture-${build.name}.png`, { width: 400, height: 900 });
    expect(await overflowing(opened.panel)).toEqual([]);
    expect(await faintTexts(opened.panel)).toEqual([]);
  });

  describe("saved", () => {
    test("as SVG, stands alone, and hostile text in it is text", async () => {
      await clickRow(opened.panel, "hostile");
      const [file] = await saved("Save as SVG");
      expect(file).toMatchObject({ name: expect.stringMatching(/^cors-127\.0\.0\.1-\d+-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.svg$/), type: "image/svg+xml" });
      const text = Buffer.from(file?.base64 ?? "", "base64").toString();
      expect(text).not.toMatch(/<script|<style|<image|<use|href|url\(|var\(|class=|&quot;&quot;/);
      // Not in the panel: its policy lets nobody parse markup there.
      const parsed = await opened.page.evaluate((source: string) => {
        const { documentElement } = new DOMParser().parseFromString(source, "image/svg+xml");
        const all = [...documentElement.querySelectorAll("*")];
        return {
          root: documentElement.localName,
          names: [...new Set(all.map(({ localName }) => localName))].sort(),
          texts: all.filter(({ localName }) => localName === "text").map(({ textContent }) => textContent).join(""),
          description: documentElement.querySelector("desc")?.textContent ?? "",
          unpainted: all.filter((element) => ["text", "rect", "path"].includes(element.localName) && !/^(rgb|none)/.test(element.getAttribute("fill") ?? "")).length,
        };
      }, text);
      expect(parsed).toMatchObject({ root: "svg", names: ["circle", "desc", "g", "path", "rect", "text", "title"], unpainted: 0 });
      expect(parsed.texts).toContain("<script>");
      expect(parsed.description.split("\n")).toEqual(await steps());
    });

    test("as PNG, of twice the size, with a margin", async () => {
      const [file] = await saved("Save as PNG");
      expect(file).toMatchObject({ name: expect.stringMatching(/\.png$/), type: "image/png" });
      const png = Buffer.from(file?.base64 ?? "", "base64");
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      const size = await opened.panel.evaluate<number[]>(`["width", "height"].map((name) => 2 * (Number(document.querySelector(".picture-drawing").getAttribute(name)) + 24))`);
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size);
    });
  });

  /** Clicks a button, and takes the file instead of the browser. */
  async function saved(button: string): Promise<{ name: string; type: string; base64: string }[]> {
    await opened.panel.evaluate(() => {
      const { createObjectURL } = URL;
      const { click: follow } = HTMLAnchorElement.prototype;
      const blobs = new Map<string, Blob>();
      const files: { name: string; blob: Blob }[] = [];
      URL.createObjectURL = (source: Blob) => {
        const url = createObjectURL.call(URL, source);
        blobs.set(url, source);
        return url;
      };
      HTMLAnchorElement.prototype.click = function () {
        files.push({ name: this.download, blob: blobs.get(this.href) ?? new Blob() });
      };
      Object.assign(window, {
        takeFiles: async () => {
          while (files.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          URL.createObjectURL = createObjectURL;
          HTMLAnchorElement.prototype.click = follow;
          return Promise.all(files.map(async ({ name, blob }) => ({ name, type: blob.type, base64: btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()))) })));
        },
      });
    });
    await click(opened.panel, button);
    return opened.panel.evaluate("window.takeFiles()");
  }
});
