/** `npm run screenshots:store`: the pictures for both stores, English and Korean, 1280×800, in store/screenshots. */
import { mkdir } from "node:fs/promises";
import { until } from "../browsers/browser.ts";
import { clickRow } from "./hands.ts";
import { inKorean } from "./korean.ts";
import { BROWSERS, type LabPanel, openLabPanel } from "./lab-panel.ts";
import { rows } from "./shown.ts";

const FOLDER = "store/screenshots";
const SIZE = { width: 1280, height: 800 };
const SHOWN = ["trailing-slash", "preflight-401", "options-404", "wildcard-with-credentials", "session-over", "header-twice", "redirect-with-password", "connection-refused"];

/** From the verdict to the guide, in the order in which the stores show them. */
async function walk({ panel, send }: LabPanel, take: (state: string) => Promise<void>): Promise<void> {
  const scrollTo = (selector: string): Promise<void> => panel.evaluate((found) => document.querySelector(found)?.scrollIntoView({ block: "start" }), selector);
  for (const id of SHOWN) await send(id);
  await until("they are listed", async () => (await rows(panel)).length >= SHOWN.length);
  await clickRow(panel, "trailing-slash");
  await take("1-verdict");
  await clickRow(panel, "wildcard-with-credentials");
  await scrollTo(".picture");
  await take("2-picture");
  await clickRow(panel, "options-404");
  await scrollTo(".fix");
  await take("3-fix");
  await panel.evaluate(`document.querySelector(".toolbar .icon-learn").closest("button").click()`);
  await take("4-guide");
}

await mkdir(FOLDER, { recursive: true });
for (const build of BROWSERS.filter(({ engine }) => engine === "chromium")) {
  for (const language of ["en", "ko"]) {
    const korean = language === "ko" ? await inKorean(build) : null;
    const opened = await openLabPanel(korean?.build ?? build);
    await walk(opened, (state) => opened.panel.screenshot(`${FOLDER}/${language}-${state}.png`, SIZE)).finally(async () => {
      await opened.close();
      await korean?.remove();
    });
  }
}
