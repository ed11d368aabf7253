import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Log, Verdict } from "../../src/model.ts";
import { needsTiming, type Timing, timingsWantedSince, withTimings } from "../../src/resource-timing.ts";
import { A, B, C, Tape } from "./tapes.ts";

type Headers = Readonly<Record<string, string>>;
const STAR = { "Access-Control-Allow-Origin": "*" };
const BOTH = { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Credentials": "true" };

function answered(id: string, answer: Headers, { url = B, sent = {}, source = {} }: { url?: string; sent?: Headers; source?: ConstructorParameters<typeof Tape>[0] } = {}): Tape {
  return new Tape(source).begin(id, "GET", url).send(id, "GET", url, sent).head(id, "GET", url, 200, answer);
}
const ended = (...args: Parameters<typeof answered>): Tape => answered(...args).start(args[0], "GET", args[2]?.url ?? B).done(args[0], "GET", args[2]?.url ?? B);
const redirected = (answer: Headers): Tape => new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { ...answer, Location: C }).redirect("1", "GET", B, C, answer).start("1", "GET", B).done("1", "GET", B);

/** The requests one after the other, each beginning so many milliseconds after the first. */
function log(engine: Engine, ...requests: readonly (readonly [Tape, number])[]): Log {
  const events = requests.flatMap(([{ events }, delay]) => events.map((event) => ({ ...event, time: event.time + delay })));
  return events.reduce(step, emptyLog(engine));
}
const BEGAN = 1_000_001;
const timing = (responseStatus: number, startedTime = BEGAN - 1, name = B, endedTime = startedTime): Timing => ({ name, startedTime, endedTime, responseStatus });
const statuses = ({ exchanges }: Log): (number | null)[] => exchanges.map(({ responseStatus }) => responseStatus);

describe("needs its timing", () => {
  test.each<[string, Engine, Tape, boolean]>([
    ["what Firefox says nothing of", "gecko", ended("1", STAR), true],
    ["what Chromium has told", "chromium", ended("1", STAR), false],
    ["what isn't over", "gecko", answered("1", STAR), false],
    ["what failed by itself", "gecko", answered("1", STAR).fail("1", "GET", B, "NS_ERROR_NET_RESET"), false],
    ["what stays at home", "gecko", ended("1", STAR, { url: A }), false],
    ["what is opaque anyway", "gecko", ended("1", STAR, { sent: { "Sec-Fetch-Mode": "no-cors" } }), false],
    ["what no frame sent", "gecko", ended("1", STAR, { source: { tabId: -1 } }), false],
  ])("%s", (_name, engine, tape, wanted) => {
    const { exchanges } = log(engine, [tape, 0]);
    expect(needsTiming(exchanges[0]!, engine)).toBe(wanted);
    expect(timingsWantedSince(log(engine, [tape, 0]), 0)).toBe(wanted ? BEGAN - 10_000 : null);
  });

  test("of another frame", () => {
    expect(timingsWantedSince(log("gecko", [ended("1", STAR), 0]), 7)).toBe(null);
  });
});

