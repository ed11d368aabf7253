import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickRow } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, sendAll } from "./lab-panel.ts";
import { faintTexts, overflowing } from "./legibility.ts";

const LOOKS = BROWSERS.flatMap((build) => (["light", "dark"] as const).map((theme) => ({ ...build, theme })));

/** Firefox makes no window narrower than 450. */
const WIDTHS = [400, 1600] as const;

describe.each(LOOKS)("the panel in $name, $theme", ({ theme, ...build }) => {
  let opened: LabPanel;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    opened = await openLabPanel(build, theme);
    await sendAll(opened);
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
    const inner = await opened.panel.evaluate<number>("innerWidth");
    expect(inner).toBeLessThanOrEqual(Math.max(width, build.engine === "gecko" ? 450 : 0));
    expect(await overflowing(opened.panel)).toEqual([]);
    expect(await faintTexts(opened.panel)).toEqual([]);
  });
});
