import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Exchange } from "../../src/model.ts";
import { B, elsewhere, Tape } from "../unit/tapes.ts";
import { click, filterBy, focused, press, pressWith } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { rows } from "./shown.ts";
import { ORDINARY, stage } from "./staged.ts";

const failing = (method: string, url: string, status = 200): Tape =>
  new Tape().begin("1", method, url).send("1", method, url).head("1", method, url, status, status === 200 ? {} : { "Access-Control-Allow-Origin": "https://other.example" }).fail("1", method, url, "net::ERR_FAILED");

/** Twelve that fail alike at as many addresses, and three that fail in other ways. */
const SENT = exchangesOf(
  ...Array.from({ length: 12 }, (_, index) => elsewhere(failing("GET", B).events, `alike${index}`)),
  elsewhere(failing("GET", B, 500).events, "other"),
  elsewhere(failing("GET", "https://cdn.example").events, "third"),
  elsewhere(failing("GET", "https://img.example").events, "fourth"),
);
/** No shell gets as far as to send this. */
const UNSAYABLE = exchangesOf(failing("A B", `${B}/odd`).events);
const MANY = exchangesOf(...Array.from({ length: 300 }, (_, index) => elsewhere(failing("GET", B).events, `many${index}`)));
const LONG = exchangesOf(failing("GET", `${B}/${"path/".repeat(200)}`).events);

