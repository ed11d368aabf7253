import { readFile } from "node:fs/promises";
import { until } from "../browsers/browser.ts";
import { drop, importBanners } from "../panel/files.ts";
import { click } from "../panel/hands.ts";
import type { Shown } from "../panel/shown.ts";

/** A HAR of 10,000 requests has then 100 MB. */
const BODY_BYTES = 9000;

/**
 * Opens a HAR of many blocked requests in the panel, and closes it.
 * @returns the longest time between two frames while it was read and judged, in milliseconds
 */
export async function longestGapWhileOpening(panel: Shown, requests: number): Promise<number> {
  const log: { log: { entries: object[] } } = JSON.parse(await readFile("test/recorded/hars/chrome.har", "utf8"));
  // What is measured is the reading: to make the file takes the page a while.
  await panel.evaluate(() => {
    Reflect.set(window, "longestGap", 0);
    document.addEventListener("drop", () => {
      let before: number | null = null;
      const next = (time: number): void => {
        if (before !== null) Reflect.set(window, "longestGap", Math.max(Number(Reflect.get(window, "longestGap")), time - before));
        before = time;
        if (document.querySelector(".banner-file") === null) requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    }, { once: true });
  });
  const entry = JSON.stringify({ ...log.log.entries[1], _body: "x".repeat(BODY_BYTES) });
  await drop(panel, { name: "large.har", start: `{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"1"},"pages":[],"entries":[`, middle: entry, times: requests, end: "]}}" });
  await until("the file is open", async () => (await importBanners(panel)).open !== null, 120_000);
  const gap = await panel.evaluate<number>("window.longestGap");
  await click(panel, "Close file");
  return gap;
}
