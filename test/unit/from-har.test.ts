import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange, Verdict } from "../../src/model.ts";
import { fromHar } from "../../src/har/from-har.ts";
import { parseHar } from "../../src/har/read.ts";
import { toHar } from "../../src/report/har.ts";
import { isCrossOrigin } from "../../src/request.ts";
import { RECORDED } from "./tapes.ts";

function thereAndBack(exchanges: readonly Exchange[], engine: Engine, sensitive: boolean): readonly Exchange[] {
  return fromHar(parseHar(JSON.stringify(toHar(exchanges, engine, { words: (key) => key, version: "1.0", sensitive })))).exchanges;
}

describe.each(RECORDED)("what we wrote comes back: $engine, $name", ({ engine, events }) => {
  const exchanges = events.reduce(step, emptyLog(engine)).exchanges.filter(isCrossOrigin);

  test("as it was", () => {
    expect(thereAndBack(exchanges, engine, true)).toEqual(exchanges);
  });

  test("with the same verdict, where secrets were taken out", () => {
    const verdicts = (of: readonly Exchange[]): Verdict[] => of.map((exchange) => judge(exchange, engine));
    expect(verdicts(thereAndBack(exchanges, engine, false))).toEqual(verdicts(exchanges));
  });
});