describe.each(BROWSERS)("lines and menus in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
    await size(1200, 700);
  });
  afterAll(() => opened?.close());

  const evaluate: LabPanel["panel"]["evaluate"] = (script, ...args) => opened.panel.evaluate(script, ...args);
  const size = (width: number, height: number): Promise<void> => opened.panel.screenshot(`out/lines-${build.name}-${width}.png`, { width, height });
  async function show(exchanges: readonly Exchange[], grouped: boolean): Promise<void> {
    await stage(opened.panel, ORDINARY, exchanges);
    if ((await evaluate<boolean>(`document.querySelector("input[name=grouped]").checked`)) !== grouped) await click(opened.panel, "Group");
  }
  /** Presses a mouse button on a part of a line. */
  const pressOn = (line: number, init: { readonly ctrlKey?: boolean; readonly shiftKey?: boolean; readonly button?: number } = {}, part = ".cell-url"): Promise<void> =>
    evaluate(
      async (row, options, selector) => {
        const target = document.querySelector(`#row-${row} ${selector}`);
        const { left = 0, top = 0 } = target?.getBoundingClientRect() ?? {};
        const event = { ...options, clientX: left + 4, clientY: top + 4, bubbles: true, cancelable: true };
        if (target?.dispatchEvent(new MouseEvent("mousedown", event)) === true) document.querySelector<HTMLElement>(".list")?.focus();
        if (options.button === 2) target?.dispatchEvent(new MouseEvent("contextmenu", event));
        await new Promise((resolve) => setTimeout(resolve, 30));
      },
      line,
      init,
      part,
    );
  const marked = (): Promise<number[]> => evaluate(`[...document.querySelectorAll(".list-body [aria-selected=true]")].map((row) => row.getAttribute("aria-rowindex") - 2).sort((a, b) => a - b)`);
  const active = (): Promise<number[]> => evaluate(`[...document.querySelectorAll(".row-active")].map((row) => row.getAttribute("aria-rowindex") - 2)`);
  const menu = (): Promise<string[]> => evaluate(`[...document.querySelectorAll("[role=menuitem]")].map((item) => item.textContent + (item.disabled ? " –" : ""))`);
  const choose = (name: string): Promise<void> => evaluate((wanted) => [...document.querySelectorAll<HTMLElement>("[role=menuitem]")].find(({ textContent }) => textContent === wanted)?.click(), name);
  const widths = (): Promise<number[]> => evaluate(`[...document.querySelectorAll("[role=columnheader]")].map(({ offsetWidth }) => offsetWidth).filter((width) => width > 0)`);
  /** A pointer's event on something; no pointer is there that could be captured. */
  const point = (selector: string, type: string, clientX = 0, clientY = 0): Promise<void> =>
    evaluate(
      async (wanted, name, x, y) => {
        Element.prototype.setPointerCapture = () => undefined;
        document.querySelector(wanted)?.dispatchEvent(new PointerEvent(name, { clientX: x, clientY: y, buttons: 1, bubbles: true, cancelable: true }));
        await new Promise((resolve) => setTimeout(resolve, 30));
      },
      selector,
      type,
      clientX,
      clientY,
    );

  describe("marking", () => {
    beforeAll(() => show(SENT, false));

    test("Ctrl adds a line, or takes it away; Shift marks as far as the next", async () => {
      await pressOn(0);
      await pressOn(2, { ctrlKey: true });
      expect([await marked(), await active()]).toEqual([[0, 2], [2]]);
      await pressOn(4, { shiftKey: true });
      expect([await marked(), await active()]).toEqual([[2, 3, 4], [4]]);
      await pressOn(0, { shiftKey: true });
      expect([await marked(), await active()]).toEqual([[0, 1, 2], [0]]);
      await pressOn(0, { ctrlKey: true });
      expect([await marked(), await active()]).toEqual([[1, 2], [2]]);
    });

    test("Shift with an arrow marks further, and less far on its way back", async () => {
      await pressOn(5);
      for (const key of ["ArrowDown", "ArrowDown"]) await pressWith(opened.panel, key, { shiftKey: true });
      expect([await marked(), await active()]).toEqual([[5, 6, 7], [7]]);
      for (const key of ["ArrowUp", "ArrowUp", "ArrowUp"]) await pressWith(opened.panel, key, { shiftKey: true });
      expect([await marked(), await active()]).toEqual([[4, 5], [4]]);
      await press(opened.panel, "ArrowDown");
      expect([await marked(), await active()]).toEqual([[5], [5]]);
    });

    test("a keyboard that writes Hangul marks all", async () => {
      await evaluate(() => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "ㅁ", code: "KeyA", ctrlKey: true, bubbles: true, cancelable: true })));
      await expect.poll(async () => (await marked()).length).toBe(SENT.length);
    });

    test("only the line that keys begin from has the focus's outline", async () => {
      await pressOn(1);
      await pressOn(3, { shiftKey: true });
      await evaluate(() => {
        const options: FocusOptions & { focusVisible: boolean } = { focusVisible: true };
        document.querySelector<HTMLElement>(".list")?.blur();
        document.querySelector<HTMLElement>(".list")?.focus(options);
      });
      expect(await evaluate(`[...document.querySelectorAll(".list-body .row")].flatMap((row) => (getComputedStyle(row).outlineStyle === "none" ? [] : [row.id]))`)).toEqual(["row-3"]);
    });
  });

  describe("groups", () => {
    beforeAll(() => show(SENT, true));

    test("a line of several addresses says how many more, and names ten", async () => {
      const [first, second] = (await rows(opened.panel)).map(({ url, address }) => ({ url, address }));
      expect(first?.url).toBe("×12alike11 +11 more URLs api.example");
      expect(first?.address.split("\n")).toEqual([11, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => `${B}/alike${index}`).concat("…"));
      expect(second?.url).toBe("other api.example");
    });

    test("its line, closed, stands for all of it", async () => {
      await pressOn(1);
      await pressOn(0, { ctrlKey: true });
      await pressOn(1, { button: 2 });
      expect(await menu()).toContain("Export report (13)");
      await press(opened.panel, "Escape");
      await pressOn(0, { ctrlKey: true });
      expect([await marked(), await active()]).toEqual([[1], [1]]);
    });

    test("the twisty heeds the main button only, in all of the row's height", async () => {
      await pressOn(0, { button: 2 }, ".twisty");
      expect(await evaluate(`document.querySelector("#row-0").ariaExpanded`)).toBe("false");
      await press(opened.panel, "Escape");
      const hit = await evaluate(() => {
        const { left = 0, top = 0 } = document.querySelector("#row-0")?.getBoundingClientRect() ?? {};
        return [[1, 1], [22, 22], [12, 12]].map(([x = 0, y = 0]) => document.elementFromPoint(left + x, top + y)?.className);
      });
      expect(hit).toEqual(["twisty", "twisty", "twisty"]);
      await pressOn(0, {}, ".twisty");
      expect(await evaluate(`document.querySelector("#row-0").ariaExpanded`)).toBe("true");
    });

    test("order and open groups outlive a list that is empty for a moment", async () => {
      await click(opened.panel, "URL");
      const before = await rows(opened.panel);
      expect(before).toHaveLength(SENT.length);
      await filterBy(opened.panel, "no such thing");
      expect(await rows(opened.panel)).toEqual([]);
      await filterBy(opened.panel, "");
      expect(await rows(opened.panel)).toEqual(before);
    });

    test("the arrow from the heads goes to the line that was selected; another order brings it into sight", async () => {
      await size(1200, 260);
      await press(opened.panel, "Escape");
      await evaluate(`document.querySelector(".list").focus()`);
      await press(opened.panel, "End");
      const [last] = await active();
      await evaluate(`document.querySelector(".head").focus()`);
      await press(opened.panel, "ArrowDown");
      expect(await active()).toEqual([last]);
      await click(opened.panel, "URL");
      const inSight = (): Promise<boolean> =>
        evaluate(() => {
          const [list, row] = [".list", ".row-active"].map((part) => document.querySelector(part)?.getBoundingClientRect());
          return list !== undefined && row !== undefined && row.top >= list.top && row.bottom <= list.bottom + 1;
        });
      await expect.poll(inSight, PATIENCE).toBe(true);
    });
  });

  describe("menus", () => {
    beforeAll(async () => {
      await size(1200, 700);
      await show([...SENT, ...UNSAYABLE], false);
    });

    test("a line's menu opens where it was asked for, selects its line, and has no menu itself", async () => {
      await pressOn(0);
      await pressOn(3, { button: 2 });
      expect([await marked(), await active()]).toEqual([[3], [3]]);
      const places = await evaluate(() => {
        const [{ left: x, top: y }, { left, top }] = [document.querySelector("#row-3 .cell-url"), document.querySelector(".menu")].map((element) => element?.getBoundingClientRect() ?? new DOMRect()) as [DOMRect, DOMRect];
        const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
        return { off: [left - x, top - y].map(Math.round), menuOfMenu: document.querySelector(".menu")?.dispatchEvent(event), onTop: document.querySelector(".menu")?.matches(":popover-open") };
      });
      expect(places).toEqual({ off: [4, 4], menuOfMenu: false, onTop: true });
      await press(opened.panel, "Escape");
    });

    test("what was copied is said", async () => {
      const said = (): Promise<string> => evaluate(`document.querySelector(".said[role=status]").textContent`);
      await evaluate(`(document.execCommand = () => true, 1)`);
      await pressOn(3, { button: 2 });
      await choose("Copy as cURL");
      await expect.poll(said).toBe("Copied");
      await evaluate(`(document.execCommand = () => false, 1)`);
      await pressOn(3, { button: 2 });
      await choose("Copy URL");
      await expect.poll(said).toBe("Could not be copied");
      expect(await focused(opened.panel)).toBe("Cross-origin requests");
      await expect.poll(said, { timeout: 4000 }).toBe("");
    });

    test("a command that can't be said can't be chosen", async () => {
      await pressOn(SENT.length, { button: 2 });
      expect(await menu()).toEqual(expect.arrayContaining(["Copy URL", "Copy as cURL –"]));
      await press(opened.panel, "ArrowDown");
      expect(await focused(opened.panel)).toBe("Export report (1)");
      await press(opened.panel, "Escape");
    });

    test("a column's makes it wider and narrower, without a drag", async () => {
      const before = await widths();
      const ask = async (name: string): Promise<number> => {
        await evaluate(`document.querySelector(".list-head .cell-method .head").focus()`);
        await press(opened.panel, "ContextMenu");
        expect(await menu()).toEqual(["Wider column", "Narrower column", "Usual width"]);
        await choose(name);
        expect(await focused(opened.panel)).toBe("Method");
        return (await widths())[0] ?? 0;
      };
      expect(await ask("Wider column")).toBe((before[0] ?? 0) + 64);
      expect(await ask("Narrower column")).toBe(before[0]);
      expect(await ask("Narrower column")).toBeLessThan(before[0] ?? 0);
      await ask("Usual width");
      expect(await widths()).toEqual(before);
    });
  });

  test("of a long list only a part is drawn, wherever it is scrolled to, and keys reach its end", async () => {
    await show(MANY, false);
    const drawn = (): Promise<number> => evaluate(`document.querySelectorAll(".list-body [role=row]").length`);
    expect(await drawn()).toBeLessThan(70);
    expect((await rows(opened.panel)).map(({ address }) => Number(/many(\d+)/.exec(address)?.[1]))).toEqual(MANY.map((_, index) => index));
    await pressOn(0);
    await press(opened.panel, "End");
    await expect.poll(active, PATIENCE).toEqual([299]);
    await press(opened.panel, "PageUp");
    await expect.poll(async () => (await active())[0], PATIENCE).toBeLessThan(299 - 5);
    expect(await drawn()).toBeLessThan(70);
  });

  describe("sizes", () => {
    beforeAll(() => show(SENT.slice(-3), false));

    test("a column's edge is wide enough to be hit, and a drag ends however the pointer is lost", async () => {
      const [before = 0] = await widths();
      const hit = await evaluate(() => {
        const { left = 0, right = 0, top = 0 } = document.querySelector(".cell-method .edge")?.getBoundingClientRect() ?? {};
        return [left + 1, right - 1, right - left].map((x, index) => (index === 2 ? x : document.elementFromPoint(x, top + 12)?.className));
      });
      expect(hit).toEqual(["edge", "edge", 24]);
      await point(".cell-method .edge", "pointermove", 900);
      expect((await widths())[0]).toBe(before);
      await point(".cell-method .edge", "pointerdown", 100);
      await point(".cell-method .edge", "pointermove", 130);
      expect((await widths())[0]).toBe(before + 30);
      await point(".cell-method .edge", "lostpointercapture");
      await point(".cell-method .edge", "pointermove", 200);
      expect((await widths())[0]).toBe(before + 30);
    });

    test("a wide column leaves room for the others where there is little", async () => {
      for (const column of ["method", "reason", "header"]) {
        await point(`.cell-${column} .edge`, "pointerdown", 100);
        await point(`.cell-${column} .edge`, "pointermove", 1900);
        await point(`.cell-${column} .edge`, "lostpointercapture");
      }
      for (const width of [400, 1200]) {
        await size(width, 700);
        const all = await widths();
        expect(Math.min(...all)).toBeGreaterThan(48);
        expect(all.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(width);
      }
      await evaluate(() => document.querySelectorAll(".edge").forEach((edge) => edge.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }))));
    });

    const splitter = (): Promise<(string | null)[]> => evaluate(`["aria-valuenow", "aria-orientation"].map((name) => document.querySelector("[role=separator]").getAttribute(name))`);

    test("a double click on the splitter goes through sizes; a pointer that passes does nothing", async () => {
      await pressOn(0);
      const sizes: (string | null | undefined)[] = [];
      for (let time = 0; time < 4; time++) {
        await point("[role=separator]", "dblclick");
        sizes.push((await splitter())[0]);
      }
      expect(["30", "46", "70"].map((preset) => sizes.includes(preset))).toEqual([true, true, true]);
      expect(sizes[3]).toBe(sizes[0]);
      const before = await splitter();
      await point("[role=separator]", "pointermove", 500, 300);
      await point("[role=separator]", "pointerdown", 500, 300);
      await point("[role=separator]", "lostpointercapture");
      await point("[role=separator]", "pointermove", 200, 100);
      expect(await splitter()).toEqual(before);
      await point("[role=separator]", "pointerdown", 500, 300);
      await point("[role=separator]", "pointermove", 300, 300);
      expect((await splitter())[0]).not.toBe(before[0]);
      await point("[role=separator]", "lostpointercapture");
    });

    test("the splitter says how it lies; few rows leave their room to the explanation", async () => {
      expect((await splitter())[1]).toBe("vertical");
      await size(400, 800);
      await expect.poll(async () => (await splitter())[1]).toBe("horizontal");
      const height = (): Promise<number> => evaluate(`document.querySelector("#list-pane").clientHeight`);
      // The head, and three rows.
      expect(await height()).toBe(4 * 24);
      await evaluate(`document.querySelector("[role=separator]").focus()`);
      await press(opened.panel, "ArrowUp", "ArrowUp");
      expect(await height()).toBeLessThan(4 * 24 + 1);
      expect(Number((await splitter())[0])).toBeLessThan(20);
    });

    test("what is scrolled to doesn't lie under the address, however long", async () => {
      await show(LONG, false);
      await pressOn(0);
      const [padding = 0, head = 0] = await evaluate<number[]>(`[parseFloat(getComputedStyle(document.querySelector(".detail")).scrollPaddingTop), document.querySelector(".detail-head").offsetHeight]`);
      expect(head).toBeGreaterThan(40);
      expect(padding).toBeGreaterThanOrEqual(head);
    });

    test("what is clicked is at least 24 pixels high", async () => {
      await filterBy(opened.panel, "dom");
      const low = await evaluate(`[...document.querySelectorAll(".filter-options li, .links > *")].filter((target) => target.getBoundingClientRect().height < 24).map(({ outerHTML }) => outerHTML.slice(0, 80))`);
      expect(await evaluate<boolean>(`[".filter-options li", ".links > a", ".links > button"].every((target) => document.querySelector(target) !== null)`)).toBe(true);
      expect(low).toEqual([]);
      await filterBy(opened.panel, "");
    });
  });
});

function exchangesOf(...tapes: readonly Tape["events"][]): Exchange[] {
  return [...tapes.flat().reduce(step, emptyLog("chromium")).exchanges];
}
