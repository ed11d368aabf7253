import { HAR_REQUEST, type Browser, type Engine, type Page, type Panel, type Verdict } from "../browsers/browser.ts";
import { hopOfUrl, hopPath, leavesOrigin, type Case } from "./case.ts";
import type { Ours, Told } from "./compare.ts";
import type { CaseServer } from "./server.ts";

/** What became of one case: the page's view, the browser's verdict, and each verdict that the extension exports. */
export type Observed = { seen: string; told: Told; ours: Ours[] };

type Entry = { request: { url: string }; _cors?: Partial<Ours> };

const POLL = 250;
const PATIENCE = 8_000;

/**
 * Runs a batch of cases, all at once, and waits until the extension has reported each, or for 8 seconds.
 * @returns one observation a case, in order
 */
export async function observe(browser: Browser, page: Page, panel: Panel, server: CaseServer, batch: readonly Case[]): Promise<Observed[]> {
  server.serve(batch);
  const jobs = batch.map((each) => ({ case: each, url: server.origins[each.hops[0]?.at ?? "A"] + hopPath(each.id, 0) }));
  const seen = await page.evaluate<string[]>(`runCases(${JSON.stringify(jobs)})`);
  const reports = await settled(page, panel, batch);
  const verdicts = await browser.verdicts();
  return batch.map((each, index) => {
    const page = seen[index] ?? "";
    return { seen: page, told: toldOf(browser.engine, each, page, verdicts), ours: reports.get(each.id) ?? [] };
  });
}

async function settled(page: Page, panel: Panel, batch: readonly Case[]): Promise<Map<string, Ours[]>> {
  const end = Date.now() + PATIENCE;
  for (let before = ""; ; ) {
    const reports = reportsOf(await panel.evaluate<Entry[]>(verdictEntries(page.tabId, batch)), batch);
    const now = JSON.stringify([...reports]);
    const complete = batch.every((each) => !leavesOrigin(each) || (reports.get(each.id)?.length ?? 0) >= (each.times ?? 1));
    // Evidence may arrive after the request ended: wait until nothing changes any more.
    if ((complete && now === before) || Date.now() > end) return reports;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}

/** Asks the worker for the HAR and leaves the rest of it in the panel: it grows with every batch. */
const verdictEntries = (tabId: number, batch: readonly Case[]): string => {
  // The images that primed the cache were in mode "no-cors".
  const primed = JSON.stringify(batch.filter((each) => each.primed).map(({ id }) => id));
  const ids = JSON.stringify(batch.map(({ id }) => id));
  return `(${HAR_REQUEST})(${tabId}).then(({ log }) => log.entries
    .filter(({ request, _cors, _resourceType }) => _cors?.outcome && !(_resourceType === "image" && ${primed}.includes(request.url.split("/").at(-2)))
      && ${ids}.includes(request.url.split("/").at(-2)))
    .map(({ request: { url }, _cors }) => ({ request: { url }, _cors })))`;
};

function reportsOf(entries: readonly Entry[], batch: readonly Case[]): Map<string, Ours[]> {
  const reports = new Map<string, Ours[]>(batch.map(({ id }) => [id, []]));
  for (const { request, _cors } of entries) {
    if (_cors?.outcome === undefined) continue;
    reports.get(hopOfUrl(request.url)?.id ?? "")?.push({ ..._cors, outcome: _cors.outcome });
  }
  return reports;
}

/** What the browser itself said of a case, from its verdicts and from what the page saw of it. */
export function toldOf(engine: Engine, each: Case, seen: string, verdicts: readonly Verdict[]): Told {
  const own = verdicts.filter(({ url, urls, preflight, type }) => {
    if (each.primed && type === "Image") return false;
    const places = [url, ...urls].map(hopOfUrl);
    return !preflight && places.some((place) => place?.id === each.id) && leavesOrigin(each, places[0]?.hop);
  });
  // Firefox gives the reason first and then a generic failure. What the page's own policy forbade was never sent.
  const blocked = own.find((verdict) => verdict.blocked && !/^[a-z-]+$/.test(verdict.error ?? ""));
  if (blocked) return { blocked: true, error: blocked.error };
  // Firefox logs nothing for some failures; a fetch that failed did so for the network's or for CORS' sake.
  const silent = engine === "gecko" && leavesOrigin(each) && ["fetch", "xhr", "worker", "sandbox"].includes(each.api) && /\berror\b/.test(seen);
  return { blocked: silent, error: null };
}
