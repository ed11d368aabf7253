import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { drop, importBanners } from "../panel/files.ts";
import { BROWSERS, type LabPanel, openLabPanel } from "../panel/lab-panel.ts";

/** It takes a minute: `npm run hostile` runs it, `npm test` doesn't. */
describe.each(BROWSERS)("a file in $name's panel", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
  });
  afterAll(() => opened?.close());

  test("is told to be too long, if it is longer than a text can be", async () => {
    const megabytes = build.engine === "chromium" ? 512 : 1024;
    const start = `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"1"},"pages":[],"entries":[`;
    await drop(opened.panel, { name: "bomb.har.gz", start, middle: " ".repeat(100_000), times: megabytes * 10.6, end: "]}}", gzip: true });
    const alert = async (): Promise<string | null> => (await importBanners(opened.panel)).alert;
    await until("it is refused", async () => (await alert()) !== null, 120_000);
    expect(await alert()).toBe(`bomb.har.gz can’t be opened. It is too long: this browser reads about ${megabytes} MB at once. Record less, or leave out the bodies.`);
  });
});
