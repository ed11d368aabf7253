import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Words } from "../../src/explain.ts";
import { judge } from "../../src/judge.ts";
import { type Lane, type LabelLine, picture, type Picture, type Step } from "../../src/picture.ts";
import { layOut, type Layout, type Measure, type PlacedText } from "../../src/picture-layout.ts";
import { RECORDED } from "./tapes.ts";

const words: Words = (key, params = []) => [key, ...params].join(" ");
const measure: Measure = (text, _font, tone) => Array.from(text).length * (tone === "fault" ? 7 : 6);

const LANES: readonly Lane[] = [
  { kind: "page", name: "app.example", origin: "https://app.example" },
  { kind: "browser", name: "Firefox", origin: "" },
  { kind: "server", name: "api.example", origin: "https://api.example" },
];

function only(change: Partial<Step>, label: readonly LabelLine[] = [{ text: "GET /", tone: "plain" }]): Picture {
  return { lanes: LANES, steps: [{ key: "0-request", from: 1, to: 2, kind: "request", state: "passed", label, ...change }], trial: false };
}

function linesOf(text: string, available: number): string[] {
  return layOut(only({}, [{ text, tone: "plain" }]), available, words, measure).steps.flatMap(({ texts }) => texts.map((line) => line.text));
}

describe("an arrow", () => {
  test.each<[string, Partial<Step>, { x1: number; x2: number }, boolean]>([
    ["ends at its lane", {}, { x1: 150, x2: 250 }, false],
    ["goes back", { from: 2, to: 1, kind: "answer" }, { x1: 250, x2: 150 }, false],
    ["of an answer that fails a check arrives", { from: 2, to: 1, kind: "answer", state: "failing" }, { x1: 250, x2: 150 }, false],
    ["without an answer ends before the server, in a cross", { state: "failing" }, { x1: 150, x2: 234 }, true],
    ["never sent ends where it begins, in a cross", { state: "never-sent" }, { x1: 150, x2: 150 + 100 / 3 }, true],
  ])("%s", (_name, change, wanted, crossed) => {
    const [placed] = layOut(only(change), 300, words, measure).steps;
    expect(placed?.arrow).toMatchObject(wanted);
    expect(placed?.sign).toEqual(crossed ? { x: wanted.x2, y: placed?.arrow?.y } : null);
  });
});

describe("what is within the browser", () => {
  test.each<[Step["kind"], boolean]>([["stop", true], ["cached", false]])("%s is a box on its line", (kind, signed) => {
    const [placed] = layOut(only({ from: 1, to: 1, kind }), 300, words, measure).steps;
    expect(placed).toMatchObject({ arrow: null, box: { x: 125, width: 50 } });
    expect(placed?.sign === null).toBe(!signed);
  });
});

describe("a label", () => {
  test.each<[string, number, readonly string[]]>([
    ["GET /", 300, ["GET /"]],
    // 48 characters fit.
    [`Access-Control-Allow-Origin: https://${"a".repeat(30)}`, 300, ["Access-Control-Allow-Origin:", `https://${"a".repeat(30)}`]],
    [`GET /${"a".repeat(30)}/${"b".repeat(30)}`, 300, [`GET /${"a".repeat(30)}/`, "b".repeat(30)]],
    ["x".repeat(150), 300, ["x".repeat(48), "x".repeat(48), `${"x".repeat(47)}…`]],
  ])("%s, on %i pixels", (text, available, wanted) => {
    expect(linesOf(text, available)).toEqual(wanted);
  });
});

describe("the width", () => {
  test.each<[number, number]>([[300, 300], [400, 399], [5000, 720], [10, 228]])("of %i pixels, %i are used", (available, wanted) => {
    expect(layOut(only({}), available, words, measure).width).toBe(wanted);
  });
});

test("a trial is told below, for whoever gets the picture without the panel", () => {
  expect(layOut(only({}), 300, words, measure).caption).toEqual([]);
  expect(layOut({ ...only({}), trial: true }, 300, words, measure).caption.map(({ text }) => text)).toEqual(["picture_trial"]);
});

test("all is within the picture, and nothing over another step", () => {
  const drawn = RECORDED.flatMap(({ engine, events }) => events.reduce(step, emptyLog(engine)).exchanges.map((exchange) => picture(exchange, judge(exchange, engine), engine, [])));
  fc.assert(
    fc.property(fc.constantFrom(...drawn), fc.integer({ min: 0, max: 2000 }), fc.boolean(), (shown, available, trial) => {
      const layout = layOut({ ...shown, trial }, available, words, measure);
      for (const { x, y, width } of textsOf(layout)) expect([x >= 0, x + width <= layout.width, y <= layout.height]).toEqual([true, true, true]);
      for (const [index, { top, height, texts, box }] of layout.steps.entries()) {
        const next = layout.steps[index + 1];
        if (next !== undefined) expect(next.top).toBe(top + height);
        for (const { y } of texts) expect([y > top, y < top + height]).toEqual([true, true]);
        if (box !== null) expect([box.x >= 0, box.x + box.width <= layout.width, box.y + box.height <= top + height]).toEqual([true, true, true]);
      }
    }),
    { numRuns: 200 },
  );
});

function textsOf({ lanes, steps, caption }: Layout): PlacedText[] {
  return [...lanes.flatMap(({ texts }) => texts), ...steps.flatMap(({ texts }) => texts), ...caption];
}
