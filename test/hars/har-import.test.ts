import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Har } from "har-format";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAR_REQUEST, until } from "../browsers/browser.ts";
import { importIntoChrome, importIntoFirefox } from "./devtools-import.ts";
import { isComplete } from "../lab/table.ts";
import { type Build, BROWSERS, openLabPanel } from "../panel/lab-panel.ts";

describe.each(BROWSERS)("A HAR exported in $name", (build) => {
  let har: Har;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    har = await exportedLab(build);
    folder = await mkdtemp(join(tmpdir(), "har-import-"));
    file = join(folder, "exported.har");
    await writeFile(file, JSON.stringify(har));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("is valid by the schema of HAR 1.2", () => {
    const valid = schema();
    valid(har);
    expect(valid.errors ?? []).toEqual([]);
  });

  test("opens in Chrome's Network panel, each preflight linked to its request", async () => {
    const { rows, preflights, errors } = await importIntoChrome(file, join(folder, "chrome.png"));
    expect(errors).toEqual([]);
    expect(rows).toBe(har.log.entries.length);
    const wanted = preflightsOf(har);
    expect(wanted.length).toBeGreaterThan(20);
    expect(preflights).toEqual(wanted);
  });

  test("opens in Firefox's Network panel", async () => {
    const { rows, errors } = await importIntoFirefox(file, join(folder, "firefox.png"));
    expect(errors).toEqual([]);
    expect(rows).toBe(har.log.entries.length);
  });
});

/** What the worker reports of all of the lab's requests, once that doesn't change any more. */
async function exportedLab(build: Build): Promise<Har> {
  const { page, panel, close } = await openLabPanel(build);
  try {
    await page.evaluate("runAll().then(() => null)");
    let har: Har | null = null;
    await until("every request has its final verdict", async () => {
      const before = har;
      har = await panel.evaluate<Har>(`(${HAR_REQUEST})(${page.tabId})`);
      // The proof of an outcome may come a little after the response.
      await setTimeout(700);
      return isComplete(har) && isDeepStrictEqual(before, har);
    });
    if (har === null) throw new Error("The worker reported nothing");
    return har;
  } finally {
    await close();
  }
}

/** As the panel should link them: by what we say of each message. */
function preflightsOf({ log }: Har): { url: string; main: string }[] {
  const messages = log.entries.map((entry) => ({ ...entry.request, cors: linkOf(entry) }));
  return messages.filter(({ cors }) => cors.role === "preflight").map(({ url, cors }) => {
    const main = messages.find((message) => message.cors.pair === cors.pair && message.cors.role !== "preflight" && message.url === url);
    return { url, main: `${main?.method} ${main?.url}` };
  });
}

function linkOf(entry: object): { pair: string; role: string } {
  const cors: unknown = Reflect.get(entry, "_cors");
  if (typeof cors !== "object" || cors === null) throw new Error("An entry without _cors");
  return { pair: String(Reflect.get(cors, "pair")), role: String(Reflect.get(cors, "role")) };
}

function schema(): ValidateFunction {
  const require = createRequire(import.meta.url);
  const schemas: Record<string, object> = require("har-schema");
  // The schemas use words of their own, as `optional`.
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
  ajv.addSchema(Object.values(schemas));
  const valid = ajv.getSchema("har.json#");
  if (!valid) throw new Error("har-schema has no har.json");
  return valid;
}
