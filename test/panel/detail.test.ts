import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { click, clickRow, focused, press } from "./hands.ts";
import { BROWSERS, type LabPanel, openLabPanel, PATIENCE, scenarioOf } from "./lab-panel.ts";
import { detail, rows, type ShownDetail, type ShownLine, type ShownStation } from "./shown.ts";

/** In the order in which they are sent. */
const SENT = ["missing-allow-origin", "trailing-slash", "options-404", "session-over-page", "redirect-asks-again", "connection-refused"];

describe.each(BROWSERS)("the explanation in $name", (build) => {
  const chromium = build.engine === "chromium";
  let opened: LabPanel;
  let page: string;
  let api: string;

  beforeAll(async () => {
    await mkdir("out", { recursive: true });
    opened = await openLabPanel(build);
    page = opened.lab.origins.page;
    api = opened.lab.origins.api;
    for (const id of SENT) await opened.send(id);
  });
  beforeEach(() => expect.poll(async () => (await rows(opened.panel)).map(({ outcome }) => outcome), PATIENCE).toEqual(SENT.map(() => "Blocked")));
  afterAll(() => opened?.close());

  async function explained(id: string): Promise<ShownDetail> {
    await clickRow(opened.panel, id);
    const shown = await detail(opened.panel);
    if (shown === null) throw new Error("there is no explanation");
    return shown;
  }

  test("opens at a click on a row, which is marked, and closes by its button", async () => {
    await clickRow(opened.panel, "trailing-slash");
    expect((await rows(opened.panel)).filter(({ selected }) => selected).map(({ address }) => scenarioOf(address))).toEqual(["trailing-slash"]);
    expect((await detail(opened.panel))?.request).toBe(`GET ${api}/trailing-slash`);
    expect(await focused(opened.panel)).toBe("Cross-origin requests");
    await click(opened.panel, "Close");
    await expect.poll(() => detail(opened.panel), PATIENCE).toBeNull();
    expect(await focused(opened.panel)).toBe("Cross-origin requests");
  });

  test("what works but costs comes after the messages", async () => {
    await explained("redirect-asks-again");
    const [headings, titles] = await opened.panel.evaluate<[string[], string[]]>(`[
      [...document.querySelectorAll(".detail section > h3")].map(({ textContent }) => textContent),
      [...document.querySelectorAll(".detail section:has(.stations) + .explained dt")].map(({ textContent }) => textContent),
    ]`);
    expect(headings.slice(headings.indexOf("Messages, in order")).slice(0, 2)).toEqual(["Messages, in order", "Worth knowing"]);
    expect(titles).toEqual(["The preflight is kept for 5 seconds only"]);
    await opened.panel.screenshot(`out/notices-${build.name}.png`, { width: 1280, height: 1400 });
    await press(opened.panel, "Escape");
  });

  test("gives the lines that fix it, to be copied", async () => {
    await explained("trailing-slash");
    // What is selected at that moment is what would be copied.
    await opened.panel.evaluate(`(document.addEventListener("copy", () => (document.documentElement.dataset.copied = document.activeElement.value), { once: true }), 1)`);
    await click(opened.panel, "Copy these header lines");
    // The line for credentials is left out until the user says that there are some.
    const lines = `Access-Control-Allow-Origin: ${page}\nVary: Origin`;
    expect(await opened.panel.evaluate<string[]>(`[[...document.querySelectorAll(".answer li:not(.left-out) code")].map(({ textContent }) => textContent).join("\\n"), document.documentElement.dataset.copied ?? ""]`)).toEqual([
      lines,
      // Firefox copies at a real click only.
      chromium ? lines : "",
    ]);
    expect(await focused(opened.panel)).toBe("Copy these header lines");
    await press(opened.panel, "Escape");
  });

  test("opens and changes by the keyboard", async () => {
    const keys: readonly (readonly [string, string | null])[] = [
      ["ArrowDown", "missing-allow-origin"],
      ["ArrowDown", "trailing-slash"],
      ["End", "connection-refused"],
      ["ArrowDown", "connection-refused"],
      ["ArrowUp", "redirect-asks-again"],
      ["Home", "missing-allow-origin"],
      ["PageDown", "connection-refused"],
      ["Escape", null],
    ];
    for (const [key, id] of keys) {
      await press(opened.panel, key);
      const shown = await detail(opened.panel);
      expect([key, shown === null ? null : scenarioOf(shown.request.replace(/^\S+ /, ""))]).toEqual([key, id]);
      expect(await focused(opened.panel)).toBe("Cross-origin requests");
    }
  });

  test("Enter goes into it, Escape back to the list", async () => {
    await press(opened.panel, "Home", "Enter");
    expect(await focused(opened.panel)).toBe("Explanation");
    await press(opened.panel, "Escape");
    expect(await focused(opened.panel)).toBe("Cross-origin requests");
    expect(await detail(opened.panel)).toBeNull();
  });

  test("says what differs in a value: a trailing slash", async () => {
    const shown = await explained("trailing-slash");
    expect(shown.title).toBe("Allowed origin does not match");
    expect(shown.sentence).toBe(`The response from ${new URL(api).host} allows ${page}/, but the page’s origin is ${page}. The two have to be the same, character for character.`);
    expect(shown.compared).toEqual({
      header: "Access-Control-Allow-Origin",
      on: "response",
      actual: `${page}/`,
      expected: page,
      marks: ["/"],
      hint: "The value ends with a slash. An origin never does.",
    });
    expect(shown.browserName).toBe(chromium ? "Chromium’s name for it AllowOriginMismatch" : "Firefox’s name for it CORSAllowOriginNotMatchingOrigin");
    expect(shown.failing).toEqual([]);
    expect(markedIn(shown.stations)).toEqual([["Request", "Response headers", "Access-Control-Allow-Origin", `${page}/`]]);
  });

  test("stands the actual value beside the expected one", async () => {
    await explained("trailing-slash");
    // Gives the panel its room: Firefox opens DevTools in a small window.
    await opened.panel.screenshot(`out/explanation-${build.name}.png`, { width: 1280, height: 800 });
    const [actual, expected] = await opened.panel.evaluate(() =>
      [".compared-actual", ".compared-expected"].map((part) => {
        const { top, left, right } = document.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
        return { top, left, right };
      }),
    );
    expect(actual?.top).toBe(expected?.top);
    expect(actual?.right).toBeLessThanOrEqual(expected?.left ?? 0);
  });

  test("shows a lacking header as lacking", async () => {
    const shown = await explained("missing-allow-origin");
    expect(shown.compared).toMatchObject({ actual: "no such header", expected: page, marks: [page], hint: "" });
    expect(markedIn(shown.stations)).toEqual([["Request", "Response headers", "Access-Control-Allow-Origin", "missing"]]);
    expect(shown.stations.map(({ fails, open }) => ({ fails, open }))).toEqual([{ fails: "fails here", open: true }]);
  });

  test("links to the standard and to MDN", async () => {
    expect((await explained("trailing-slash")).links).toEqual([
      { text: "Fetch Standard: CORS check, step 4", url: "https://fetch.spec.whatwg.org/#concept-cors-check" },
      { text: "MDN: CORSAllowOriginNotMatchingOrigin", url: "https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors/CORSAllowOriginNotMatchingOrigin" },
    ]);
  });

  test("goes on to every further check that fails, each with its header and its link", async () => {
    const shown = await explained("options-404");
    expect(shown).toMatchObject({ title: "No Access-Control-Allow-Origin", compared: { on: "preflight", actual: "no such header" } });
    expect(shown.failing).toMatchObject([
      { title: expect.stringContaining("Preflight status is not OK"), compared: { header: "Status", on: "preflight", actual: "404", expected: "204" } },
      {
        title: expect.stringContaining("Request header is not allowed"),
        sentence: expect.stringContaining("The page sends the header content-type"),
        compared: { header: "Access-Control-Allow-Headers", on: "preflight", actual: "no such header", expected: "content-type" },
      },
    ]);
    expect(shown.links.filter(({ url }) => url.startsWith("https://fetch.spec.whatwg.org/")).map(({ text }) => text.replace(/, step.*/, ""))).toEqual([
      "Fetch Standard: CORS check",
      "Fetch Standard: CORS-preflight fetch",
      "Fetch Standard: CORS-preflight fetch",
    ]);
    expect(markedIn(shown.stations).map(([station, , name]) => `${station}: ${name}`)).toEqual(["Preflight: Access-Control-Allow-Origin", "Preflight: Access-Control-Allow-Headers"]);
    expect(shown.stations.map(({ kind, result }) => [kind, result])).toEqual([
      ["Preflight", "404 Not Found"],
      ["Request", "never sent: the preflight did not pass"],
    ]);
  });

  test("has preflights, redirects and requests in order, each with the headers of both directions", async () => {
    const { stations } = await explained("redirect-asks-again");
    expect(stations.map(({ kind, method, result, url, open }) => ({ kind, method, result, url, open }))).toEqual([
      { kind: "Preflight", method: "OPTIONS", result: "204 No Content", url: `${api}/redirect-asks-again`, open: false },
      { kind: "Request", method: "PUT", result: "307 Temporary Redirect", url: `${api}/redirect-asks-again`, open: false },
      { kind: "Preflight", method: "OPTIONS", result: "404 Not Found", url: `${api}/redirect-asks-again/v2`, open: true },
      { kind: "Redirected request", method: "PUT", result: "never sent: the preflight did not pass", url: `${api}/redirect-asks-again/v2`, open: false },
    ]);
    const [preflight, request, again, unsent] = stations;
    expect(lines(preflight, "Request headers")).toMatchObject({ origin: page, "access-control-request-method": "PUT" });
    expect(lines(preflight, "Response headers")).toMatchObject({ "access-control-allow-methods": "PUT" });
    expect(lines(request, "Request headers")).toMatchObject({ origin: page });
    expect(lines(request, "Response headers")).toMatchObject({ location: `${api}/redirect-asks-again/v2` });
    expect(request?.notes).toContain(`Redirects to ${api}/redirect-asks-again/v2`);
    expect(lines(again, "Request headers")).toMatchObject({ "access-control-request-method": "PUT" });
    expect(lines(again, "Response headers")).toMatchObject({ "access-control-allow-origin": "missing" });
    expect(unsent?.tables).toEqual([]);
  });

  test("a closed message opens at a click", async () => {
    await explained("redirect-asks-again");
    const open = (): Promise<boolean[]> => opened.panel.evaluate(() => [...document.querySelectorAll<HTMLDetailsElement>(".station details")].map(({ open }) => open));
    await opened.panel.evaluate(() => document.querySelector<HTMLElement>(".station summary")?.click());
    await expect.poll(open, PATIENCE).toEqual([true, false, true, false]);
  });

  test("blames the last message of a redirect when that is at fault", async () => {
    const { stations, sentence } = await explained("session-over-page");
    expect(stations.map(({ kind, url, fails }) => [kind, url, fails])).toEqual([
      ["Request", `${api}/session-over-page`, ""],
      ["Redirected request", `${opened.lab.origins.other}/session-over-page/sign-in`, "fails here"],
    ]);
    expect(sentence).toContain(new URL(opened.lab.origins.other).host);
  });

  test("says when it isn't CORS at all", async () => {
    const shown = await explained("connection-refused");
    const error = chromium ? "net::ERR_CONNECTION_REFUSED" : "NS_ERROR_CONNECTION_REFUSED";
    expect(shown).toMatchObject({ title: "Connection refused", compared: null, sentence: expect.stringContaining("This is not CORS") });
    expect(shown.stations).toMatchObject([{ result: "no response", notes: [`ended with ${error}`] }]);
  });
});

/** The marked lines: station, table, name and value. */
function markedIn(stations: readonly ShownStation[]): string[][] {
  return stations.flatMap(({ kind, tables }) =>
    tables.flatMap(({ title, lines }) => lines.filter(({ marked }) => marked).map(({ name, value }) => [kind, title, name, value])),
  );
}

function lines(station: ShownStation | undefined, title: string): Record<string, string> {
  const table = station?.tables.find((one) => one.title === title);
  return Object.fromEntries((table?.lines ?? []).map(({ name, value }: ShownLine) => [name.toLowerCase(), value]));
}
