import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../browsers/browser.ts";
import { click, clickRow } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE } from "./lab-panel.ts";
import { rows } from "./shown.ts";

describe.each(BROWSERS)("a fix on trial in $name", (build) => {
  const chromium = build.engine === "chromium";
  let opened: LabPanel;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    opened = await openLabPanel(build);
    for (const id of ["trailing-slash", "options-404", "json-content-type"]) await opened.send(id);
    await until("the list has them", async () => (await rows(opened.panel)).length === 3);
  });
  afterAll(() => opened?.close());

  const outcomes = (): Promise<string[]> => opened.panel.evaluate(`[...document.querySelectorAll(".banner-trial .trial-outcome")].map(({ textContent }) => textContent)`);
  const hints = (): Promise<string[]> => opened.panel.evaluate(`[...document.querySelectorAll(".try-it .hint")].map(({ textContent }) => textContent)`);
  /** What the page itself sees of a scenario's request. */
  const asked = (id: string): Promise<string> => opened.page.evaluate<string>(`fetch(${JSON.stringify(`${opened.lab.origins.api}/${id}`)}).then(() => "passed", () => "blocked")`);
  const rules = (): Promise<number> => opened.panel.evaluate<number>(`(globalThis.browser ?? chrome).declarativeNetRequest?.getSessionRules().then(({ length }) => length) ?? -1`);

  test("passes when it is sent again, says so, and is blocked again once it is stopped", async () => {
    expect(await asked("trailing-slash")).toBe("blocked");
    await clickRow(opened.panel, "trailing-slash");
    await click(opened.panel, "Try it: send again");
    await expect.poll(outcomes, PATIENCE).toEqual(["On trial: it passes"]);
    expect(await asked("trailing-slash")).toBe("passed");
    expect(await asked("trailing-slash#top")).toBe("passed");
    expect(await asked("missing-allow-origin")).toBe("blocked");
    await opened.panel.screenshot(`out/trial-${build.name}.png`, { width: 1280, height: 900 });
    await click(opened.panel, "Stop the trial");
    await expect.poll(outcomes, PATIENCE).toEqual([]);
    expect(await asked("trailing-slash")).toBe("blocked");
  });

  test("takes preflights too, with the headers that the page had set, and shows the request that proves it", async () => {
    await clickRow(opened.panel, "json-content-type");
    await click(opened.panel, "Try it: send again");
    await expect.poll(outcomes, PATIENCE).toEqual(["On trial: it passes"]);
    await click(opened.panel, "Show the request");
    const [note, stations] = await opened.panel.evaluate<[string, string[]]>(`[
      document.querySelector(".detail .banner-trial")?.textContent ?? "",
      [...document.querySelectorAll(".station-kind")].map(({ textContent }) => textContent),
    ]`);
    expect(note).toContain("made while a fix was on trial");
    expect(stations).toEqual(["Preflight", "Request"]);
    await click(opened.panel, "Stop all trials");
    await expect.poll(outcomes, PATIENCE).toEqual([]);
    await click(opened.panel, "Blocked");
  });

  test("says what a trial can't change", async () => {
    await clickRow(opened.panel, "options-404");
    expect(await hints()).toEqual([expect.stringContaining("change only headers")]);
  });

  test("holds over a reload, and waits for the page to ask", async () => {
    await clickRow(opened.panel, "trailing-slash");
    await click(opened.panel, "Try it: reload the page");
    await expect.poll(outcomes, PATIENCE).toEqual(["On trial: waiting for the request"]);
    await expect.poll(() => opened.page.evaluate<string>("typeof run").catch(() => "loading"), PATIENCE).toBe("function");
    await opened.send("trailing-slash");
    await expect.poll(outcomes, PATIENCE).toEqual(["On trial: it passes"]);
  });

  test("ends with the worker", async () => {
    expect(await asked("trailing-slash")).toBe("passed");
    await opened.browser.killWorker();
    await expect.poll(outcomes, PATIENCE).toEqual([]);
    await expect.poll(() => asked("trailing-slash"), PATIENCE).toBe("blocked");
    if (chromium) expect(await rules()).toBe(0);
  });

  test("ends with DevTools", async () => {
    await opened.send("trailing-slash");
    await expect.poll(async () => (await rows(opened.panel)).some(({ address }) => address.endsWith("/trailing-slash")), PATIENCE).toBe(true);
    await clickRow(opened.panel, "trailing-slash");
    await click(opened.panel, "Try it: send again");
    await expect.poll(outcomes, PATIENCE).toEqual(["On trial: it passes"]);
    expect(await asked("trailing-slash")).toBe("passed");
    await opened.panel.close();
    await expect.poll(() => asked("trailing-slash"), PATIENCE).toBe("blocked");
  });
});

describe.each(BROWSERS)("the fix as configuration in $name", (build) => {
  let opened: LabPanel;

  beforeAll(async () => {
    opened = await openLabPanel(build);
    for (const id of ["options-404", "missing-allow-origin"]) await opened.send(id);
    await until("the list has them", async () => (await rows(opened.panel)).length === 2);
  });
  afterAll(() => opened?.close());

  const shown = (): Promise<{ recipe: string; file: string; text: string }> =>
    opened.panel.evaluate(`({
      recipe: document.querySelector("select[name=recipe]").value,
      file: document.querySelector(".recipes figcaption code").textContent,
      text: document.querySelector(".recipes pre").textContent,
    })`);
  const choose = (name: string, value: string): Promise<void> =>
    opened.panel.evaluate(
      (name, value) => {
        const select = document.querySelector<HTMLSelectElement>(`select[name=${name}]`);
        if (select === null) throw new Error(`there is no ${name} to choose`);
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
      name,
      value,
    );

  test("is for the server that answered, as its response shows", async () => {
    await clickRow(opened.panel, "options-404");
    const { recipe, file, text } = await shown();
    expect([recipe, file]).toEqual(["express", "app.js"]);
    expect(text).toContain(`origin: "${opened.lab.origins.page}"`);
    expect(text).not.toContain("credentials");
    await click(opened.panel, "Requests come with credentials (cookies)");
    await expect.poll(async () => (await shown()).text, PATIENCE).toContain("credentials: true");
    expect(text).toContain(`"content-type"`);
  });

  test("is for another server when that is chosen, and stays so for those that show nothing", async () => {
    await choose("recipe", "caddy");
    await expect.poll(shown, PATIENCE).toMatchObject({ recipe: "caddy", text: expect.stringContaining(opened.lab.origins.page) });
    await clickRow(opened.panel, "missing-allow-origin");
    expect((await shown()).recipe).toBe("caddy");
  });

  test("is a development server's where the page comes from one", async () => {
    await choose("recipe", "vite");
    await expect.poll(shown, PATIENCE).toMatchObject({ recipe: "vite", text: expect.stringContaining(opened.lab.origins.api) });
  });

  test("the request is there as a command, without what is secret", async () => {
    const commands = (): Promise<string[]> => opened.panel.evaluate(`[...document.querySelectorAll(".commands pre")].map(({ textContent }) => textContent)`);
    await clickRow(opened.panel, "options-404");
    expect((await commands()).map((text) => text.split(" ")[0])).toEqual(["curl", "curl"]);
    await choose("command", "fetch");
    await expect.poll(commands, PATIENCE).toEqual([expect.stringContaining(`${opened.lab.origins.api}/options-404`)]);
    await choose("command", "check");
    await expect.poll(commands, PATIENCE).toEqual([expect.stringMatching(/OPTIONS http[^]*POST http/)]);
  });
});
