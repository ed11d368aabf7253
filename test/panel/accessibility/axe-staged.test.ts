import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../browsers/browser.ts";
import { emptyLog, step } from "../../../src/correlate.ts";
import type { Engine, Exchange, NetEvent } from "../../../src/model.ts";
import { A, B, elsewhere, RECORDED, Tape } from "../../unit/tapes.ts";
import { click, clickRow, press } from "../hands.ts";
import { inKorean } from "../korean.ts";
import { BROWSERS, type LabPanel, openLabPanel } from "../lab-panel.ts";
import { rows, summary } from "../shown.ts";
import { ORDINARY, stage } from "../staged.ts";
import { violations } from "../violations.ts";

function exchangesOf(engine: Engine, ...tapes: readonly (readonly NetEvent[])[]): Exchange[] {
  return [...tapes.flat().reduce(step, emptyLog(engine)).exchanges];
}

function tapeOf(name: string): readonly NetEvent[] {
  return RECORDED.find((recorded) => recorded.name === name)?.events ?? [];
}

/** The second needs no preflight: the browser still has the answer to the first's. */
const CACHED = exchangesOf(
  "chromium",
  new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT" })
    .head("2", "OPTIONS", B, 204, { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "PUT", "Access-Control-Max-Age": "600" })
    .start("2", "OPTIONS", B).done("2", "OPTIONS", B).send("1", "PUT", B).head("1", "PUT", B, 200, { "Access-Control-Allow-Origin": A }).start("1", "PUT", B).done("1", "PUT", B)
    .begin("3", "PUT", B).send("3", "PUT", B).head("3", "PUT", B, 500).fail("3", "PUT", B, "net::ERR_FAILED").events,
);

/** Whether credentials were asked for, for which the answer would not do, Firefox doesn't tell. */
const UNSURE = exchangesOf("gecko", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 200, { "Access-Control-Allow-Origin": A }).start("1", "GET", B).done("1", "GET", B).events);

/** Values that need more room than they get. */
const LONG = exchangesOf("chromium", new Tape().begin("1", "GET", `${B}/${"path/".repeat(200)}`).send("1", "GET", `${B}/${"path/".repeat(200)}`)
  .head("1", "GET", `${B}/${"path/".repeat(200)}`, 200, { "Access-Control-Allow-Origin": `https://${"long.".repeat(400)}example` }).fail("1", "GET", `${B}/${"path/".repeat(200)}`, "net::ERR_FAILED").events);

const MANY = exchangesOf("chromium", ...Array.from({ length: 40 }, (_, index) => elsewhere(tapeOf(index % 3 === 0 ? "preflight blocked" : "simple, response blocked"), `${index}`)));

describe.each(BROWSERS)("axe-core finds nothing in $name, in what seldom happens", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
  });
  afterAll(() => opened?.close());

  const clean = async (): Promise<void> => expect(await violations(opened.panel)).toEqual([]);

  test("while it connects", async () => {
    await stage(opened.panel, null);
    expect(await summary(opened.panel)).toMatchObject({ state: "Connecting…" });
    await clean();
  });

  test("when the log was cut and the worker has trouble", async () => {
    for (const trouble of ["storage-full", "trial-refused", "not-sent-again"] as const) {
      await stage(opened.panel, { ...ORDINARY, dropped: 7, trouble }, CACHED);
      await clean();
    }
  });

  test("with forty blocked, in groups", async () => {
    await stage(opened.panel, ORDINARY, MANY);
    await click(opened.panel, "Group");
    await press(opened.panel, "Escape");
    await clean();
  });

  test.each([
    ["a preflight from the cache", ORDINARY, CACHED, "Blocked"],
    ["a request that may have been blocked", { ...ORDINARY, engine: "gecko" }, UNSURE, "May have been blocked"],
    ["long values", ORDINARY, LONG, "Blocked"],
  ] as const)("in the explanation of %s", async (_, tab, exchanges, outcome) => {
    await stage(opened.panel, tab, exchanges);
    await opened.panel.evaluate(`document.querySelector(".list").focus()`);
    await press(opened.panel, "End");
    await until("it is explained", () => opened.panel.evaluate<boolean>(`document.querySelector(".detail") !== null`));
    expect((await rows(opened.panel)).at(-1)).toMatchObject({ outcome });
    await clean();
  });
});

describe.each(BROWSERS)("axe-core finds nothing in $name, in Korean", (build) => {
  let opened: LabPanel;
  let korean: Awaited<ReturnType<typeof inKorean>>;

  beforeAll(async () => {
    korean = await inKorean(build);
    opened = await openLabPanel(korean.build);
  });
  afterAll(async () => {
    await opened?.close();
    await korean?.remove();
  });

  test("in an explanation and in the guide", async () => {
    expect(await opened.panel.evaluate<string>("document.documentElement.lang")).toBe("ko");
    await opened.send("options-404");
    await until("it is listed", async () => (await rows(opened.panel)).length === 1);
    await clickRow(opened.panel, "options-404");
    expect(await violations(opened.panel)).toEqual([]);
    await opened.panel.evaluate(`document.querySelector(".toolbar .icon-learn").closest("button").click()`);
    expect(await violations(opened.panel)).toEqual([]);
  });
});
