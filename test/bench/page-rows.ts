import { setTimeout } from "node:timers/promises";
import type { Browser, Page } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import type { Build } from "../panel/lab-panel.ts";
import { floorExtension, inertExtension } from "./bare-extensions.ts";
import { type Figure, figure } from "./figure.ts";
import { spreadOf } from "./numbers.ts";
import { FETCHES, type PageSite, startPageSite, SUBRESOURCES } from "./page-site.ts";

/** What stands beside the page while it is measured. */
const VARIANTS = ["none", "installed", "other tab", "floor of other tab", "this tab", "floor", "floor of DevTools too"] as const;
type Variant = (typeof VARIANTS)[number];

/** With DevTools open on the page that is measured. */
const OPEN_HERE: readonly Variant[] = ["this tab", "floor", "floor of DevTools too"];

/** Which are compared, and what the ratio should be at most. */
const COMPARED: readonly (readonly [Variant, Variant, number | null])[] = [
  ["installed", "none", 1],
  ["other tab", "none", 1.1],
  ["other tab", "floor of other tab", null],
  ["this tab", "floor", 1.1],
  ["this tab", "floor of DevTools too", 1.1],
  ["this tab", "none", null],
];

const ROWS: readonly { readonly name: string; measure(page: Page, site: PageSite): Promise<number> }[] = [
  { name: `a page's ${FETCHES} fetches, half preflighted`, measure: (page, site) => page.evaluate<number>(site.fetchAll) },
  {
    name: `a page of ${SUBRESOURCES} subresources`,
    measure: async (page, site) => {
      await page.goto(site.mixed);
      const time = await page.evaluate<number>("window.loaded");
      await page.goto(site.quiet);
      return time;
    },
  },
];

/** After it is opened or has loaded a page, how long until the extension listens to no more than it has to, in milliseconds. */
const SETTLE_MILLISECONDS = 6000;
const PAUSE_MILLISECONDS = 1200;

interface Opened {
  readonly variant: Variant;
  readonly browser: Browser;
  readonly page: Page;
}

/**
 * How long pages take with and without the extension. All variants are open at once, each in a browser of its own, and
 * take turns, so that whatever else the machine does slows them all. Ratios are within a round.
 */
export async function pageFigures(build: Build, rounds: number): Promise<Figure[]> {
  const site = await startPageSite();
  const opened: Opened[] = [];
  const times = ROWS.map(() => new Map<Variant, number[]>(VARIANTS.map((variant) => [variant, []])));
  try {
    for (const variant of VARIANTS) opened.push(await open(variant, build, site));
    await setTimeout(SETTLE_MILLISECONDS);
    for (let round = -1; round < rounds; round++) {
      for (const [place, row] of ROWS.entries()) {
        for (const { variant, page } of rotated(opened, Math.max(round, 0))) {
          await page.evaluate(site.nudge);
          await setTimeout(PAUSE_MILLISECONDS);
          const time = await row.measure(page, site);
          // The first round only warms.
          if (round >= 0) times[place]?.get(variant)?.push(time);
        }
      }
    }
  } finally {
    await Promise.all(opened.map(({ browser }) => browser.close()));
    site.close();
  }
  const where = `pages in ${build.name} ${opened[0]?.browser.version ?? ""}`;
  return ROWS.flatMap(({ name }, place) => {
    const of = (variant: Variant): number[] => times[place]?.get(variant) ?? [];
    return [
      ...VARIANTS.map((variant) => figure(where, `${name}: ${variant}`, "ms", spreadOf(of(variant)))),
      ...COMPARED.map(([one, other, wanted]) => {
        const ratios = of(one).map((time, round) => time / (of(other)[round] ?? NaN));
        return figure(where, `${name}: ${one} / ${other}`, "×", spreadOf(ratios), wanted);
      }),
    ];
  });
}

async function open(variant: Variant, { engine, extension }: Build, site: PageSite): Promise<Opened> {
  const loaded = variant === "none" ? inertExtension() : variant.startsWith("floor") ? floorExtension(variant === "floor of DevTools too") : extension;
  const browser = await launch(engine, { extension: loaded, unobserved: true });
  if (variant.endsWith("other tab")) await browser.openDevTools(await browser.openPage(site.quiet));
  const page = await browser.openPage(site.quiet);
  if (OPEN_HERE.includes(variant)) await browser.openDevTools(page);
  return { variant, browser, page };
}

function rotated<T>(things: readonly T[], by: number): T[] {
  const start = by % things.length;
  return [...things.slice(start), ...things.slice(0, start)];
}
