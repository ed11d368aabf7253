/** `npm run screenshots [-- --chromium | --firefox]`: the panel's states in real DevTools, in both themes and four sizes, as pictures in out/screenshots. */
import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { until, type Size } from "../browsers/browser.ts";
import { ensureBrowser } from "../browsers/install.ts";
import { clickRow } from "./hands.ts";
import { inKorean } from "./korean.ts";
import { BLOCKED, BROWSERS, type LabPanel, openLabPanel } from "./lab-panel.ts";
import { rows, summary } from "./shown.ts";

const FOLDER = "out/screenshots";

const WIDTHS: Readonly<Record<string, Size>> = {
  400: { width: 400, height: 800 },
  800: { width: 800, height: 800 },
  1600: { width: 1600, height: 900 },
  docked: { width: 1600, height: 320 },
};

const { values } = parseArgs({ options: { chromium: { type: "boolean" }, firefox: { type: "boolean" } } });
const wanted = BROWSERS.filter(({ name }) => values[name] ?? !(values.chromium || values.firefox));

type Taken = (state: string) => Promise<void>;

/** From nothing to everything, each state in all sizes. */
async function walk(opened: LabPanel, take: Taken): Promise<void> {
  const { panel } = opened;
  const listed = (count: number): Promise<void> => until(`${count} rows are listed`, async () => (await rows(panel)).length === count);
  const scrollTo = (selector: string): Promise<void> => panel.evaluate((found) => document.querySelector(found)?.scrollIntoView({ block: "start" }), selector);
  const group = (): Promise<void> => panel.evaluate(`document.querySelector("input[name=grouped]").click()`);

  await take("empty");
  await opened.send("allowed-get");
  await until("it was watched", async () => (await summary(panel)).state !== null);
  await take("none-blocked");
  await opened.send("trailing-slash");
  await listed(1);
  await clickRow(panel, "trailing-slash");
  await take("one-block");
  // Forty that fail alike, among some that don't.
  for (let index = 0; index < 40; index++) await opened.send("preflight-401");
  for (const id of ["options-404", "wildcard-with-credentials", "session-over", "header-twice", "redirect-with-password", "connection-refused"]) if (BLOCKED.includes(id)) await opened.send(id);
  await group();
  await until("the groups are there", () => panel.evaluate<boolean>(`document.querySelectorAll(".list [role=row]").length >= 7`));
  await take("groups");
  await group();
  await clickRow(panel, "options-404");
  await take("detail");
  await scrollTo(".picture");
  await take("picture");
  await panel.evaluate(`document.querySelector(".toolbar .icon-learn").closest("button").click()`);
  await take("guide");
}

ensureBrowser("chromium");
ensureBrowser("gecko");
await mkdir(FOLDER, { recursive: true });
for (const build of wanted) {
  for (const theme of ["light", "dark"] as const) {
    const languages = theme === "light" ? ["en", "ko"] : ["en"];
    for (const language of languages) {
      const korean = language === "ko" ? await inKorean(build) : null;
      const opened = await openLabPanel(korean?.build ?? build, theme);
      await walk(opened, async (state) => {
        for (const [width, size] of Object.entries(WIDTHS)) await opened.panel.screenshot(`${FOLDER}/${build.name}-${language}-${theme}-${state}-${width}.png`, size);
      }).finally(async () => {
        await opened.close();
        await korean?.remove();
      });
      console.log(`${build.name}, ${theme}, ${language}`);
    }
  }
}
