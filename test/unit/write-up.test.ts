import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Engine, Exchange, NetEvent } from "../../src/model.ts";
import { type Block, textOf } from "../../src/report/document.ts";
import { writeReport } from "../../src/report/formats.ts";
import { toText } from "../../src/report/text.ts";
import { writeUp } from "../../src/report/write-up.ts";
import { shippedWords } from "./shipped-words.ts";
import { A, B, elsewhere, RECORDED, Tape } from "./tapes.ts";

const english = { words: shippedWords("en"), version: "1.0", sensitive: false };

function exchangesOf(events: readonly NetEvent[], engine: Engine = "chromium"): readonly Exchange[] {
  return events.reduce(step, emptyLog(engine)).exchanges;
}

function report(exchanges: readonly Exchange[], options = english, engine: Engine = "chromium"): string {
  return toText(writeUp(exchanges, exchanges, engine, options));
}

function headings(exchanges: readonly Exchange[]): string[] {
  return writeUp(exchanges, exchanges, "chromium", english).blocks.flatMap((block) => (block.kind === "heading" && block.level === 2 ? [textOf(block.spans)] : []));
}

function kinds(blocks: readonly Block[]): string[] {
  return blocks.map((block) => (block.kind === "heading" ? `${block.level} ${textOf(block.spans)}` : block.kind));
}

function refused(id: string, path: string, origin = "https://other.example"): Tape {
  const url = `${B}${path}`;
  return new Tape().begin(id, "GET", url).send(id, "GET", url, { Cookie: "a=s3cret" }).head(id, "GET", url, 200, { "Access-Control-Allow-Origin": origin, "X-Internal": "s3cret" }).fail(id, "GET", url, "net::ERR_FAILED");
}

function passed(id: string, path: string, headers: Readonly<Record<string, string>> = {}): Tape {
  const url = `${B}${path}`;
  return new Tape().begin(id, "GET", url).send(id, "GET", url).head(id, "GET", url, 200, { "Access-Control-Allow-Origin": A, ...headers }).start(id, "GET", url).done(id, "GET", url);
}

test("one exchange: in the order of the panel", () => {
  const [exchange] = exchangesOf(refused("1", "/x").events);
  const { blocks, title } = writeUp(exchange === undefined ? [] : [exchange], [], "chromium", english);
  expect(textOf(title)).toBe(`CORS report: ${A}`);
  expect(kinds(blocks)).toEqual([
    "facts", "2 Allowed origin does not match – GET x", "verdict", "facts", "comparison",
    "3 Likely cause", "list", "3 What fixes it", "paragraph", "paragraph", "code", "paragraph", "code", "3 Would fail next; the lines above mend it too", "list", "picture",
    "3 Messages, in order", "paragraph", "code", "3 What this rests on", "list", "3 In the other browser", "paragraph", "3 Read more", "list",
  ]);
});

describe("what failed alike is told once", () => {
  const forty = Array.from({ length: 40 }, (_, index) => refused(`${index}`, `/item/${index}`).events).flat();
  const text = report(exchangesOf([...forty, ...refused("a", "/again").events, ...refused("b", "/again").events]));

  test("with how many there are", () => expect(text).toContain("Allowed origin does not match ×42 – GET 0\n"));
  test("and which: each once, and not without end", () => {
    expect(text).toContain("Requests that failed alike (42):\n\n  * GET https://api.example/item/0\n");
    expect(text).toContain("  * … and 16 more\n");
    expect(report(exchangesOf([...refused("a", "/again").events, ...refused("b", "/again").events]))).toContain("  * GET https://api.example/again ×2\n");
  });
  test("counted over all", () => expect(text).toContain("Requests: 42 blocked of 42"));
});

