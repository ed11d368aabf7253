import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { click, filterBy, focused, press } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE, scenarioOf } from "./lab-panel.ts";
import { faintTexts, overflowing } from "./legibility.ts";
import { rows } from "./shown.ts";

const SENT = ["trailing-slash", "error-500", "options-404", "method-not-listed", "font"];
const KEYS = ["domain:", "method:", "status-code:", "url:", "scheme:", "resource-type:", "is:", "cause:", "header:", "phase:", "error:", "initiator:"];

/** The filter, as it reads and as a screen reader is told of it. */
interface ShownFilter {
  readonly text: string;
  readonly expanded: string | null;
  readonly options: readonly string[];
  /** Which option the arrow keys are on. */
  readonly active: string | null;
  readonly wrong: string;
}

describe.each(BROWSERS)("the filter in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
    for (const id of SENT) await opened.send(id);
    await until("the list has them", async () => (await rows(opened.panel)).length === SENT.length);
  });
  afterAll(() => opened?.close());
  beforeEach(() => filterBy(opened.panel, ""));

  const listed = async (): Promise<string[]> => (await rows(opened.panel)).map(({ address }) => scenarioOf(address));
  const shown = (): Promise<ShownFilter> =>
    opened.panel.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>("input[role=combobox]");
      const options = document.getElementById(input?.getAttribute("aria-controls") ?? "")?.querySelectorAll("[role=option]") ?? [];
      const active = document.getElementById(input?.getAttribute("aria-activedescendant") ?? "");
      const label = (option: Element): string => option.querySelector(".option-label")?.textContent?.trim() ?? "";
      return {
        text: input?.value ?? "",
        expanded: input?.getAttribute("aria-expanded") ?? null,
        options: [...options].map(label),
        active: active?.getAttribute("aria-selected") === "true" ? label(active) : null,
        wrong: document.querySelector("#filter-wrong")?.textContent?.trim() ?? "",
      };
    });

  test.each([
    ["method:DELETE", ["method-not-listed"]],
    ["-resource-type:font cause:origin", ["trailing-slash"]],
    ["status-code:500-599", ["error-500"]],
    ["phase:preflight", ["options-404", "method-not-listed"]],
    ["/slash$/", ["trailing-slash"]],
    ["is:preflighted header:allow-methods", ["method-not-listed"]],
  ])("%s", async (text, ids) => {
    await filterBy(opened.panel, text);
    expect(await listed()).toEqual(ids);
  });

  test("the arrow keys go round the keys, and Enter takes one and goes on to its values", async () => {
    await press(opened.panel, "ArrowDown");
    expect(await shown()).toMatchObject({ expanded: "true", options: KEYS, active: null });
    await press(opened.panel, "ArrowDown", "ArrowUp");
    expect(await shown()).toMatchObject({ active: "initiator:" });
    await press(opened.panel, "ArrowDown", "ArrowDown", "Enter");
    expect(await shown()).toEqual({ text: "method:", expanded: "true", options: ["GET", "DELETE", "POST"], active: null, wrong: "" });
    expect((await listed()).length).toBe(SENT.length);
    await press(opened.panel, "ArrowDown", "ArrowDown", "Enter");
    expect(await shown()).toMatchObject({ text: "method:DELETE", expanded: "false", options: [] });
    expect(await listed()).toEqual(["method-not-listed"]);
  });

  test("Tab takes the first, in the middle of a text too, and leaves the caret behind it", async () => {
    await filterBy(opened.panel, "-cause:trail font");
    await opened.panel.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>(".filter");
      input?.setSelectionRange(12, 12);
      input?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await expect.poll(shown, PATIENCE).toMatchObject({ options: ["origin-trailing-slash"] });
    await press(opened.panel, "Tab");
    expect(await shown()).toMatchObject({ text: "-cause:origin-trailing-slash font", expanded: "false" });
    expect(await opened.panel.evaluate(`document.querySelector(".filter").selectionStart`)).toBe("-cause:origin-trailing-slash".length);
    expect(await listed()).toEqual(["font"]);
  });

  test("a click takes one too, and leaves the focus in the filter", async () => {
    await filterBy(opened.panel, "is:b");
    await opened.panel.evaluate(async () => {
      const option = document.querySelector<HTMLElement>("[role=option]");
      const down = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
      if (option?.dispatchEvent(down) === true) document.querySelector<HTMLElement>(".filter")?.blur();
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (option?.isConnected === true) option.click();
    });
    await expect.poll(shown, PATIENCE).toMatchObject({ text: "is:blocked", expanded: "false" });
    expect(await focused(opened.panel)).toMatch(/^Filter by/);
  });

  test("Escape closes the completions, then clears the text; so does the button", async () => {
    await filterBy(opened.panel, "method:d");
    await press(opened.panel, "Escape");
    expect(await shown()).toMatchObject({ text: "method:d", expanded: "false" });
    await press(opened.panel, "Escape");
    expect(await shown()).toMatchObject({ text: "" });
    expect((await listed()).length).toBe(SENT.length);
    await filterBy(opened.panel, "nothing");
    await click(opened.panel, "Clear the filter’s text");
    expect(await shown()).toMatchObject({ text: "" });
    expect(await focused(opened.panel)).toMatch(/^Filter by/);
  });

  test("what is wrong is said, unless it is still being completed, and the rest holds", async () => {
    await filterBy(opened.panel, "font /(/ is:b");
    expect(await shown()).toMatchObject({ options: ["blocked"], wrong: "" });
    await filterBy(opened.panel, "font /(/ is:closed");
    expect(await shown()).toMatchObject({ wrong: "Ignored, not a regular expression: /(/ Ignored, no such value: is:closed" });
    expect(await opened.panel.evaluate(`document.querySelector(".filter").getAttribute("aria-invalid")`)).toBe("true");
    expect(await listed()).toEqual(["font"]);
  });

  test("Ctrl+F goes there and selects the text, from wherever the focus is", async () => {
    await filterBy(opened.panel, "font");
    const state = await opened.panel.evaluate(() => {
      document.querySelector<HTMLElement>(".list")?.focus();
      const event = new KeyboardEvent("keydown", { key: "f", ctrlKey: true, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
      const input = document.querySelector<HTMLInputElement>(".filter");
      return { there: document.activeElement === input, selected: [input?.selectionStart, input?.selectionEnd], prevented: event.defaultPrevented };
    });
    expect(state).toEqual({ there: true, selected: [0, 4], prevented: true });
  });

  test("the completions and what is said fit and can be read, in a narrow panel too", async () => {
    for (const width of [400, 1600]) {
      for (const text of ["", "url:", "/(/ is:x"]) {
        await opened.panel.screenshot(`out/filter-${build.name}.png`, { width, height: 500 });
        await filterBy(opened.panel, text);
        if (text === "") await press(opened.panel, "ArrowDown", "ArrowDown");
        expect(await overflowing(opened.panel), `${text} ${width}`).toEqual([]);
        expect(await faintTexts(opened.panel), `${text} ${width}`).toEqual([]);
      }
    }
  });
});
