import { describe, expect, test } from "vitest";
import { CORPUS } from "./corpus.ts";
import { endures } from "./endures.ts";

test("there are hundreds", () => {
  expect(Object.values(CORPUS).flat().length).toBeGreaterThan(1000);
});

describe.each(Object.entries(CORPUS))("%s", (_kind, files) => endures(files));
