import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../../browsers/browser.ts";
import { ENGINES } from "../../panel-reading.ts";
import { openScene, type Scene, tell } from "../scene.ts";

const REQUESTS = 10_000;
const SECONDS = 10;

/** Runs in the page: begins them evenly, whether or not those before are over, and leaves word how each ended, as the page saw it. */
const SEND = `(api, count, seconds) => void (async () => {
  const ends = [];
  const started = performance.now();
  while (ends.length < count) {
    const due = Math.min(count, Math.ceil(((performance.now() - started) / 1000 / seconds) * count));
    while (ends.length < due) {
      const url = api + (ends.length % 2 === 0 ? "/open" : "/shut") + "/many/" + ends.length;
      ends.push(fetch(url).then(() => [url, "allowed"], () => [url, "blocked"]));
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const begunAfter = performance.now() - started;
  globalThis.flood = { begunAfter, ends: await Promise.all(ends), endedAfter: performance.now() - started };
})()`;

/** Until all have ended, on a slow machine. */
const PATIENCE_MILLISECONDS = 400_000;

interface Sent {
  /** In milliseconds. */
  readonly begunAfter: number;
  readonly endedAfter: number;
  readonly ends: readonly (readonly [url: string, outcome: string])[];
}

describe.each(ENGINES)("%s: a flood", (engine) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(engine);
  });
  afterAll(() => scene?.close());

  const dropped = async (): Promise<number> => {
    const banner = (await scene.banners()).find((text) => text.startsWith("The log is full"));
    return Number(/: ([0-9,]+)\./.exec(banner ?? "")?.[1]?.replaceAll(",", "") ?? 0);
  };

  test(`${REQUESTS} requests in ${SECONDS} seconds: each is told as the page saw it, or counted as forgotten`, async () => {
    await scene.page.evaluate(`(${SEND})(${JSON.stringify(scene.site.api)}, ${REQUESTS}, ${SECONDS})`);
    await until("all have ended", () => scene.page.evaluate<boolean>("globalThis.flood !== undefined"), PATIENCE_MILLISECONDS);
    const { begunAfter, endedAfter, ends } = await scene.page.evaluate<Sent>("globalThis.flood");
    const told = async (): Promise<string[]> => (await scene.told()).filter((each) => each.includes("/many/"));
    let kept: string[] = [];
    await until("all are told or counted", async () => {
      kept = await told();
      return kept.length + (await dropped()) >= REQUESTS && kept.every((each) => !each.includes(" unknown "));
    }, 60_000).catch(() => {});

    const seen = new Map(ends);
    const urls = new Set(kept.map((each) => each.split(" ")[0]));
    const wrong = kept.filter((each) => {
      const [url = "", outcome = ""] = each.split(" ");
      return (outcome === "allowed") !== (seen.get(url) === "allowed");
    });
    const blocked = ends.filter(([, outcome]) => outcome === "blocked").length;
    const forgotten = await dropped();
    const keptBlocked = kept.filter((each) => !each.includes(" allowed ")).length;
    tell(
      engine,
      `${REQUESTS} requests in ${SECONDS} s`,
      `fetched by the page, begun after ${(begunAfter / 1000).toFixed(1)} s, all ended after ${(endedAfter / 1000).toFixed(1)} s; ${blocked} failed`,
      `${kept.length} kept (${keptBlocked} of those that failed), ${forgotten} counted as forgotten, wrongly told ${wrong.length}`,
      kept.length + forgotten === REQUESTS ? "nothing that wasn't counted" : `${REQUESTS - kept.length - forgotten}`,
    );
    expect({ counted: kept.length + forgotten, twice: kept.length - urls.size, wrong: wrong.slice(0, 10) }).toEqual({ counted: REQUESTS, twice: 0, wrong: [] });
  }, 2 * PATIENCE_MILLISECONDS);
});
