import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { toHar } from "../../src/report/har.ts";
import { generateSchema, SCHEMA_FILE } from "../schema/generate.ts";
import { RECORDED } from "./tapes.ts";

const published = readFileSync(SCHEMA_FILE, "utf8");

test("the published schema is that of the types (npm run schema)", () => {
  expect(published).toBe(generateSchema());
});

describe("every entry keeps to it", () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(published));

  test.each(RECORDED)("$engine: $name", ({ engine, events }) => {
    const { exchanges } = events.reduce(step, emptyLog(engine));
    for (const { _cors } of toHar(exchanges, engine, { words: (key) => key, version: "1.0", sensitive: false }).log.entries) {
      expect(validate(JSON.parse(JSON.stringify(_cors))) ? [] : validate.errors).toEqual([]);
    }
  });

  test("and nothing else does", () => {
    expect(validate({ version: 2, pair: "1", role: "main" })).toBe(false);
  });
});
