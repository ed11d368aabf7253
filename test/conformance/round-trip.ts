import { mkdir, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { HAR_REQUEST } from "../browsers/browser.ts";
import { readStored } from "../lab/stored-exchanges.ts";
import { fromHar } from "../../src/har/from-har.ts";
import { readHar } from "../../src/har/read.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import type { CorsVerdict } from "../../src/report/contract.ts";
import { isCrossOrigin } from "../../src/request.ts";
import type { Case } from "./case.ts";
import { type Bench, clearLog, outcomesOf } from "./bench.ts";
import { BATCH } from "./tally.ts";

/** Where the reports are left, for the command line to be run over. */
const FOLDER = "out/reports";

/** How long a batch may take until nothing of it changes any more, in milliseconds; what does then is left out. */
const PATIENCE_MILLISECONDS = 5000;

/** What a reader goes by. */
type Told = Pick<CorsVerdict, "outcome" | "code" | "phase" | "browserError" | "credentials"> & { readonly failing: readonly string[] };

/**
 * Runs cases and exports each batch as the panel does, without secrets; reads the file again and compares, for each
 * exchange, the verdict on what the worker has, the one that the file states, and the one on what the file holds.
 * @returns whether all three are the same everywhere
 */
export async function proveRoundTrip(bench: Bench, cases: readonly Case[]): Promise<boolean> {
  await mkdir(FOLDER, { recursive: true });
  let [exchanges, same] = [0, 0];
  const { engine } = bench.browser;
  for (let start = 0; start < cases.length; start += BATCH) {
    const batch = cases.slice(start, start + BATCH);
    await outcomesOf(bench, batch);
    const { stored, har } = await settled(bench);
    await writeFile(`${FOLDER}/${engine}-${String(start).padStart(5, "0")}.har`, JSON.stringify(har));
    const stated = new Map(har.log.entries.flatMap(({ _cors }) => ("outcome" in _cors ? [[_cors.pair, told(_cors)] as const] : [])));
    const read = new Map(fromHar(readHar(har)).exchanges.map((exchange) => [exchange.id, toldOf(exchange, engine)]));
    for (const exchange of stored) {
      exchanges++;
      const three = [toldOf(exchange, engine), stated.get(exchange.id), read.get(exchange.id)];
      if (three.every((each) => isDeepStrictEqual(each, three[0]))) same++;
      else process.stdout.write(`not the same: ${JSON.stringify({ id: exchange.id, url: exchange.hops[0].request.url, three })}\n`);
    }
    await clearLog(bench);
  }
  process.stdout.write(`round trip: cases ${cases.length} exchanges ${exchanges}: the same verdict of the panel, in the file and on the file ${same}\n`);
  return exchanges > 0 && exchanges === same;
}

/** What the worker has and what it exports at the same time: evidence may still come in. Some exchanges never end. */
async function settled({ panel, page }: Bench): Promise<{ stored: Exchange[]; har: Har }> {
  const end = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const before = await readStored(panel, page.tabId);
    const har = await panel.evaluate<Har>(`(${HAR_REQUEST})(${page.tabId})`);
    await setTimeout(300);
    const stored = await readStored(panel, page.tabId);
    const same = new Set(stored.filter((exchange, index) => isDeepStrictEqual(exchange, before[index])));
    if (same.size === stored.length || Date.now() > end) return { stored: [...same].filter(isCrossOrigin), har };
  }
}

interface Har {
  readonly log: { readonly entries: readonly { readonly _cors: CorsVerdict | { readonly pair: string } }[] };
}

function toldOf(exchange: Exchange, engine: Engine): Told {
  return told(judge(exchange, engine));
}

function told({ outcome, code, phase, browserError, credentials, failing }: Pick<CorsVerdict, "outcome" | "code" | "phase" | "browserError" | "credentials" | "failing">): Told {
  return { outcome, code, phase, browserError, credentials, failing: failing.map((failure) => `${failure.hop} ${failure.phase} ${failure.code} ${failure.browserError}`) };
}
