import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Log } from "../../src/model.ts";
import { A, B, elsewhere, Tape } from "./tapes.ts";

const texts = vi.hoisted(() => new Map<number, string>());
vi.mock("../../extension/browser.ts", () => ({
  default: { action: { setBadgeBackgroundColor: async () => {}, setBadgeText: async ({ tabId, text }: { tabId: number; text: string }) => void texts.set(tabId, text) } },
}));
const { Badge } = await import("../../extension/badge.ts");

const blocked = new Tape().begin("b", "GET", B).send("b", "GET", B).head("b", "GET", B, 200).fail("b", "GET", B, "net::ERR_FAILED").events;
const aborted = new Tape().begin("x", "GET", B).send("x", "GET", B).fail("x", "GET", B, "net::ERR_ABORTED").events;
const local = new Tape().begin("l", "GET", `${A}/l`).send("l", "GET", `${A}/l`).head("l", "GET", `${A}/l`, 500).done("l", "GET", `${A}/l`).events;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the icon counts what Chromium refused without a request, which ends without an error", () => {
  const log = local.map((event) => ({ ...event, url: B })).reduce(step, emptyLog("chromium"));
  const refused = { ...log, exchanges: log.exchanges.map((exchange) => ({ ...exchange, refused: "content-security-policy" as const })) };
  new Badge("chromium", () => refused).changed(7);
  vi.runAllTimers();
  expect(texts.get(7)).toBe("1");
});

test.each([
  ["what was blocked", [...blocked, ...aborted, ...local], "1"],
  ["nothing", [...aborted, ...local], ""],
  ["no more than fits", Array.from({ length: 120 }, (_, index) => elsewhere(blocked, String(index))).flat(), "99+"],
])("the icon counts %s, and is cleared when nobody watches any more", (_, events, expected) => {
  let log: Log | null = events.reduce(step, emptyLog("chromium"));
  const badge = new Badge("chromium", () => log);
  badge.changed(7);
  vi.runAllTimers();
  expect(texts.get(7)).toBe(expected);
  log = null;
  badge.changed(7);
  vi.runAllTimers();
  expect(texts.get(7)).toBe("");
});
