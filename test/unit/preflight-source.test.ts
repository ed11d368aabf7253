import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { ENGINES } from "../../src/engines/engines.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import { preflightSource } from "../../src/preflight-source.ts";
import { A, B, Tape } from "./tapes.ts";

type Headers = Readonly<Record<string, string>>;

const ASK = { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a" };
const ALLOW = { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "x-a" };

/** A preflighted PUT, and some seconds later one that goes without. */
function exchanges(answer: Headers, seconds: number, later: { method?: string; url?: string; headers?: Headers; origin?: string } = {}): readonly Exchange[] {
  const { method = "PUT", url = B, headers = { "X-A": "1" }, origin = A } = later;
  const first = new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).head("2", "OPTIONS", B, 204, { ...ALLOW, ...answer })
    .start("2", "OPTIONS", B).done("2", "OPTIONS", B).send("1", "PUT", B, { "X-A": "1" }).head("1", "PUT", B, 200, ALLOW).start("1", "PUT", B).done("1", "PUT", B);
  const second = new Tape({ initiator: origin }).begin("3", method, url).send("3", method, url, { ...headers, Origin: origin }).head("3", method, url, 200, ALLOW).start("3", method, url).done("3", method, url);
  const events = [...first.events, ...second.events.map((event) => ({ ...event, time: event.time + seconds * 1000 }))];
  return events.reduce(step, emptyLog("chromium")).exchanges;
}

function source(engine: Engine, [first, second]: readonly Exchange[]): { maxAge: number; age: number } | null {
  const found = second && first ? preflightSource(second, 0, [first], ENGINES[engine]) : null;
  return found === null ? null : { maxAge: found.maxAge, age: Math.round(found.age) };
}

describe("the preflight that answered a later one", () => {
  test.each<[string, Engine, readonly Exchange[], { maxAge: number; age: number } | null]>([
    ["five seconds without Access-Control-Max-Age", "chromium", exchanges({}, 4), { maxAge: 5, age: 4 }],
    ["too old", "chromium", exchanges({}, 6), null],
    ["as long as the server said", "chromium", exchanges({ "Access-Control-Max-Age": "600" }, 599), { maxAge: 600, age: 599 }],
    ["no longer than the engine keeps it", "chromium", exchanges({ "Access-Control-Max-Age": "999999" }, 7201), null],
    ["longer in Firefox", "gecko", exchanges({ "Access-Control-Max-Age": "999999" }, 7201), { maxAge: 86400, age: 7201 }],
    ["another method", "chromium", exchanges({}, 1, { method: "PATCH" }), null],
    ["a method that needs none", "chromium", exchanges({}, 1, { method: "POST" }), { maxAge: 5, age: 1 }],
    ["a header that was not allowed", "chromium", exchanges({}, 1, { headers: { "X-B": "1" } }), null],
    ["any method and header", "chromium", exchanges({ "Access-Control-Allow-Methods": "*", "Access-Control-Allow-Headers": "*" }, 1, { method: "PATCH", headers: { "X-B": "1" } }), { maxAge: 5, age: 1 }],
    ["another URL", "chromium", exchanges({}, 1, { url: `${B}/other` }), null],
    ["another origin", "chromium", exchanges({}, 1, { origin: "https://elsewhere.example" }), null],
    ["an answer that left nothing", "chromium", exchanges({ "Access-Control-Allow-Methods": "a b" }, 1), null],
  ])("%s", (_name, engine, both, wanted) => {
    expect(source(engine, both)).toEqual(wanted);
  });

  test("goes with the verdict that says so", () => {
    const [, second] = exchanges({}, 1);
    expect(judge(second!, "chromium")).toMatchObject({ unseenPreflights: [0], evidence: expect.arrayContaining(["preflight-unseen"]) });
  });
});
