import { mkdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../browsers/browser.ts";
import { drop, importBanners } from "../files.ts";
import { clickRow } from "../hands.ts";
import { inKorean } from "../korean.ts";
import { BROWSERS, type LabPanel, openLabPanel } from "../lab-panel.ts";
import { overflowing } from "../legibility.ts";
import { violations } from "../violations.ts";

const CHROME = await readFile("test/recorded/hars/chrome.har", "utf8");
const BROKEN = `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"1"},"entries":[{"request":{"url":12}}]}}`;

describe.each(BROWSERS)("a file in $name's panel, dark and in Korean", (build) => {
  let opened: LabPanel;
  let korean: Awaited<ReturnType<typeof inKorean>>;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    korean = await inKorean(build);
    opened = await openLabPanel(korean.build, "dark");
  });
  afterAll(async () => {
    await opened?.close();
    await korean?.remove();
  });

  test("reads well", async () => {
    await drop(opened.panel, { name: "chrome.har", start: CHROME }, { name: "b.har", start: CHROME });
    await until("it is open", async () => (await importBanners(opened.panel)).open !== null);
    await clickRow(opened.panel, "options-405");
    await drop(opened.panel, { name: "broken.har", start: BROKEN });
    await until("it is refused", async () => (await importBanners(opened.panel)).alert?.startsWith("broken.har") === true);
    await opened.panel.screenshot(`out/import-korean-${build.name}.png`, { width: 1280, height: 800 });
    await opened.panel.screenshot(`out/import-korean-${build.name}-narrow.png`, { width: 400, height: 700 });
    expect(await overflowing(opened.panel)).toEqual([]);
    expect(await violations(opened.panel)).toEqual([]);
  });
});
