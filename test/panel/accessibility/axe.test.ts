import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../browsers/browser.ts";
import { click, clickRow, filterBy, press } from "../hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "../lab-panel.ts";
import { rows, summary } from "../shown.ts";
import { violations } from "../violations.ts";

/** The last is a second of the first's group. */
const SENT = ["trailing-slash", "options-404", "session-over", "connection-refused", "wildcard-with-credentials", "json-content-type", "error-500", "another-origin", "trailing-slash"];

describe.each(BROWSERS)("axe-core finds nothing in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
  });
  afterAll(() => opened?.close());

  const clean = async (): Promise<void> => expect(await violations(opened.panel)).toEqual([]);
  const states = (): Promise<string | null> => summary(opened.panel).then(({ state }) => state);

  test("when nothing was blocked yet", async () => {
    await expect.poll(states, PATIENCE).toBe("No cross-origin requests yet");
    await clean();
  });

  test("while recording is off", async () => {
    await click(opened.panel, "Record requests");
    await expect.poll(states, PATIENCE).toBe("Recording is off");
    const found = await violations(opened.panel);
    await click(opened.panel, "Record requests");
    expect(found).toEqual([]);
    await expect.poll(states, PATIENCE).toBe("No cross-origin requests yet");
  });

  test("in a list, as it came and sorted", async () => {
    for (const id of SENT) await opened.send(id);
    await until("all are listed", async () => (await rows(opened.panel)).length === SENT.length);
    await clean();
    await click(opened.panel, "URL");
    await clean();
    await opened.panel.evaluate(`document.querySelector(".cell-url .head").click()`);
    await opened.panel.evaluate(`document.querySelector(".cell-url .head").click()`);
  });

  test("in a list of groups, one of them open", async () => {
    await click(opened.panel, "Group");
    await opened.panel.evaluate(`document.querySelector(".list").focus()`);
    await press(opened.panel, "Home", "ArrowRight");
    await until("a group is open", () => opened.panel.evaluate<boolean>(`document.querySelector("[aria-expanded=true][role=row]") !== null`));
    await clean();
    await press(opened.panel, "ArrowLeft", "Escape");
    await click(opened.panel, "Group");
  });

  test.each(SENT.slice(0, 5))("in the explanation of %s", async (id) => {
    await clickRow(opened.panel, id);
    await clean();
  });

  test("with all messages open", async () => {
    await opened.panel.evaluate(`[...document.querySelectorAll("details")].forEach((details) => { details.open = true; })`);
    await clean();
  });

  test("in the context menu", async () => {
    await opened.panel.evaluate(`document.querySelector(".list").focus()`);
    await press(opened.panel, "ContextMenu");
    expect(await opened.panel.evaluate<number>(`document.querySelectorAll("[role=menuitem]").length`)).toBeGreaterThan(2);
    await clean();
    await press(opened.panel, "Escape");
  });

  test("in the guide", async () => {
    await click(opened.panel, "Learn");
    await clean();
    await press(opened.panel, "Escape");
  });

  test("while a fix is on trial", async () => {
    await clickRow(opened.panel, "trailing-slash");
    await click(opened.panel, "Try it: send again");
    await until("it passes", () => opened.panel.evaluate<boolean>(`document.querySelector(".banner-trial .trial-passed") !== null`));
    await clean();
    await click(opened.panel, "Stop the trial");
  });

  test("when nothing matches the filter", async () => {
    await filterBy(opened.panel, "no such thing");
    expect(await states()).toBe("Nothing matches the filter");
    await clean();
    await filterBy(opened.panel, "");
  });

  test("without access to all sites", async () => {
    await opened.browser.grantAccess(false);
    await until("it says so", () => opened.panel.evaluate<boolean>(`document.querySelector(".banner-warning") !== null`));
    await clean();
  });
});
