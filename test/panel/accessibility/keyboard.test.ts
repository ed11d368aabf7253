import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../browsers/browser.ts";
import { focused } from "../hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE, scenarioOf } from "../lab-panel.ts";
import { detail, rows } from "../shown.ts";

/** Further away nobody would go. */
const FARTHEST = 60;

describe.each(BROWSERS)("by the keyboard alone in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
    for (const id of ["trailing-slash", "options-404", "trailing-slash"]) await opened.send(id);
    await until("all are listed", async () => (await rows(opened.panel)).length === 3);
    await opened.panel.evaluate(() => {
      const kept = { copied: "", saved: "" };
      document.addEventListener("copy", ({ target }) => {
        if (target instanceof HTMLTextAreaElement) kept.copied = target.value;
      });
      HTMLAnchorElement.prototype.click = function () {
        kept.saved = this.download;
      };
      Object.assign(window, { kept });
    });
    await opened.panel.focus();
  });
  afterAll(() => opened?.close());

  const kept = (): Promise<{ copied: string; saved: string }> => opened.panel.evaluate("window.kept");
  const where = (): Promise<string> => focused(opened.panel);
  const selected = async (): Promise<string[]> => (await rows(opened.panel)).filter((row) => row.selected).map(({ address }) => scenarioOf(address));

  /** Presses keys, and looks after each whether one can see where the focus is. */
  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await opened.panel.press(key);
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(await unseen(), `the focus after ${key}`).toBeNull();
    }
  }

  /** Presses a key until the focus is on something. */
  async function go(key: "Tab" | "Shift+Tab", name: string | RegExp): Promise<void> {
    for (let steps = 0; steps < FARTHEST; steps++) {
      await press(key);
      const now = await where();
      if (typeof name === "string" ? now === name : name.test(now)) return;
    }
    throw new Error(`${FARTHEST} times ${key} doesn't lead to ${name}, but to ${await where()}`);
  }

  /** What is wrong with how the focus shows; null where nothing is. */
  const unseen = (): Promise<string | null> =>
    opened.panel.evaluate(() => {
      const { activeElement } = document;
      if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return "it is nowhere";
      const name = activeElement.outerHTML.slice(0, 90);
      if (!document.hasFocus()) return "it has left the panel";
      if (!activeElement.matches(":focus-visible")) return `it is not shown: ${name}`;
      const looks = [activeElement, activeElement.querySelector(".row-active"), activeElement.parentElement].flatMap((element) =>
        element === null ? [] : [...(element === activeElement.parentElement ? [] : [getComputedStyle(element)]), getComputedStyle(element, "::after")],
      );
      const outlined = looks.some(({ outlineStyle, outlineWidth, outlineColor }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !/, 0\)|transparent/.test(outlineColor));
      const filled = activeElement.matches("[role=menuitem], [role=separator]") && getComputedStyle(activeElement).backgroundColor !== "rgba(0, 0, 0, 0)";
      if (!outlined && !filled) return `it has no outline: ${name}`;
      // https://www.w3.org/TR/WCAG22/#focus-not-obscured-minimum
      const { left, right, top, bottom } = activeElement.getClientRects()[0] ?? new DOMRect();
      const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
      const there = document.elementFromPoint(x, y);
      return activeElement.contains(there) ? null : `something lies over it: ${name}: ${there?.outerHTML.slice(0, 90)}`;
    });

  test("the blocked request is found", async () => {
    await go("Tab", "Cross-origin requests");
    await press("ArrowDown", "ArrowDown", "ArrowUp");
    expect(await selected()).toEqual(["trailing-slash"]);
  });

  test("its explanation is opened, and has the focus", async () => {
    await press("Enter");
    expect(await where()).toBe("Explanation");
    expect(await detail(opened.panel)).toMatchObject({ title: "Allowed origin does not match" });
  });

  test("the fix is copied", async () => {
    await go("Tab", "Copy these header lines");
    await press("Enter");
    expect((await kept()).copied).toMatch(new RegExp(`^Access-Control-Allow-Origin: ${opened.lab.origins.page}$`, "m"));
    expect(await opened.panel.evaluate(`document.querySelector(".copy + [role=status]").textContent`)).toBe("Copied");
  });

  test("another server is chosen, and its configuration copied", async () => {
    const chosen = (): Promise<string> => opened.panel.evaluate(`document.querySelector("select[name=recipe]").value`);
    const before = await chosen();
    while (!(await opened.panel.evaluate<boolean>(`document.activeElement.matches("select[name=recipe]")`))) await press("Tab");
    await press("ArrowDown");
    expect(await chosen()).not.toBe(before);
    await go("Tab", /^Copy the configuration for /);
    await press("Enter");
    expect((await kept()).copied).toContain(opened.lab.origins.page);
  });

  test("the fix is tried, passes, and is stopped", async () => {
    await go("Shift+Tab", "Try it: send again");
    await press("Enter");
    const outcomes = (): Promise<string[]> => opened.panel.evaluate(`[...document.querySelectorAll(".try-it .trial-outcome")].map(({ textContent }) => textContent)`);
    await expect.poll(outcomes, PATIENCE).toEqual(["On trial: it passes"]);
    await go("Tab", "Stop the trial");
    await press("Enter");
    await expect.poll(outcomes, PATIENCE).toEqual([]);
    expect(await where()).toBe("Try it: send again");
  });

  test("all stops of the explanation can be seen, there and back", async () => {
    const last = "Copy the request";
    await go("Tab", last);
    await go("Shift+Tab", "Close");
  });

  test("Escape closes the explanation, and nothing else", async () => {
    await press("Escape");
    expect(await where()).toBe("Cross-origin requests");
    expect(await detail(opened.panel)).toBeNull();
  });

  test("the report is exported", async () => {
    await go("Shift+Tab", "Export");
    await press("Enter", "Escape");
    expect(await where()).toBe("Export");
    // The format has the focus: one more Enter, and it is saved.
    await press("Enter", "Enter");
    expect((await kept()).saved).toMatch(/^cors-.*\.har$/);
    expect(await where()).toBe("Export");
    await press("Enter", "ArrowRight");
    await go("Tab", "Copy");
    await press("Enter");
    expect((await kept()).copied).toMatch(/^# CORS report: `http/);
    await go("Tab", "Save");
    await press("Enter");
    expect((await kept()).saved).toMatch(/^cors-.*\.md$/);
  });

  test("the guide is opened and left again", async () => {
    await go("Tab", "Learn");
    await press("Enter");
    expect(await where()).toBe("Why browsers say no");
    await go("Tab", /^Next/);
    await press("Enter");
    expect(await where()).toBe("Simple requests");
    await press("Escape");
    expect(await where()).toBe("Learn");
  });

  test("the heads of the columns are above the first row: they sort, and make columns wider", async () => {
    const order = async (): Promise<string[]> => (await rows(opened.panel)).map(({ address }) => scenarioOf(address));
    const width = (): Promise<number> => opened.panel.evaluate(`document.activeElement.parentElement.offsetWidth`);
    await go("Tab", "Cross-origin requests");
    await press("Home", "ArrowUp");
    expect(await where()).toBe("Method");
    const before = await width();
    await press("Shift+ArrowRight");
    expect(await width()).toBe(before + 16);
    await press("Shift+ArrowLeft", "ArrowRight", "Enter");
    expect(await order()).toEqual(["options-404", "trailing-slash", "trailing-slash"]);
    await press("Enter", "Enter");
    expect(await order()).toEqual(["trailing-slash", "options-404", "trailing-slash"]);
    await press("End", "Home", "ArrowDown");
    expect(await where()).toBe("Cross-origin requests");
    expect(await selected()).toEqual(["trailing-slash"]);
  });

  test("a group is opened and closed", async () => {
    const grouped = (): Promise<boolean> => opened.panel.evaluate(`document.activeElement.name === "grouped"`);
    while (!(await grouped())) await press("Shift+Tab");
    await press(" ");
    await go("Tab", "Cross-origin requests");
    await press("Home");
    expect(await rows(opened.panel)).toHaveLength(2);
    await press("ArrowRight");
    expect(await rows(opened.panel)).toHaveLength(3);
    await press("ArrowDown", "ArrowLeft", "ArrowLeft");
    expect(await rows(opened.panel)).toHaveLength(2);
  });

  test.each(["ContextMenu", "Shift+F10"])("%s opens the context menu, and Escape leaves it", async (key) => {
    await press(key);
    expect(await where()).toBe("Copy URL");
    await press("ArrowDown", "ArrowUp", "End", "Escape");
    expect(await where()).toBe("Cross-origin requests");
    await press(key, "Enter");
    expect((await kept()).copied).toBe(`${opened.lab.origins.api}/trailing-slash`);
    expect(await where()).toBe("Cross-origin requests");
  });
});
