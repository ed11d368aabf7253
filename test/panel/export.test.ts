import type { Har } from "har-format";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAR_REQUEST, until } from "../browsers/browser.ts";
import { click, filterBy } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { rows } from "./shown.ts";

const SENT = ["trailing-slash", "redirect-asks-again", "method-not-listed", "allowed-preflight"];

interface Saved {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

describe.each(BROWSERS)("Export HAR in $name", (build) => {
  let opened: LabPanel;
  let saved: Saved;
  let har: Har;

  const workers = (): Promise<Har> => opened.panel.evaluate<Har>(`(${HAR_REQUEST})(${opened.page.tabId})`);

  /** Clicks the button, and takes the file instead of the browser. */
  async function exported(): Promise<Saved> {
    await opened.panel.evaluate(() => {
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
          return Promise.all(files.map(async ({ name, blob }) => ({ name, type: blob.type, text: await blob.text() })));
        },
      });
    });
    await click(opened.panel, "Export HAR");
    const files = await opened.panel.evaluate<Saved[]>("window.takeFiles()");
    expect(files).toHaveLength(1);
    return files[0] ?? { name: "", type: "", text: "" };
  }

  beforeAll(async () => {
    opened = await openLabPanel(build);
  });
  afterAll(() => opened?.close());

  test("has nothing to save before there are requests", async () => {
    await expect(click(opened.panel, "Export HAR")).rejects.toThrow("disabled");
  });

  test("saves a file of JSON", async () => {
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
        timings: { send: 0, wait: expect.any(Number), receive: expect.any(Number) },
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

  test("the same as the worker's", async () => {
    expect(har).toEqual(await workers());
  });

  test("whole, whatever the filter hides", async () => {
    await filterBy(opened.panel, "trailing");
    await click(opened.panel, "Blocked");
    expect((await rows(opened.panel)).length).toBe(1);
    expect(JSON.parse((await exported()).text)).toEqual(har);
  });
});

function corsOf(entry: object): object {
  const cors: unknown = Reflect.get(entry, "_cors");
  return typeof cors === "object" && cors !== null ? cors : {};
}
