import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { click, clickRow, focused, press, pressWith } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { detail, rows } from "./shown.ts";

const CHAPTERS = ["Why browsers say no", "Simple requests", "Preflights", "Credentials", "Redirects and Origin: null", "Tags and no-cors", "Caching", "Proxies in development"];

/** The guide as it reads; null when it isn't open. */
interface ShownGuide {
  readonly title: string;
  readonly current: readonly string[];
  readonly verdict: string;
  readonly codes: readonly string[];
  readonly links: readonly string[];
  /** How far it is scrolled. */
  readonly top: number;
}

describe.each(BROWSERS)("the guide in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    opened = await openLabPanel(build);
    await opened.send("options-404");
    await until("the request is listed", async () => (await rows(opened.panel)).length === 1);
  });
  afterAll(() => opened?.close());

  const shown = (): Promise<ShownGuide | null> =>
    opened.panel.evaluate(() => {
      const guide = document.querySelector(".guide");
      if (guide === null) return null;
      const all = (selector: string): Element[] => [...guide.querySelectorAll(selector)];
      const text = (element: Element | undefined): string => element?.textContent?.trim() ?? "";
      return {
        title: text(all("h2")[0]),
        current: all("nav [aria-current=page]").map(text),
        verdict: text(all(".example-verdict")[0]),
        codes: all(".sentence code").map(text),
        links: all(".links a").map((link) => link.getAttribute("href") ?? ""),
        top: guide.querySelector(".guide-page")?.scrollTop ?? -1,
      };
    });
  const covered = (): Promise<boolean> => opened.panel.evaluate(() => document.querySelector<HTMLElement>(".split")?.inert === true);
  const focusCurrent = (): Promise<void> => opened.panel.evaluate(() => document.querySelector<HTMLElement>(".guide nav [aria-current]")?.focus());

  const focusOn = (title: string): Promise<void> => opened.panel.evaluate((wanted) => [...document.querySelectorAll<HTMLElement>(".guide nav button")].find(({ textContent }) => textContent === wanted)?.focus(), title);

  test("opens at its first chapter, in place of the list", async () => {
    expect(await covered()).toBe(false);
    await click(opened.panel, "Learn");
    expect(await shown()).toMatchObject({ title: CHAPTERS[0], current: [CHAPTERS[0]], verdict: "No Access-Control-Allow-Origin" });
    expect(await focused(opened.panel)).toBe(CHAPTERS[0]);
    expect(await covered()).toBe(true);
  });

  test("goes through its chapters by the arrow keys", async () => {
    await focusCurrent();
    for (const title of CHAPTERS.slice(1)) {
      await press(opened.panel, "ArrowDown");
      expect(await shown()).toMatchObject({ title, current: [title] });
      expect(await focused(opened.panel)).toBe(title);
    }
    await press(opened.panel, "ArrowDown");
    expect(await focused(opened.panel)).toBe(CHAPTERS.at(-1));
    await press(opened.panel, "ArrowUp");
    expect(await focused(opened.panel)).toBe(CHAPTERS.at(-2));
    await press(opened.panel, "Home");
    expect(await shown()).toMatchObject({ title: CHAPTERS[0] });
    await press(opened.panel, "End");
    expect(await shown()).toMatchObject({ title: CHAPTERS.at(-1) });
  });

  test("the arrow keys go from the button that has the focus, and only if they are pressed alone", async () => {
    await focusOn(CHAPTERS[2] ?? "");
    await pressWith(opened.panel, "ArrowDown", { ctrlKey: true });
    expect(await shown()).toMatchObject({ title: CHAPTERS.at(-1) });
    await press(opened.panel, "ArrowDown");
    expect(await shown()).toMatchObject({ title: CHAPTERS[3] });
    expect(await focused(opened.panel)).toBe(CHAPTERS[3]);
  });

  test("shows terms as code, and where the standard has it", async () => {
    await click(opened.panel, "Caching");
    const { codes = [], links = [] } = (await shown()) ?? {};
    expect(codes).toContain("Vary: Origin");
    expect(links).toContain("https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches");
  });

  test("Escape closes it and gives the focus back to the button", async () => {
    await press(opened.panel, "Escape");
    expect(await shown()).toBeNull();
    expect(await covered()).toBe(false);
    expect(await focused(opened.panel)).toBe("Learn");
  });

  test.each(["Close the guide", "Learn"])("so does %s", async (name) => {
    await click(opened.panel, "Learn");
    await expect.poll(async () => (await shown())?.title, PATIENCE).toBe(CHAPTERS[0]);
    await click(opened.panel, name);
    expect(await shown()).toBeNull();
    expect(await focused(opened.panel)).toBe("Learn");
  });

  test("a blocked request leads to the chapter that explains it, and has the focus again afterwards", async () => {
    await clickRow(opened.panel, "options-404");
    await click(opened.panel, "Learn: Preflights");
    expect(await shown()).toMatchObject({ title: "Preflights", verdict: "Request header is not allowed" });
    expect(await focused(opened.panel)).toBe("Preflights");
    await press(opened.panel, "Escape");
    expect(await focused(opened.panel)).toBe("Learn: Preflights");
    expect(await detail(opened.panel)).not.toBeNull();
  });

  test("the next chapter is a button at the end, and begins at its top", async () => {
    await click(opened.panel, "Learn: Preflights");
    await opened.panel.screenshot(`out/guide-turned-${build.name}.png`, { width: 700, height: 400 });
    await opened.panel.evaluate(`document.querySelector(".guide-page").scrollTo(0, 300)`);
    expect((await shown())?.top).toBe(300);
    await click(opened.panel, "Next: Credentials");
    await expect.poll(shown, PATIENCE).toMatchObject({ title: "Credentials", top: 0 });
    expect(await focused(opened.panel)).toBe("Credentials");
    await click(opened.panel, "Previous: Preflights");
    await expect.poll(shown, PATIENCE).toMatchObject({ title: "Preflights", top: 0 });
    await press(opened.panel, "Escape");
    expect(await focused(opened.panel)).toBe("Learn: Preflights");
  });

  test("everything in it that can be used has a name of its own", async () => {
    await click(opened.panel, "Learn");
    const names = await opened.panel.evaluate(() => [...document.querySelectorAll(".guide :is(button, a, summary)")].map((element) => (element.getAttribute("aria-label") ?? element.textContent ?? "").trim()));
    expect(names).toEqual(expect.arrayContaining([...CHAPTERS, "Next: Simple requests", "Close the guide"]));
    expect(names.filter((name) => name === "")).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    await press(opened.panel, "Escape");
  });
});
