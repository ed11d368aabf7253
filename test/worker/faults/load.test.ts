import { describe, expect, test } from "vitest";
import { extensionFor } from "../../browsers/extension.ts";
import { load, loadRequests, REQUESTS } from "../../conformance/load.ts";
import { ENGINES } from "../panel-reading.ts";

describe.each(ENGINES)("%s: many requests at once", (engine) => {
  test("every exchange has its own preflight and its own verdict", async () => {
    const { right, complaints } = await load(engine, extensionFor(engine), loadRequests("load"));
    expect(complaints).toEqual([]);
    expect(right).toBe(REQUESTS);
  });
});
