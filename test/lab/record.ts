/** `npm run record [-- --chromium | --firefox]`: writes what the worker stores of the lab's requests to test/recorded. */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, Engine } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import type { Exchange } from "../../src/model.ts";
import { type Labelled, type Recording, writeRecording } from "./recording.ts";
import { writeExamples } from "./reduced.ts";
import { scenarios } from "./scenarios.ts";
import { startLab, type Lab } from "./server.ts";
import { recordSpecial } from "./special.ts";
import { fromZero, storedExchanges } from "./stored-exchanges.ts";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

async function recordLab(browser: Browser, lab: Lab): Promise<Labelled[]> {
  const page = await browser.openPage(lab.url);
  const panel = await browser.watch(page);
  await page.evaluate("runAll()");
  return labelled(fromZero(await storedExchanges(panel, page, scenarios.length)));
}

/** A scenario is about its last exchange; the others came before it. */
function labelled(exchanges: readonly Exchange[]): Labelled[] {
  const ids = exchanges.map(({ hops }) => new URL(hops[0].request.url).pathname.split("/")[1] ?? "");
  return exchanges.map((exchange, index) => {
    const scenario = ids[index] ?? "";
    const labels = scenarios.find(({ id }) => id === scenario)?.causes ?? null;
    return { scenario, causes: ids.lastIndexOf(scenario) === index ? labels : null, exchange };
  });
}

async function record(engine: Engine): Promise<void> {
  const name = engine === "chromium" ? "chromium" : "firefox";
  const lab = await startLab();
  try {
    const browser = await launch(engine, { extension: `${dist}${engine === "chromium" ? "chrome" : "firefox"}` });
    try {
      const exchanges = await recordLab(browser, lab);
      const recording: Recording = { browser: browser.version, engine, exchanges };
      writeRecording(name, recording);
      if (engine === "chromium") writeExamples(recording);
      console.log(`test/recorded/${name}.json: ${exchanges.length} exchanges of ${scenarios.length} scenarios`);
    } finally {
      await browser.close();
    }
  } finally {
    await lab.close();
  }
}

const { values } = parseArgs({ options: { chromium: { type: "boolean" }, firefox: { type: "boolean" } } });
const both = !values.chromium && !values.firefox;
if (both || values.chromium) {
  await record("chromium");
  await recordSpecial();
}
if (both || values.firefox) await record("gecko");
