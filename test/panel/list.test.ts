import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scenarios } from "../lab/scenarios.ts";
import { click, filterBy } from "./hands.ts";
import { BLOCKED, BROWSERS, type LabPanel, openLabPanel, PATIENCE, scenarioOf, sendAll } from "./lab-panel.ts";
import { rows, type ShownRow, summary } from "./shown.ts";

describe.each(BROWSERS)("the list in $name", (build) => {
  let opened: LabPanel;
  let blocked: ShownRow[];

  beforeAll(async () => {
    opened = await openLabPanel(build);
    await sendAll(opened);
    blocked = await rows(opened.panel);
  });
  afterAll(() => opened?.close());

  test("shows every blocked request once, in the order in which they were sent", () => {
    expect(blocked.map(({ outcome, address }) => `${outcome}: ${scenarioOf(address)}`)).toEqual(BLOCKED.map((id) => `Blocked: ${id}`));
  });

  test.each([
    ["missing-allow-origin", "GET", "fetch/xhr", "The route isn’t set up for CORS", "response Access-Control-Allow-Origin"],
    ["trailing-slash", "GET", "fetch/xhr", "A slash at the end of the origin", "response Access-Control-Allow-Origin"],
    ["method-not-listed", "DELETE", "fetch/xhr", "Method is not allowed", "preflight Access-Control-Allow-Methods"],
    ["options-405", "PUT", "fetch/xhr", "OPTIONS has no route", "preflight Status 405"],
    ["sentry-trace", "GET", "fetch/xhr", "A header that something adds by itself", "preflight Access-Control-Allow-Headers"],
    ["redirect-with-password", "GET", "fetch/xhr", "Redirect URL has a user name or password", "redirect Location"],
    ["font", "GET", "font", "The route isn’t set up for CORS", "response Access-Control-Allow-Origin"],
    ["connection-refused", "GET", "fetch/xhr", "Nothing listens there", ""],
  ])("says of %s: %s, %s, %s, %s", (id, method, type, reason, header) => {
    const row = blocked.find(({ address }) => scenarioOf(address) === id);
    const { host } = new URL(row?.address ?? "");
    expect(row).toMatchObject({ outcome: "Blocked", method, type, reason, header, url: `${id} ${host}` });
  });

  test("has a head over every column, and all columns in a wide panel", async () => {
    const heads = await opened.panel.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("[role=columnheader]")].map(({ textContent, offsetWidth }) => ({ text: textContent, wide: offsetWidth > 40 })),
    );
    expect(heads).toEqual(["Method", "URL", "Type", "What blocked it", "Header at fault", "Time"].map((text) => ({ text, wide: true })));
  });

  test("counts", async () => {
    const { count } = await summary(opened.panel);
    expect(count).toMatch(new RegExp(`^\\d+ causes · ${BLOCKED.length} blocked of \\d+$`));
  });

  test("the switch shows what was let through too, and hides it again", async () => {
    await click(opened.panel, "All cross-origin");
    await expect.poll(async () => (await rows(opened.panel)).length, PATIENCE).toBeGreaterThan(blocked.length);
    const all = await rows(opened.panel);
    expect(all.find(({ address }) => scenarioOf(address) === "allowed-preflight")).toMatchObject({ outcome: "Allowed", method: "PUT", reason: "Allowed", header: "" });
    expect(scenarios.map(({ id }) => id).filter((id) => !all.some(({ address }) => scenarioOf(address) === id))).toEqual([]);
    await click(opened.panel, "Blocked");
    await expect.poll(() => rows(opened.panel), PATIENCE).toEqual(blocked);
  });

  test.each([
    ["a part of the URL", "trailing-sl", ["trailing-slash"]],
    ["a method", "delete", ["method-not-listed", "preflight-hangs-up"]],
    ["a type", "font", ["font"]],
    ["the header at fault", "allow-methods", ["wildcard-methods-with-credentials", "method-not-listed", "lower-case-patch", "invalid-methods"]],
    ["several words", "redirect password", ["redirect-with-password"]],
    ["a word that must not be there", "delete -hangs", ["method-not-listed"]],
  ])("is filtered by %s", async (_, text, ids) => {
    await filterBy(opened.panel, text);
    expect((await rows(opened.panel)).map(({ address }) => scenarioOf(address))).toEqual(ids);
    await filterBy(opened.panel, "");
  });

  test("is filtered by a status", async () => {
    const ids = ["to-https", "slash-added"];
    await filterBy(opened.panel, "308");
    const shown = (await rows(opened.panel)).map(({ address }) => address);
    expect(shown.map(scenarioOf)).toEqual(expect.arrayContaining(ids));
    // A free port may have these digits too.
    expect(shown.filter((address) => !address.includes("308") && !ids.includes(scenarioOf(address)))).toEqual([]);
    await filterBy(opened.panel, "");
  });

  test("is filtered by the browser's own name for the error", async () => {
    const [name, ids] = build.engine === "chromium" ? ["InvalidAllowOriginValue", ["no-scheme", "quotes-around-origin"]] : ["CORSMethodNotFound", ["method-not-listed", "lower-case-patch"]];
    await filterBy(opened.panel, name);
    const shown = (await rows(opened.panel)).map(({ address }) => scenarioOf(address));
    expect(shown).toEqual(expect.arrayContaining(ids));
    await filterBy(opened.panel, "");
  });

  test("says so when nothing matches, and offers all again", async () => {
    await filterBy(opened.panel, "no such thing");
    expect(await summary(opened.panel)).toMatchObject({ state: "Nothing matches the filter", action: "Clear filter" });
    await click(opened.panel, "Clear filter");
    await expect.poll(() => rows(opened.panel), PATIENCE).toEqual(blocked);
  });

  test("panel.html in a tab shows the same", async () => {
    const tab = await opened.browser.watch(opened.page);
    try {
      await expect.poll(() => rows(tab), PATIENCE).toEqual(blocked);
    } finally {
      await tab.close();
    }
  });

  test("comes back when the worker was killed, and goes on", async () => {
    await opened.browser.killWorker();
    await opened.send("error-500");
    const latest = { address: expect.stringMatching(/error-500$/), outcome: "Blocked" };
    await expect.poll(async () => (await rows(opened.panel)).length, PATIENCE).toBe(blocked.length + 1);
    await expect.poll(() => rows(opened.panel), PATIENCE).toMatchObject([...blocked, latest]);
  });
});
