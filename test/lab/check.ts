import type { Har } from "har-format";
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { HAR_REQUEST, IS_WATCHING, until, type Browser } from "../browsers/browser.ts";
import type { Result } from "./page/fetch.ts";
import { scenarios } from "./scenarios.ts";
import type { Lab } from "./server.ts";
import { isSettled, rows, table } from "./table.ts";

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
  const complete = await until("every request has its verdict", async () => isSettled(await report())).then(() => true, () => false);
  const har = await report();
  const compared = rows(browser.engine, har, await browser.verdicts(), results);

  await writeFile(harFile, `${JSON.stringify(har, null, 2)}\n`);
  await devTools.evaluate(SHOW_A_REQUEST);
  await devTools.screenshot(pictureFile);

  const agreeing = compared.filter(({ agrees }) => agrees).length;
  console.log(`\n${table(compared)}\n`);
  if (!complete) console.log("Some requests had no verdict after 20 s.");
  console.log(`${browser.version}: ${agreeing} of ${scenarios.length} verdicts agree with the browser's own.`);
  for (const file of [harFile, pictureFile]) console.log(relative(process.cwd(), file));
  return agreeing === scenarios.length;
}

/** A picture says more with one request's explanation open. */
const SHOW_A_REQUEST = `(() => {
  const rows = [...document.querySelectorAll("[role=row], [role=option], tr, li")];
  rows.find((row) => row.textContent.includes("trailing-slash"))?.click();
})()`;
