import { expect, test } from "vitest";
import { type Row, Tally } from "./tally.ts";

const BLOCKED = "MissingAllowOriginHeader";
const waiting = (pair: string): Row => [0, pair, "unknown", null];
const blocked = (pair: string): Row => [0, pair, "blocked", BLOCKED];

test.each<{ name: string; looks: Row[][]; twice?: string[]; untold?: string[] }>([
  { name: "one row", looks: [[blocked("a")]] },
  { name: "a redirect's hops are one pair", looks: [[waiting("a"), blocked("a")]] },
  { name: "in flight as two, then one", looks: [[waiting("a"), waiting("b")], [blocked("b")]] },
  { name: "in flight as two, then forgotten", looks: [[waiting("a"), waiting("b")], []], untold: ["0 a unknown , 0 b unknown "] },
  { name: "in flight as two, and again", looks: [[waiting("a"), waiting("b")], [waiting("a"), waiting("b")]], twice: ["0 a unknown , 0 b unknown "] },
  { name: "one of two is decided", looks: [[waiting("a"), blocked("b")]], twice: [`0 a unknown , 0 b blocked ${BLOCKED}`] },
  { name: "one of three is decided", looks: [[blocked("a"), waiting("b"), waiting("c")]], twice: ["0 b unknown , 0 c unknown "] },
  { name: "two, one, and two again", looks: [[waiting("a"), waiting("b")], [waiting("b")], [waiting("b"), waiting("c")]], untold: ["0 b unknown , 0 c unknown "] },
])("told twice: $name", ({ looks, twice = [], untold = [] }) => {
  const tally = new Tally([{ outcome: "blocked", error: BLOCKED }]);
  for (const rows of looks) tally.take(rows);
  expect({ twice: tally.twice, untold: tally.untold }).toEqual({ twice, untold });
});
