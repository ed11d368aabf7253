import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const ENTRIES = [{ startedDateTime: "2026-01-02T03:04:05Z" }];

type GetHar = (...args: readonly unknown[]) => unknown;

const api = vi.hoisted(() => ({ devtools: null as { network: { getHAR: GetHar }; panels: object } | null }));

vi.mock("../../extension/browser.ts", () => ({ default: api }));

/** Answers a callback alone, and says nothing without one. */
const chrome: GetHar = (answer) => (typeof answer === "function" ? void answer({ entries: ENTRIES }) : undefined);

/** Makes a promise, and takes nothing. */
const firefox: GetHar = (...args) => {
  if (args.length > 0) throw new Error("Incorrect argument types for devtools.network.getHAR.");
  return Promise.resolve({ entries: ENTRIES });
};

describe.each([
  ["chrome-extension:", chrome],
  ["moz-extension:", firefox],
])("what DevTools have recorded, in %s", (protocol, getHAR) => {
  beforeEach(() => {
    vi.resetModules();
    vi.stubGlobal("location", { protocol });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    api.devtools = null;
  });

  const read = async (): Promise<readonly unknown[]> => (await import("../../extension/panel/other-tools.ts")).networkEntries();

  test("is asked for in the browser's own way", async () => {
    api.devtools = { network: { getHAR }, panels: {} };
    expect(await read()).toEqual(ENTRIES);
  });

  test.each([[null], [{}], [{ entries: "none" }]])("%j is nothing", async (har) => {
    api.devtools = { network: { getHAR: protocol === "moz-extension:" ? () => Promise.resolve(har) : (answer) => void Reflect.apply(answer as GetHar, null, [har]) }, panels: {} };
    expect(await read()).toEqual([]);
  });

  test("is nothing outside of DevTools", async () => {
    expect(await read()).toEqual([]);
  });
});