describe("which entry is whose", () => {
  test.each<[string, Log, Timing[], (number | null)[]]>([
    ["one", log("gecko", [ended("1", STAR), 0]), [timing(200)], [200]],
    ["a fragment is not asked for", log("gecko", [ended("1", STAR), 0]), [timing(200, BEGAN, `${B}#top`)], [200]],
    ["another URL", log("gecko", [ended("1", STAR), 0]), [timing(200, BEGAN, C)], [null]],
    ["long before", log("gecko", [ended("1", STAR), 0]), [timing(200, BEGAN - 10_001)], [null]],
    ["after", log("gecko", [ended("1", STAR), 0]), [timing(200, BEGAN + 6)], [null]],
    ["a clock that is rounded", log("gecko", [ended("1", STAR), 0]), [timing(200, BEGAN + 5)], [200]],
    ["equal requests, in order", log("gecko", [ended("1", STAR), 0], [ended("2", STAR), 4]), [timing(0, BEGAN + 3), timing(200, BEGAN - 1)], [200, 0]],
    ["one that needs none takes its own", log("gecko", [answered("1", STAR).fail("1", "GET", B, "NS_ERROR_NET_RESET"), 0], [ended("2", STAR), 4]), [timing(0), timing(200, BEGAN + 3)], [null, 200]],
    ["one still in flight has none", log("gecko", [answered("1", STAR), 0], [ended("2", STAR), 4]), [timing(200, BEGAN + 3)], [null, 200]],
    ["told late: hundreds of requests are in flight", log("gecko", [ended("1", STAR), 0], [ended("2", STAR), 4]), [timing(200, BEGAN - 1500), timing(0, BEGAN - 1400)], [200, 0]],
    ["one in flight whose end is told late", log("gecko", [answered("1", STAR), 0], [ended("2", STAR), 4]), [timing(0), timing(200, BEGAN + 3)], [null, 200]],
    ["one that ended after it can have its entry", log("gecko", [ended("1", STAR), 0]), [timing(200, BEGAN, B, BEGAN + 500)], [null]],
    ["one that the page gave up has none", log("gecko", [answered("1", STAR).fail("1", "GET", B, "NS_BINDING_ABORTED"), 0], [ended("2", STAR), 4]), [timing(200, BEGAN + 3)], [null, 200]],
    ["one that the page gave up may have one", log("gecko", [answered("1", STAR).fail("1", "GET", B, "NS_BINDING_ABORTED"), 0], [ended("2", STAR), 4]), [timing(0, BEGAN + 3)], [null, null]],
    ["an entry is missing: nothing is guessed", log("gecko", [ended("1", STAR), 0], [ended("2", STAR), 4]), [timing(200)], [null, null]],
    ["an entry of a request that wasn't watched: nothing is guessed", log("gecko", [ended("1", STAR), 0]), [timing(200), timing(0)], [null]],
    ["unless it says the same", log("gecko", [ended("1", STAR), 0]), [timing(0), timing(0)], [0]],
    ["nothing in Chromium", log("chromium", [ended("1", STAR), 0]), [timing(200)], [null]],
  ])("%s", (_name, before, timings, wanted) => {
    expect(statuses(withTimings(before, 0, timings))).toEqual(wanted);
  });

  test("without news the log is the same one", () => {
    const before = log("gecko", [ended("1", STAR), 0]);
    expect(withTimings(before, 0, [])).toBe(before);
    expect(withTimings(before, 7, [timing(200)])).toBe(before);
  });
});

describe("what it proves", () => {
  test.each<[string, Tape, number, Partial<Verdict>]>([
    ["passed under *: no credentials", ended("1", STAR), 200, { outcome: "allowed", credentials: "same-origin", evidence: ["timing-passed", "credentials-by-elimination"] }],
    ["withheld under *: credentials", ended("1", STAR), 0, { outcome: "blocked", browserError: "CORSNotSupportingCredentials", credentials: "include", evidence: ["timing-withheld", "credentials-by-elimination"] }],
    ["withheld, and the headers say why", ended("1", {}), 0, { outcome: "blocked", browserError: "CORSMissingAllowOrigin", credentials: "unknown" }],
    ["passed against the headers: not guessed", ended("1", {}), 200, { outcome: "allowed", evidence: ["timing-passed"] }],
    ["withheld against the headers: not guessed", ended("1", BOTH), 0, { outcome: "unknown", evidence: ["headers-do-not-explain"] }],
    ["a redirect that passed, and was not followed", redirected(STAR), 302, { outcome: "unknown", code: "redirect-not-followed" }],
    ["a redirect that was withheld", redirected({}), 0, { outcome: "blocked", phase: "redirect", browserError: "CORSMissingAllowOrigin" }],
  ])("%s", (_name, tape, status, wanted) => {
    const { exchanges } = withTimings(log("gecko", [tape, 0]), 0, [timing(status)]);
    expect(judge(exchanges[0]!, "gecko")).toMatchObject(wanted);
  });
});
