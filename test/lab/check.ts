import type { Har } from "har-format";
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { HAR_REQUEST, IS_WATCHING, until, type Browser } from "../browsers/browser.ts";
import type { Result } from "./page/fetch.ts";
import { scenarios } from "./scenarios.ts";
import type { Lab } from "./server.ts";
import { isComplete, type Row, rows, table } from "./table.ts";

/**
 * Sends every request of the lab, prints each verdict beside the browser's own, and leaves the HAR and a picture of the panel in a folder.
 * @returns whether all agree
 */
export async function check(browser: Browser, lab: Lab, folder: string): Promise<boolean> {
  const name = browser.engine === "chromium" ? "chromium" : "firefox";
  const harFile = join(folder, `lab-${name}.har`);
  const pictureFile = join(folder, `panel-${name}.png`);
  await mkdir(folder, { recursive: true });

  const page = await browser.openPage(lab.url);
  const devTools = await browser.openDevTools(page);
  await until("the panel is watching", () => devTools.evaluate<boolean>(IS_WATCHING));
  await browser.verdicts();
  const results = await page.evaluate<Record<string, Result>>("runAll()");

  const report = (): Promise<Har> => devTools.evaluate<Har>(`(${HAR_REQUEST})(${page.tabId})`);
  let har = await report();
  const complete = await until("every request has its final verdict", async () => {
    const before = JSON.stringify(har.log.entries);
    // The proof of an outcome may come a little after the response.
    await setTimeout(500);
    har = await report();
    return isComplete(har) && JSON.stringify(har.log.entries) === before;
  }).then(() => true, () => false);
  const compared = rows(browser.engine, har, await browser.verdicts(), results);

  await writeFile(harFile, `${JSON.stringify(har, null, 2)}\n`);
  await devTools.evaluate(SHOW_A_REQUEST);
  await devTools.screenshot(pictureFile);

  const agreeing = compared.filter(({ agrees }) => agrees).length;
  console.log(`\n${table(compared)}\n`);
  const sum = (count: (row: Row) => number): number => compared.reduce((total, row) => total + count(row), 0);
  const found = sum(({ causes }) => causes.length);
  const wrong = sum(({ falseCauses }) => falseCauses.length);
  const missed = sum(({ missedCauses }) => missedCauses.length);
  const right = found - wrong;
  if (!complete) console.log("Some requests were not reported, or still changing, after 20 s.");
  console.log(`${browser.version}: ${agreeing} of ${scenarios.length} verdicts agree with the browser's own.`);
  console.log(`Causes over ${scenarios.length} labelled requests: precision ${percent(right, found)}, recall ${percent(right, right + missed)}.`);
  for (const file of [harFile, pictureFile]) console.log(relative(process.cwd(), file));
  return agreeing === scenarios.length && wrong === 0 && missed === 0;
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`;

/** A picture says more with one request's explanation open. */
const SHOW_A_REQUEST = `(async () => {
  const row = [...document.querySelectorAll("[role=row]")].find(({ textContent }) => textContent.includes("trailing-slash"));
  row?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 300));
})()`;
