import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { click, clickRow, filterBy, focused, press } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE, scenarioOf } from "./lab-panel.ts";
import { detail, rows, summary } from "./shown.ts";

/** The first two and the last fail alike. */
const SENT = ["missing-allow-origin", "missing-allow-origin", "trailing-slash", "options-404", "missing-allow-origin"];

describe.each(BROWSERS)("groups in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    opened = await openLabPanel(build);
    for (const id of SENT) await opened.send(id);
    await until("the list has them", async () => (await rows(opened.panel)).length === SENT.length);
  });
  afterAll(() => opened?.close());

  const shown = async (): Promise<string[]> => (await rows(opened.panel)).map(({ url }) => url.replace(/ \S*$/, ""));

  test("what failed alike is one line, which says how many", async () => {
    await click(opened.panel, "Group");
    await expect.poll(shown, PATIENCE).toEqual(["×3missing-allow-origin", "trailing-slash", "options-404"]);
    expect((await summary(opened.panel)).count).toMatch(/^3 causes · 5 blocked of 5$/);
    await opened.panel.screenshot(`out/groups-${build.name}.png`, { width: 1280, height: 500 });
  });

  test("a group opens and closes by the arrow keys, and the selection goes into it and back", async () => {
    await clickRow(opened.panel, "missing-allow-origin");
    await press(opened.panel, "ArrowRight");
    await expect.poll(shown, PATIENCE).toEqual(["×3missing-allow-origin", "missing-allow-origin", "missing-allow-origin", "trailing-slash", "options-404"]);
    const levels = await opened.panel.evaluate<string[]>(`[...document.querySelectorAll(".list-body [role=row]")].map((row) => row.getAttribute("aria-level") + (row.getAttribute("aria-expanded") ?? ""))`);
    expect(levels).toEqual(["1true", "2", "2", "1", "1"]);
    await press(opened.panel, "ArrowDown", "ArrowLeft", "ArrowLeft");
    await expect.poll(shown, PATIENCE).toEqual(["×3missing-allow-origin", "trailing-slash", "options-404"]);
    expect((await rows(opened.panel)).map(({ selected }) => selected)).toEqual([true, false, false]);
  });

  test("one more of the kind changes the number, not the line that is read", async () => {
    const before = await detail(opened.panel);
    await opened.send("missing-allow-origin");
    await expect.poll(shown, PATIENCE).toEqual(["×4missing-allow-origin", "trailing-slash", "options-404"]);
    expect(await detail(opened.panel)).toEqual(before);
    await press(opened.panel, "Escape");
  });

  test("a head sorts: ascending, descending, as they came", async () => {
    const orders = [];
    for (let time = 0; time < 3; time++) {
      await click(opened.panel, "Method");
      orders.push((await rows(opened.panel)).map(({ address }) => scenarioOf(address)));
    }
    expect(orders).toEqual([
      ["missing-allow-origin", "trailing-slash", "options-404"],
      ["options-404", "missing-allow-origin", "trailing-slash"],
      ["missing-allow-origin", "trailing-slash", "options-404"],
    ]);
  });

  test("the context menu narrows the list to a host, and hides one", async () => {
    const menu = (): Promise<string[]> => opened.panel.evaluate(`[...document.querySelectorAll("[role=menuitem]")].map(({ textContent }) => textContent)`);
    await clickRow(opened.panel, "trailing-slash");
    await press(opened.panel, "ContextMenu");
    const { host } = new URL(opened.lab.origins.api);
    expect(await menu()).toEqual(["Copy URL", "Copy as cURL", "Export report (1)", `Hide requests to ${host}`, `Show only ${host}`]);
    await press(opened.panel, "End", "Escape");
    expect(await menu()).toEqual([]);
    await press(opened.panel, "ContextMenu", "ArrowUp", "ArrowUp");
    await opened.panel.evaluate(`document.activeElement.click()`);
    await expect.poll(async () => (await summary(opened.panel)).state, PATIENCE).toBe("Nothing matches the filter");
    await click(opened.panel, "Clear filter");
    await clickRow(opened.panel, "trailing-slash");
    await press(opened.panel, "ContextMenu", "End");
    await opened.panel.evaluate(`document.activeElement.click()`);
    expect(await opened.panel.evaluate<string>(`document.querySelector(".filter").value`)).toBe(`domain:${new URL(opened.lab.origins.api).hostname}`);
    await expect.poll(shown, PATIENCE).toEqual(["×4missing-allow-origin", "trailing-slash", "options-404"]);
    await filterBy(opened.panel, "");
  });

  test("several are marked, and reported together", async () => {
    await clickRow(opened.panel, "trailing-slash");
    await opened.panel.evaluate(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true, cancelable: true }))`);
    await expect.poll(async () => (await rows(opened.panel)).map(({ selected }) => selected), PATIENCE).toEqual([true, true, true]);
    await press(opened.panel, "ContextMenu");
    expect(await opened.panel.evaluate<string>(`document.querySelectorAll("[role=menuitem]")[2].textContent`)).toBe("Export report (6)");
    await press(opened.panel, "Home", "ArrowDown", "ArrowDown");
    await opened.panel.evaluate(`document.activeElement.click()`);
    const ranges = (): Promise<string[]> => opened.panel.evaluate(`[...document.querySelectorAll("dialog[open] input[name=range]")].map((input) => input.closest("label").textContent + (input.checked ? ", chosen" : ""))`);
    await expect.poll(ranges, PATIENCE).toEqual(["Selected (6), chosen", "Shown in the list (6)", "All cross-origin (6)"]);
    await press(opened.panel, "Escape");
    expect(await focused(opened.panel)).toBe("Cross-origin requests");
  });
});
