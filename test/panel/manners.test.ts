import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { click, clickRow, focused, press, pressWith } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { detail, rows } from "./shown.ts";

/** What holds the tools of Chromium's DevTools. */
const INSPECTOR = `import("./ui/legacy/legacy.js").then(({ InspectorView }) => InspectorView.InspectorView.instance())`;

describe.each(BROWSERS)("the panel among the tools of $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
    for (const id of ["trailing-slash", "options-404"]) await opened.send(id);
    await until("both are listed", async () => (await rows(opened.panel)).length === 2);
  });
  afterAll(() => opened?.close());

  const recording = (): Promise<string | null> => opened.panel.evaluate(() => document.querySelector("[aria-pressed]")?.getAttribute("aria-pressed") ?? null);
  const dialogOpen = (): Promise<boolean> => opened.panel.evaluate(() => document.querySelector("dialog")?.matches(":modal") === true);
  const names = (): Promise<string[]> => opened.panel.evaluate(() => [...document.querySelectorAll(".detail-head button, .call-site button")].map((button) => button.getAttribute("aria-label") ?? button.textContent ?? ""));
  const drawer = (): Promise<boolean> => (isGecko ? Promise.resolve(false) : opened.panel.around(`${INSPECTOR}.then((view) => view.drawerVisible())`));
  const isGecko = build.engine === "gecko";

  test("Ctrl+E stops and starts recording, and no other tool hears of it", async () => {
    expect(await pressWith(opened.panel, "e")).toBe(true);
    await expect.poll(recording, PATIENCE).toBe("false");
    expect(await pressWith(opened.panel, "ㄷ")).toBe(false);
    expect(await pressWith(opened.panel, "e", { ctrlKey: true, shiftKey: true })).toBe(false);
    expect(await pressWith(opened.panel, "e")).toBe(true);
    await expect.poll(recording, PATIENCE).toBe("true");
  });

  test("a keyboard that writes Hangul finds as well, and no other tool hears of it", async () => {
    const used = await opened.panel.evaluate(() => !document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ㄹ", code: "KeyF", ctrlKey: true, bubbles: true, cancelable: true })));
    expect(used).toBe(true);
    expect(await opened.panel.evaluate<string>("document.activeElement.className")).toBe("filter");
  });

  test("keys do nothing while one types", async () => {
    await opened.panel.evaluate(() => document.querySelector<HTMLElement>(".filter")?.focus());
    for (const key of ["e", "l"]) expect(await pressWith(opened.panel, key)).toBe(false);
    expect(await pressWith(opened.panel, "?", { shiftKey: true })).toBe(false);
    expect(await dialogOpen()).toBe(false);
    expect((await rows(opened.panel)).length).toBe(2);
  });

  test("? lists the keys in a dialog that keeps the focus, and gives it back", async () => {
    await clickRow(opened.panel, "options-404");
    await expect.poll(() => focused(opened.panel), PATIENCE).toBe("Cross-origin requests");
    await pressWith(opened.panel, "?", { shiftKey: true });
    await expect.poll(dialogOpen, PATIENCE).toBe(true);
    const shown = await opened.panel.evaluate(() => [...document.querySelectorAll("dialog dl > div")].map((line) => [line.querySelector("dt")?.textContent, [...line.querySelectorAll("kbd")].map(({ textContent }) => textContent).join(" ")].join(": ")));
    expect(shown).toEqual(expect.arrayContaining(["Start or stop recording: Ctrl+E", isGecko ? "Clear the log: Ctrl+Shift+L Ctrl+L" : "Clear the log: Ctrl+L", "Show these shortcuts: ?"]));
    expect(await opened.panel.evaluate(() => document.querySelector("dialog")?.contains(document.activeElement))).toBe(true);
    // The keys that it lists wait until it is closed.
    await pressWith(opened.panel, "l");
    await press(opened.panel, "Escape");
    await expect.poll(dialogOpen, PATIENCE).toBe(false);
    await expect.poll(() => focused(opened.panel), PATIENCE).toBe("Cross-origin requests");
    expect((await rows(opened.panel)).length).toBe(2);
  });

  test("Escape closes what lies on top, one after the other: dialog, guide, explanation; then it is for DevTools", async () => {
    await clickRow(opened.panel, "options-404");
    await click(opened.panel, "Learn");
    await click(opened.panel, "Keyboard shortcuts");
    const layers = (): Promise<string[]> => opened.panel.evaluate(() => ["dialog", ".guide", ".detail"].filter((layer) => document.querySelector(layer) !== null));
    await expect.poll(layers, PATIENCE).toEqual(["dialog", ".guide", ".detail"]);
    expect(await pressWith(opened.panel, "Escape", {})).toBe(true);
    await expect.poll(layers, PATIENCE).toEqual([".guide", ".detail"]);
    await expect.poll(() => focused(opened.panel), PATIENCE).toBe("Keyboard shortcuts");
    expect(await pressWith(opened.panel, "Escape", {})).toBe(true);
    await expect.poll(layers, PATIENCE).toEqual([".detail"]);
    expect(await pressWith(opened.panel, "Escape", {})).toBe(true);
    await expect.poll(layers, PATIENCE).toEqual([]);
    await expect.poll(() => focused(opened.panel), PATIENCE).toBe("Cross-origin requests");
    const used = await pressWith(opened.panel, "Escape", {});
    if (isGecko) return expect(used).toBe(false);
    // Had DevTools heard of one of the others, it would be closed again.
    await expect.poll(drawer, PATIENCE).toBe(true);
    await opened.panel.around(`${INSPECTOR}.then((view) => view.closeDrawer())`);
  });

  test("the theme of DevTools may change", async () => {
    const theme = (): Promise<string> => opened.panel.evaluate(() => `${document.documentElement.dataset["theme"]} ${getComputedStyle(document.documentElement).colorScheme}`);
    expect(await theme()).toBe("light light");
    await opened.panel.setTheme("dark");
    await expect.poll(theme, PATIENCE).toBe("dark dark");
    await opened.panel.setTheme("light");
    await expect.poll(theme, PATIENCE).toBe("light light");
  });

  if (isGecko) test("what DevTools can't open is plain text", async () => {
    await click(opened.panel, "Precise");
    await expect.poll(() => opened.panel.evaluate(() => document.documentElement.dataset["precise"]), PATIENCE).toBe("on");
    await opened.send("missing-allow-origin");
    await expect.poll(async () => (await rows(opened.panel)).length, PATIENCE).toBe(3);
    await clickRow(opened.panel, "missing-allow-origin");
    await expect.poll(() => opened.panel.evaluate(() => document.querySelector(".call-site")?.textContent ?? ""), PATIENCE).toMatch(/^Called from http:\S+page\.js:[0-9]+:[0-9]+$/);
    expect(await names()).toEqual(["Close"]);
    await click(opened.panel, "Precise");
  });

  if (!isGecko) test("the call site opens its line in Sources", async () => {
    await clickRow(opened.panel, "options-404");
    await expect.poll(names, PATIENCE).toEqual(["Show in the Network panel", "Close", expect.stringMatching(/page\.js:[0-9]+:[0-9]+$/)]);
    const place = (await names())[2] ?? "";
    await click(opened.panel, place);
    const sources = (): Promise<string> =>
      opened.panel.around(`(async () => {
        const { Context } = await import("./ui/legacy/legacy.js");
        const { SourcesPanel } = await import("./panels/sources/sources.js");
        const frame = SourcesPanel.SourcesPanel.instance().sourcesView().currentSourceFrame();
        if (frame?.isShowing() !== true) return "";
        const { state } = frame.textEditor;
        const at = state.selection.main.head;
        const line = state.doc.lineAt(at);
        return [frame.uiSourceCode().url(), line.number, at - line.from + 1].join(":");
      })()`);
    await expect.poll(sources, PATIENCE).toBe(place);
    await opened.panel.show();
  });

  if (!isGecko) test("the Network panel shows the request, and only it", async () => {
    const { address } = (await rows(opened.panel)).find((row) => row.address.endsWith("/options-404")) ?? { address: "" };
    await click(opened.panel, "Show in the Network panel");
    const shown = (): Promise<string[]> =>
      opened.panel.around(`(async () => {
        const { NetworkPanel } = await import("./panels/network/network.js");
        const { networkLogView } = NetworkPanel.NetworkPanel.instance();
        return networkLogView.isShowing() ? networkLogView.flatNodesList().filter((node) => node.dataGrid !== null && !node.isFilteredOut?.()).map((node) => node.request()?.url() ?? "") : [];
      })()`);
    await expect.poll(async () => [...new Set(await shown())], PATIENCE).toEqual([address]);
    await opened.panel.show();
  });

  test(isGecko ? "Ctrl+Shift+L empties the log" : "Ctrl+L empties the log", async () => {
    await press(opened.panel, "Escape");
    expect(await pressWith(opened.panel, "l", { ctrlKey: true, shiftKey: isGecko })).toBe(true);
    await expect.poll(async () => (await rows(opened.panel)).length, PATIENCE).toBe(0);
    expect(await detail(opened.panel)).toBeNull();
  });
});
