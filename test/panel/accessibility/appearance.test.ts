import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../browsers/browser.ts";
import { click, clickRow } from "../hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, scenarioOf } from "../lab-panel.ts";
import { covered, cut, faintTexts, overflowing } from "../legibility.ts";
import { rows } from "../shown.ts";

const LOOKS = BROWSERS.flatMap((build) => (["light", "dark"] as const).map((theme) => ({ ...build, theme })));

/** Enough to have to scroll at 400 pixels; one is there twice, and makes a group. */
const SENT = [
  "missing-allow-origin", "error-500", "trailing-slash", "another-origin", "quotes-around-origin", "header-twice", "wildcard-with-credentials",
  "allow-credentials-missing", "preflight-without-allow-credentials", "options-405", "sentry-trace", "session-over", "redirect-with-password",
  "connection-refused", "options-404", "trailing-slash", "preflight-401",
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

  test("what is chosen differs from what is not by more than a faint ground", async () => {
    const marks = await opened.panel.evaluate(async () => {
      await Promise.all(document.getAnimations().map(({ finished }) => finished));
      const ground = getComputedStyle(document.body).backgroundColor;
      const looks = [".list-body [aria-selected=true]", ".switch [aria-pressed=true]"].map((chosen) => document.querySelector(chosen)).map((element) => (element === null ? null : getComputedStyle(element)));
      return looks.map((look) => [ground, look?.backgroundColor ?? ground, ...(look?.boxShadow.match(/rgb\([^)]*\)/g) ?? [])]);
    });
    for (const [ground = "", ...others] of marks) expect(Math.max(...others.map((other) => contrast(ground, other)))).toBeGreaterThanOrEqual(3);
  });

  /** At 400 pixels it is what a window of 800 shows at 200 %. */
  async function fits(name: string, width: number): Promise<void> {
    await opened.panel.screenshot(`out/${name}-${build.name}-${theme}-${width}.png`, { width, height: width < 600 ? 800 : 900 });
    expect(await opened.panel.evaluate<number>("innerWidth")).toBe(width);
    expect(await overflowing(opened.panel)).toEqual([]);
    expect(await covered(opened.panel)).toEqual([]);
    expect(await cut(opened.panel)).toEqual([]);
    expect(await faintTexts(opened.panel)).toEqual([]);
  }
  const scrollTo = (selector: string): Promise<void> => opened.panel.evaluate((wanted) => document.querySelector(wanted)?.scrollIntoView({ block: "start" }), selector);

  test.each(WIDTHS)("fits into %i pixels, and all of it can be read", (width) => fits("panel", width));

  test.each(WIDTHS)("its fix fits into %i pixels", async (width) => {
    await scrollTo(".fix");
    await fits("fix", width);
  });

  test.each(WIDTHS)("its picture fits into %i pixels", async (width) => {
    await scrollTo(".picture");
    await fits("picture", width);
  });

  test.each(WIDTHS)("its groups fit into %i pixels", async (width) => {
    const isGrouped = await opened.panel.evaluate<boolean>(`document.querySelector("input[name=grouped]").checked`);
    if (!isGrouped) await click(opened.panel, "Group");
    expect(await opened.panel.evaluate<number>(`document.querySelectorAll(".times").length`)).toBe(1);
    await scrollTo(".detail .verdict");
    await fits("groups", width);
  });

  test.each(WIDTHS)("the guide fits into %i pixels, and all of it can be read", async (width) => {
    if ((await opened.panel.evaluate<number>(`document.querySelectorAll(".guide").length`)) === 0) await click(opened.panel, "Learn");
    await fits("guide", width);
  });
});

/** Of two colours as `getComputedStyle` writes them. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(...colors: readonly [string, string]): number {
  const [low = 0, high = 0] = colors.map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((channel) => Number(channel) / 255).map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
