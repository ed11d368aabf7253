import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { clickRow } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, scenarioOf } from "./lab-panel.ts";
import { faintTexts, overflowing } from "./legibility.ts";
import { rows } from "./shown.ts";

const LOOKS = BROWSERS.flatMap((build) => (["light", "dark"] as const).map((theme) => ({ ...build, theme })));

/** Enough to have to scroll at 400 pixels. */
const SENT = [
  "missing-allow-origin", "error-500", "trailing-slash", "another-origin", "quotes-around-origin", "header-twice", "wildcard-with-credentials",
  "allow-credentials-missing", "preflight-without-allow-credentials", "options-405", "sentry-trace", "session-over", "redirect-with-password",
  "connection-refused", "options-404", "preflight-401",
];

const WIDTHS = [400, 1600] as const;

describe.each(LOOKS)("the panel in $name, $theme", ({ theme, ...build }) => {
  let opened: LabPanel;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    opened = await openLabPanel(build, theme);
    for (const id of SENT) await opened.send(id);
    await until("the last one is listed", async () => (await rows(opened.panel)).some(({ address }) => scenarioOf(address) === SENT.at(-1)));
    await clickRow(opened.panel, "options-404");
  });
  afterAll(() => opened?.close());

  test("has the theme of DevTools", async () => {
    const look = await opened.panel.evaluate(() => {
      const [red = 0, green = 0, blue = 0] = (/\d+, \d+, \d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0] ?? "").split(", ").map(Number);
      const { theme, browser } = document.documentElement.dataset;
      return { theme, browser, ground: red + green + blue > 3 * 128 ? "light" : "dark", scheme: getComputedStyle(document.documentElement).colorScheme };
    });
    expect(look).toEqual({ theme, browser: build.name, ground: theme, scheme: theme });
  });

  test.each(WIDTHS)("fits into %i pixels, and all of it can be read", async (width) => {
    await opened.panel.screenshot(`out/panel-${build.name}-${theme}-${width}.png`, { width, height: width < 600 ? 800 : 900 });
    expect(await opened.panel.evaluate<number>("innerWidth")).toBe(width);
    expect(await overflowing(opened.panel)).toEqual([]);
    expect(await faintTexts(opened.panel)).toEqual([]);
  });
});
