import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { click, clickRow, filterBy, focused, press } from "../hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "../lab-panel.ts";
import { detail, rows } from "../shown.ts";

describe.each(BROWSERS)("access without a mouse or without sight in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
    for (const id of ["trailing-slash", "options-404"]) await opened.send(id);
  });
  afterAll(() => opened?.close());

  const showsBoth = (): Promise<void> => expect.poll(async () => (await rows(opened.panel)).length, PATIENCE).toBe(2);

  test("everything that can be used has a name", async () => {
    await showsBoth();
    await clickRow(opened.panel, "options-404");
    const nameless = await opened.panel.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, input, a, summary, [tabindex], [role]:not([role=row], [role=rowgroup], [role=status], [role=alert])")]
        .filter((element) => (element.getAttribute("aria-label") ?? element.closest("label")?.textContent ?? element.textContent ?? "").trim() === "")
        .filter((element) => element.getAttribute("role") !== "gridcell")
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    );
    expect(nameless).toEqual([]);
  });

  test("every button says what it does, in words that are shown or told", async () => {
    const names = (): Promise<(string | null)[]> => opened.panel.evaluate(() => [...document.querySelectorAll("button, input")].map((element) => element.getAttribute("aria-label") ?? element.closest("label")?.textContent ?? element.textContent));
    // Chromium's DevTools tell which line asked, a moment later.
    await expect.poll(names, PATIENCE).toEqual(["Record requests", "Clear", "Filter by URL, method, header or error; a leading - excludes", "Blocked", "All cross-origin", "Group", "Preserve log", "Precise", "Open a HAR file", "Export", "Learn", "Keyboard shortcuts", "Method", "URL", "Type", "What blocked it", "Header at fault", "Time",
      ...(build.engine === "chromium" ? ["Show in the Network panel"] : []), "Close", ...(build.engine === "chromium" ? [expect.stringMatching(/\/page\.js:\d+:\d+$/)] : []), "Learn: Preflights", "Requests come with credentials (cookies)", "Copy these header lines", "Copy these header lines", "Copy the configuration for Express",
      expect.stringMatching(/^Page \S+ to Browser: POST/), expect.stringMatching(/^Browser to Server \S+: OPTIONS/), expect.stringMatching(/^Server \S+ to Browser: 404/),
      expect.stringMatching(/^Browser stops here: /), expect.stringMatching(/^Browser to Server \S+: POST .*; never sent$/), expect.stringMatching(/^Browser to Page /),
      "Save as SVG", "Save as PNG", "with cookies and tokens", "Copy the preflight", "Copy the request", "HAR file"]);
  });

  test("the list is a grid whose active row is told", async () => {
    const grid = await opened.panel.evaluate(() => {
      const list = document.querySelector("[role=treegrid]");
      const active = document.getElementById(list?.getAttribute("aria-activedescendant") ?? "");
      return { rows: list?.getAttribute("aria-rowcount"), active: active?.textContent ?? null, selected: active?.getAttribute("aria-selected"), index: active?.getAttribute("aria-rowindex") };
    });
    expect(grid).toEqual({ rows: "3", active: expect.stringMatching(/^BlockedPOSToptions-404/), selected: "true", index: "3" });
  });

  test("the Tab key reaches the tools, the list, the splitter and the explanation, in this order", async () => {
    const stops = await opened.panel.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, input, a, summary, [tabindex]")]
        .filter(({ tabIndex }) => tabIndex >= 0)
        .map((element) => element.getAttribute("aria-label") ?? element.className ?? element.localName)
        .filter((name) => ["Record requests", "Cross-origin requests", "Size of the explanation", "Close"].includes(name)),
    );
    expect(stops).toEqual(["Record requests", "Cross-origin requests", "Size of the explanation", "Close"]);
  });

  test("the arrow keys move the splitter", async () => {
    const share = (): Promise<string | null> =>
      opened.panel.evaluate(() => {
        const splitter = document.querySelector<HTMLElement>("[role=separator]");
        splitter?.focus();
        return splitter?.getAttribute("aria-valuenow") ?? null;
      });
    const before = Number(await share());
    await press(opened.panel, "ArrowRight");
    expect(Number(await share())).toBe(before + 5);
    await press(opened.panel, "ArrowLeft");
    expect(Number(await share())).toBe(before);
  });

  test("the focus can be seen wherever it is", async () => {
    const unseen = await opened.panel.evaluate(async () => {
      const look = (element: HTMLElement): string =>
        [element, ...element.querySelectorAll(".row-active"), element.parentElement]
          .flatMap((one) => (one === null ? [] : [getComputedStyle(one), getComputedStyle(one, "::after")]))
          .map(({ outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor }) => [outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor].join())
          .join(";");
      const stops = [...document.querySelectorAll<HTMLElement>("button:enabled, input, a, summary, [tabindex]")].filter((stop) => stop.getClientRects().length > 0);
      const bad: string[] = [];
      for (const stop of stops) {
        // Browsers show the focus where the keyboard put it.
        const options: FocusOptions & { focusVisible: boolean } = { focusVisible: true, preventScroll: true };
        document.documentElement.tabIndex = -1;
        document.documentElement.focus({ preventScroll: true });
        await new Promise((resolve) => setTimeout(resolve, 120));
        const before = look(stop);
        stop.focus(options);
        if (!stop.matches(":focus-visible")) bad.push(`not focused: ${stop.outerHTML.slice(0, 80)}`);
        else if (look(stop) === before) bad.push(stop.outerHTML.slice(0, 80));
      }
      document.documentElement.removeAttribute("tabindex");
      return bad;
    });
    expect(unseen).toEqual([]);
  });

  test("the focus can be seen on the list before a row is selected", async () => {
    await click(opened.panel, "Close");
    await expect.poll(() => detail(opened.panel), PATIENCE).toBeNull();
    const width = await opened.panel.evaluate(() => {
      const options: FocusOptions & { focusVisible: boolean } = { focusVisible: true };
      const list = document.querySelector<HTMLElement>(".list");
      list?.blur();
      list?.focus(options);
      const pane = list?.parentElement;
      return pane ? getComputedStyle(pane, "::after").outlineWidth : null;
    });
    expect(width).toBe("2px");
  });

  test("a selected row leaves the focus in the list", async () => {
    await clickRow(opened.panel, "trailing-slash");
    expect(await focused(opened.panel)).toBe("Cross-origin requests");
    await press(opened.panel, "ArrowDown");
    expect(await focused(opened.panel)).toBe("Cross-origin requests");
    expect((await rows(opened.panel)).map(({ selected }) => selected)).toEqual([false, true]);
  });

  test("the focus goes to what stands where the list was, and to the list when that is back", async () => {
    await filterBy(opened.panel, "no such thing");
    await opened.panel.evaluate(`document.querySelector(".state button").focus()`);
    await press(opened.panel, "Enter");
    await click(opened.panel, "Clear filter");
    await expect.poll(() => focused(opened.panel), PATIENCE).toBe("Cross-origin requests");
  });

  test("a screen reader is told of what was blocked since", async () => {
    const told = (): Promise<string> => opened.panel.evaluate(`document.querySelector("#live[role=status]").textContent`);
    for (const id of ["error-500", "another-origin"]) await opened.send(id);
    await expect.poll(told, PATIENCE).toBe("2 more requests were blocked");
    const before = Date.now();
    await opened.send("error-500");
    await expect.poll(told, PATIENCE).toBe("1 more request was blocked");
    expect(Date.now() - before).toBeGreaterThan(4000);
  });

  test.each([
    ["the list", []],
    ["the explanation", ["Home", "Enter"]],
  ])("a log that the page's reload clears doesn't lose the focus from %s", async (_, keys) => {
    await opened.send("trailing-slash");
    await expect.poll(async () => (await rows(opened.panel)).length, PATIENCE).toBeGreaterThan(0);
    await opened.panel.evaluate(`document.querySelector(".list").focus()`);
    await press(opened.panel, ...keys);
    await opened.page.reload();
    await expect.poll(() => focused(opened.panel), PATIENCE).toMatch(/^No cross-origin requests yet/);
  });
});