test("what failed otherwise, or elsewhere, is a part of its own; what passed is a list at the end", () => {
  const events = [...passed("1", "/a", { "X-Total-Count": "9" }).events, ...refused("2", "/b").events, ...refused("3", "/c", `${A}/`).events, ...passed("4", "/d").events];
  expect(headings(exchangesOf(events))).toEqual(["Allowed origin does not match – GET b", "Allowed origin does not match – GET c", "Allowed (2)"]);
  expect(report(exchangesOf(events))).toContain("  * GET https://api.example/a – Headers that the page can’t read\n");
});

test("one that passed alone is told in full", () => {
  expect(headings(exchangesOf(passed("1", "/a").events))).toEqual([expect.stringMatching(/ – GET a$/)]);
});

test("what never left its own origin isn't reported", () => {
  const events = new Tape().begin("1", "GET", `${A}/x`).send("1", "GET", `${A}/x`).head("1", "GET", `${A}/x`, 200).done("1", "GET", `${A}/x`).events;
  expect(report(exchangesOf(events))).toContain("Requests: 0 blocked of 0");
});

test("what the file lacks that it is of, in every format for people", () => {
  const url = `${B}/x`;
  const exchanges = exchangesOf(new Tape().begin("1", "GET", url).fail("1", "GET", url, "net::ERR_FAILED").events);
  const source = { tool: "WebKit Web Inspector", engine: "chromium", seenBy: "browser", foreign: true } as const;
  const lack = "What the file doesn’t tell";
  for (const format of ["markdown", "html", "text"] as const) {
    expect(writeReport(format, exchanges, exchanges, "chromium", { ...english, source }).text).toContain(lack);
    expect(writeReport(format, exchanges, exchanges, "chromium", { ...english, source: null }).text).not.toContain(lack);
  }
});

describe("secrets", () => {
  const exchanges = exchangesOf(refused("1", "/x?access_token=s3cret").events);

  test("are nowhere in it, and that is said", () => {
    expect(report(exchanges)).not.toContain("s3cret");
    expect(report(exchanges)).toContain("were taken out");
    expect(report(exchanges)).toContain("Cookie: [redacted]");
  });
  test("are there if the user wants them, with a warning on top", () => {
    const text = report(exchanges, { ...english, sensitive: true });
    expect(text).toContain("Cookie: a=s3cret");
    expect(text).toContain("/x?access_token=s3cret");
    expect(text.split("\n")[3]).toMatch(/^! This report has cookies/);
    expect(text).not.toContain("were taken out");
  });
  test("fields that say nothing of CORS are in neither", () => {
    expect(report(exchanges, { ...english, sensitive: true })).not.toContain("X-Internal");
  });
});

test("what began earlier is heeded, chosen or not", () => {
  const cached = { "Access-Control-Allow-Origin": "https://first.example", Age: "60" };
  const events = [...passed("1", "/x").events, ...new Tape().begin("2", "GET", `${B}/x`).send("2", "GET", `${B}/x`).head("2", "GET", `${B}/x`, 200, cached).fail("2", "GET", `${B}/x`, "net::ERR_FAILED").events];
  const log = exchangesOf(events);
  const last = log.slice(1);
  expect(toText(writeUp(last, log, "chromium", english))).toContain("Likely cause");
});

describe.each(["en", "ko"] as const)("in %s", (language) => {
  const words = shippedWords(language);
  test.each(RECORDED.map((recorded) => [`${recorded.engine}: ${recorded.name}`, recorded] as const))("there are words for all of %s", (_, { engine, events }) => {
    const exchanges = exchangesOf(elsewhere(events, "x"), engine);
    const document = writeUp(exchanges, exchanges, engine, { ...english, words });
    expect(document.language).toBe(language);
    const text = toText(document);
    // A text that is missing is empty: a title, a term or an item of nothing.
    expect(text.split("\n").filter((line) => /^\s*(:|\*\s*$|: )|\$[1-9]|\(\)/.test(line))).toEqual([]);
    for (const block of document.blocks) {
      if (block.kind === "heading" || block.kind === "paragraph") expect(textOf(block.spans).trim()).not.toBe("");
      if (block.kind === "facts") for (const { term } of block.facts) expect(term).not.toBe("");
    }
  });
});
