import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { click, clickRow, filterBy, focused } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE, scenarioOf } from "./lab-panel.ts";
import { detail, rows, summary } from "./shown.ts";

describe.each(BROWSERS)("the log in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
  });
  beforeEach(async () => {
    await click(opened.panel, "Clear");
    await expect.poll(listed, PATIENCE).toEqual([]);
  });
  afterAll(() => opened?.close());

  const listed = async (): Promise<string[]> => (await rows(opened.panel)).map(({ address }) => scenarioOf(address));
  const pressed = (name: string): Promise<string | null> =>
    opened.panel.evaluate((label) => document.querySelector(`[aria-label="${label}"]`)?.getAttribute("aria-pressed") ?? null, name);

  test("is emptied by Clear, and the explanation with it", async () => {
    await opened.send("trailing-slash");
    await opened.send("allowed-get");
    await expect.poll(listed, PATIENCE).toContain("trailing-slash");
    await clickRow(opened.panel, "trailing-slash");
    expect(await detail(opened.panel)).not.toBeNull();
    await click(opened.panel, "Clear");
    await expect.poll(() => summary(opened.panel), PATIENCE).toEqual({ count: "0 blocked of 0", state: "No cross-origin requests yet", action: "Reload page" });
    expect(await detail(opened.panel)).toBeNull();
    expect(await focused(opened.panel)).toBe("Clear");
  });

  test("goes on after Clear", async () => {
    await opened.send("error-500");
    await expect.poll(listed, PATIENCE).toEqual(["error-500"]);
  });

  test("starts anew when the page is reloaded", async () => {
    await opened.send("trailing-slash");
    await expect.poll(listed, PATIENCE).toEqual(["trailing-slash"]);
    await opened.page.reload();
    await expect.poll(listed, PATIENCE).toEqual([]);
    await opened.send("error-500");
    await expect.poll(listed, PATIENCE).toEqual(["error-500"]);
  });

  test("is kept over reloads and navigations while Preserve log is on", async () => {
    await click(opened.panel, "Preserve log");
    await opened.send("trailing-slash");
    await opened.page.reload();
    await opened.send("error-500");
    await opened.page.goto(`${opened.lab.url}?elsewhere`);
    await opened.send("missing-allow-origin");
    await expect.poll(listed, PATIENCE).toEqual(["trailing-slash", "error-500", "missing-allow-origin"]);
    await click(opened.panel, "Preserve log");
    await opened.page.reload();
    await expect.poll(listed, PATIENCE).toEqual([]);
  });

  test("takes nothing while recording is off, and goes on when it is on again", async () => {
    await opened.send("trailing-slash");
    await expect.poll(listed, PATIENCE).toEqual(["trailing-slash"]);
    await click(opened.panel, "Record requests");
    await expect.poll(() => pressed("Record requests"), PATIENCE).toBe("false");
    await opened.send("error-500");
    await click(opened.panel, "Record requests");
    await expect.poll(() => pressed("Record requests"), PATIENCE).toBe("true");
    await opened.send("missing-allow-origin");
    await expect.poll(listed, PATIENCE).toEqual(["trailing-slash", "missing-allow-origin"]);
  });

  test("says that recording is off where there is nothing else to show, and starts it", async () => {
    await click(opened.panel, "Record requests");
    await expect.poll(() => summary(opened.panel), PATIENCE).toMatchObject({ state: "Recording is off", action: "Start recording" });
    await click(opened.panel, "Start recording");
    await expect.poll(() => pressed("Record requests"), PATIENCE).toBe("true");
    await opened.send("error-500");
    await expect.poll(listed, PATIENCE).toEqual(["error-500"]);
  });

  test("says when nothing was blocked, and shows what was not", async () => {
    await opened.send("allowed-preflight");
    await expect.poll(() => summary(opened.panel), PATIENCE).toEqual({ count: "0 blocked of 1", state: "Nothing was blocked", action: "Show all cross-origin" });
    await click(opened.panel, "Show all cross-origin");
    await expect.poll(listed, PATIENCE).toEqual(["allowed-preflight"]);
    await click(opened.panel, "Blocked");
  });

  test("takes in what the filter hides", async () => {
    await filterBy(opened.panel, "trailing");
    await opened.send("error-500");
    await opened.send("trailing-slash");
    await expect.poll(listed, PATIENCE).toEqual(["trailing-slash"]);
    await filterBy(opened.panel, "");
    await expect.poll(listed, PATIENCE).toEqual(["error-500", "trailing-slash"]);
  });

  test("reloads the page from the empty list", async () => {
    await opened.page.evaluate("void (globalThis.before = true)");
    await click(opened.panel, "Reload page");
    await expect.poll(() => opened.page.evaluate<boolean>("globalThis.before === undefined && document.readyState === 'complete'").catch(() => false), PATIENCE).toBe(true);
  });
});
