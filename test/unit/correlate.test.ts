import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleared, emptyLog, resume, step } from "../../src/correlate.ts";
import { isEnded, lastHop } from "../../src/exchange.ts";
import { changes, restore } from "../../src/journal.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange, Log, NetEvent } from "../../src/model.ts";
import { B, C, elsewhere, RECORDED, Tape } from "./tapes.ts";

const play = (engine: Engine, events: readonly NetEvent[], log = emptyLog(engine)): Log => events.reduce(step, log);
const only = (log: Log): Exchange => {
  expect(log.exchanges).toHaveLength(1);
  return log.exchanges[0]!;
};
const shape = ({ hops }: Exchange): string[] =>
  hops.flatMap(({ preflight, request }) => [...(preflight ? [`preflight ${preflight.url}`] : []), `${request.method} ${request.url}`]);
const ASK = { "Access-Control-Request-Method": "PUT" };

describe("one exchange", () => {
  test.each(RECORDED)("$engine: $name", ({ engine, events, browserError }) => {
    const exchange = only(play(engine, events));
    expect(isEnded(exchange)).toBe(true);
    expect(exchange.interrupted).toBe(false);
    expect(judge(exchange, engine).browserError).toBe(browserError);
  });

  test("a preflight for each hop of a redirect chain", () => {
    const tape = new Tape();
    for (const [url, id] of [[B, "2"], [C, "3"]] as const) {
      tape.begin("1", "PUT", url).begin(id, "OPTIONS", url).send(id, "OPTIONS", url, ASK).head(id, "OPTIONS", url, 204).done(id, "OPTIONS", url);
      if (url === B) tape.send("1", "PUT", B).head("1", "PUT", B, 307, { Location: C }).redirect("1", "PUT", B, C);
    }
    expect(shape(only(play("chromium", tape.events)))).toEqual([`preflight ${B}`, `PUT ${B}`, `preflight ${C}`, `PUT ${C}`]);
  });

  test("OPTIONS by a script is a request of its own, with its own preflight", () => {
    const tape = new Tape().begin("1", "OPTIONS", B).begin("2", "OPTIONS", B)
      .send("2", "OPTIONS", B, { "Access-Control-Request-Method": "OPTIONS" }).done("2", "OPTIONS", B).send("1", "OPTIONS", B).done("1", "OPTIONS", B);
    expect(shape(only(play("chromium", tape.events)))).toEqual([`preflight ${B}`, `OPTIONS ${B}`]);
  });

  test("a preflight whose request was never seen stays on its own", () => {
    expect(shape(only(play("chromium", new Tape().begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).events)))).toEqual([`OPTIONS ${B}`]);
  });

  test("Chromium's look into the cache for a font leaves nothing behind", () => {
    const probe = new Tape({ type: "font" }).begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "net::ERR_CACHE_MISS");
    expect(play("chromium", probe.events).exchanges).toEqual([]);
  });

  test.each([
    ["first seen in the middle", new Tape().head("1", "GET", B, 200)],
    ["a redirect without its event", new Tape().begin("1", "GET", B).send("1", "GET", B).begin("1", "GET", C)],
  ])("%s: interrupted", (_name, { events }) => {
    expect(only(play("chromium", events)).interrupted).toBe(true);
  });

  describe("a preflight whose request's beginning died with a worker", () => {
    const OWN = { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a" };
    const preflight = (status = 204): Tape => new Tape().begin("2", "OPTIONS", B).send("2", "OPTIONS", B, OWN).head("2", "OPTIONS", B, status).done("2", "OPTIONS", B);
    const [begun, sent, head, done] = preflight().events as [NetEvent, NetEvent, NetEvent, NetEvent];
    const sending = (tape = new Tape(), headers: Readonly<Record<string, string>> = { "X-A": "1" }, method = "PUT"): readonly NetEvent[] => tape.send("1", method, B, headers).events;
    /** What a new worker hears. */
    const heard = (...events: NetEvent[]): Log => play("chromium", events, resume({ ...emptyLog("chromium"), heardTime: 999_999 }, 1_000_000));
    const PAIR = [`preflight ${B}`, `PUT ${B}`];
    const ALONE = [`OPTIONS ${B}`];

    test.each<[string, readonly NetEvent[], string[][]]>([
      ["is its request's as soon as that moves on", [...preflight().events, ...sending()], [PAIR]],
      ["hasn't ended", [begun, sent, head, ...sending()], [ALONE, [`PUT ${B}`]]],
      ["didn't pass", [...preflight(404).events, ...sending()], [ALONE, [`PUT ${B}`]]],
      ["asked for another method", [...preflight().events, ...sending(new Tape(), { "X-A": "1" }, "DELETE")], [ALONE, [`DELETE ${B}`]]],
      ["asked for a header that the request doesn't have", [...preflight().events, ...sending(new Tape(), {})], [ALONE, [`PUT ${B}`]]],
      ["is another frame's", [...preflight().events, ...sending(new Tape({ frameId: 7 }))], [ALONE, [`PUT ${B}`]]],
      ["is another tab's", [...preflight().events, ...sending(new Tape({ tabId: 7 }))], [ALONE, [`PUT ${B}`]]],
      ["is another origin's", [...preflight().events, ...sending(new Tape({ initiator: C }))], [ALONE, [`PUT ${B}`]]],
      ["is one of two", [...preflight().events, ...elsewhere(preflight().events, "x").map((event) => ({ ...event, url: B })), ...sending()], [ALONE, ALONE, [`PUT ${B}`]]],
      ["may be that of a request that fails", [...preflight().events, ...new Tape().fail("1", "PUT", B, "net::ERR_FAILED").events], [ALONE, [`PUT ${B}`]]],
      ["may be none: what it asked for is unknown", [head, done, ...sending()], [ALONE, [`PUT ${B}`]]],
      ["isn't that of a request that was heard from its beginning", [...preflight().events, ...new Tape().begin("1", "PUT", B).send("1", "PUT", B, { "X-A": "1" }).events], [ALONE, [`PUT ${B}`]]],
      ["is no preflight, but the page's own", [...new Tape().begin("2", "OPTIONS", B).send("2", "OPTIONS", B).head("2", "OPTIONS", B, 204).done("2", "OPTIONS", B).events, ...sending()], [ALONE, [`PUT ${B}`]]],
    ])("%s", (_name, events, wanted) => {
      expect(heard(...events).exchanges.map(shape)).toEqual(wanted);
    });

    test("before anything was lost it was another's", () => {
      const before = play("chromium", preflight().events);
      expect(play("chromium", sending(), resume({ ...before, heardTime: 1_000_010 }, 1_000_020)).exchanges.map(shape)).toEqual([ALONE, [`PUT ${B}`]]);
    });

    test("isn't that of a request that has another", () => {
      const before = play("chromium", new Tape().begin("1", "PUT", B).begin("4", "OPTIONS", B).send("4", "OPTIONS", B, OWN).head("4", "OPTIONS", B, 204).done("4", "OPTIONS", B).events);
      const log = [...preflight().events, ...sending()].reduce(step, resume({ ...before, heardTime: 1_000_000 }, 1_000_001));
      expect(log.exchanges.map(({ hops: [{ preflight: given, request }] }) => [given?.requestId, request.requestId])).toEqual([["4", "1"], [undefined, "2"]]);
    });

    test("in Firefox, may be that of a request whose headers are unknown", () => {
      const [answered] = new Tape().head("1", "PUT", B, 200).events as [NetEvent];
      const log = [...preflight().events, answered].reduce(step, resume({ ...emptyLog("gecko"), heardTime: 999_999 }, 1_000_000));
      expect(log.exchanges.map(shape)).toEqual([ALONE, [`PUT ${B}`]]);
    });

    test("at a redirect's target", () => {
      const redirected = play("chromium", new Tape().begin("1", "PUT", C).send("1", "PUT", C, { "X-A": "1" }).head("1", "PUT", C, 307).redirect("1", "PUT", C, B).events);
      const log = [...preflight().events, ...sending()].reduce(step, resume({ ...redirected, heardTime: 1_000_000 }, 1_000_001));
      expect(log.exchanges.map(shape)).toEqual([[`PUT ${C}`, ...PAIR]]);
    });

    test("in Firefox, which tells a request's headers before it begins the preflight, and kind by kind what waited for the worker", () => {
      const [answered] = new Tape().head("1", "PUT", B, 200).events as [NetEvent];
      const log = [begun, ...sending(), sent, head, done, answered].reduce(step, resume({ ...emptyLog("gecko"), heardTime: 999_999 }, 1_000_000));
      expect(log.exchanges.map(shape)).toEqual([PAIR]);
    });
  });

  test("fragments don't keep a preflight from its request", () => {
    const tape = new Tape().begin("1", "PUT", `${B}/#top`).begin("2", "OPTIONS", `${B}/`).send("2", "OPTIONS", `${B}/`, ASK);
    expect(shape(only(play("chromium", tape.events)))).toEqual([`preflight ${B}/`, `PUT ${B}/#top`]);
  });
});

describe("who a preflight belongs to", () => {
  test.each([
    ["another URL", {}, `${B}/other`, ASK],
    ["another frame", { frameId: 7 }, B, ASK],
    ["another tab", { tabId: 7 }, B, ASK],
    ["another origin", { initiator: C }, B, ASK],
    ["another method", {}, B, { "Access-Control-Request-Method": "DELETE" }],
  ])("not to a request of %s", (_name, source, url, asks) => {
    const main = new Tape().begin("1", "PUT", B).events;
    const preflight = new Tape(source).begin("2", "OPTIONS", url).send("2", "OPTIONS", url, asks).events;
    expect(play("chromium", [...main, ...preflight]).exchanges).toHaveLength(2);
  });

  const three = (["1", "2", "3"] as const).flatMap((id) => new Tape().begin(id, "PUT", B).events);
  const preflight = (id: string, status: number): NetEvent[] =>
    new Tape().begin(id, "OPTIONS", B).send(id, "OPTIONS", B, ASK).head(id, "OPTIONS", B, status).events;
  const done = (id: string): NetEvent[] => new Tape().done(id, "OPTIONS", B).events;
  const status = (log: Log, id: string): number | undefined =>
    lastHop(log.exchanges.find((exchange) => exchange.id === id)!).preflight?.response?.status;

  test("hundreds at once: each has its own, and is marked as a twin of those about it, not of all", () => {
    const ids = Array.from({ length: 300 }, (_, index) => index);
    const begun = ids.flatMap((id) => new Tape().begin(`${id}`, "PUT", B).events);
    const asked = ids.flatMap((id) => new Tape().begin(`${id}-o`, "OPTIONS", B).send(`${id}-o`, "OPTIONS", B, { "Access-Control-Request-Method": "PUT" }).events);
    const { exchanges } = [...begun, ...asked].reduce(step, emptyLog("chromium"));
    expect(exchanges.map(({ hops: [{ preflight }] }) => preflight?.requestId)).toEqual(ids.map((id) => `${id}-o`));
    expect(Math.max(...exchanges.map(({ twins }) => twins.length))).toBeLessThan(130);
  });

  test("three at once: in the order of their start, and marked as twins", () => {
    const log = play("chromium", [...three, ...preflight("4", 204), ...preflight("5", 403), ...preflight("6", 500)]);
    expect(["1", "2", "3"].map((id) => status(log, id))).toEqual([204, 403, 500]);
    expect(log.exchanges.map(({ twins }) => twins.length)).toEqual([2, 2, 2]);
  });

  test("the request that moves on first takes the preflight that ended first", () => {
    const log = play("chromium", [...three, ...preflight("4", 204), ...preflight("5", 403), ...done("5"), ...new Tape().fail("1", "PUT", B, "net::ERR_FAILED").events]);
    expect([status(log, "1"), status(log, "2")]).toEqual([403, 204]);
  });

  test("Firefox: header names tell equal requests apart", () => {
    const mains = [
      ...new Tape().begin("1", "PUT", B).send("1", "PUT", B, { "X-One": "1" }).events,
      ...new Tape().begin("2", "PUT", B).send("2", "PUT", B, { "X-Two": "1" }).events,
    ];
    const second = new Tape().begin("3", "OPTIONS", B).send("3", "OPTIONS", B, { ...ASK, "Access-Control-Request-Headers": "x-two" }).head("3", "OPTIONS", B, 204).events;
    const log = play("gecko", [...mains, ...second]);
    expect([status(log, "1"), status(log, "2")]).toEqual([undefined, 204]);
    expect(log.exchanges.every(({ twins }) => twins.length === 0)).toBe(true);
  });
});

describe("what an OPTIONS request is not the preflight of", () => {
  const preflight = new Tape().begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).events;
  const main = new Tape().begin("1", "PUT", B).events;
  const late = (events: readonly NetEvent[]): NetEvent[] => events.map((event) => ({ ...event, time: event.time + 1000 }));
  test.each<[string, Engine, readonly NetEvent[]]>([
    ["a request that began after it", "chromium", [...late(main), ...preflight]],
    ["one that is on its way", "chromium", [...main, ...new Tape().send("1", "PUT", B).events, ...late(preflight)]],
    ["one that has its answer", "gecko", [...main, ...new Tape().send("1", "PUT", B).head("1", "PUT", B, 200).events, ...late(preflight)]],
  ])("%s", (_name, engine, events) => {
    expect(play(engine, events).exchanges.map((exchange) => lastHop(exchange).preflight)).toEqual([null, null]);
  });
});

describe("twins", () => {
  const ok = { "Access-Control-Allow-Origin": "*" };
  const begun = (...ids: string[]): NetEvent[] => ids.flatMap((id) => new Tape().begin(id, "PUT", B).events);
  const asked = (id: string): NetEvent[] => new Tape().begin(id, "OPTIONS", B).send(id, "OPTIONS", B, ASK).events;
  const answered = (id: string, status: number): NetEvent[] => new Tape().head(id, "OPTIONS", B, status, ok).done(id, "OPTIONS", B).events;
  const failed = (id: string, error: string): NetEvent[] => new Tape().fail(id, "PUT", B, error).events;
  const sent = (id: string): NetEvent[] => new Tape().send(id, "PUT", B).events;
  /** As they follow each other, each event a millisecond after the one before. */
  const inOrder = (...parts: NetEvent[][]): NetEvent[] => parts.flat().map((event, index) => ({ ...event, time: 1_000_000 + index }));
  const statuses = (events: readonly NetEvent[]): (number | undefined)[] =>
    play("chromium", events).exchanges.map((exchange) => lastHop(exchange).preflight?.response?.status);

  test.each<[string, NetEvent[], (number | undefined)[]]>([
    ["both rejected: in the order of their start, whichever was answered first", inOrder(begun("1", "2"), asked("3"), asked("4"), answered("4", 403), answered("3", 404), failed("1", "net::ERR_FAILED"), failed("2", "net::ERR_FAILED")), [404, 403]],
    ["one that is sent has passed", inOrder(begun("1", "2"), asked("3"), asked("4"), answered("3", 403), answered("4", 204), sent("1"), failed("2", "net::ERR_FAILED")), [204, 403]],
    ["one that is aborted takes nothing", inOrder(begun("1", "2"), asked("3"), asked("4"), answered("4", 404), failed("1", "net::ERR_ABORTED"), failed("2", "net::ERR_FAILED")), [undefined, 404]],
  ])("%s", (_name, events, wanted) => {
    expect(statuses(events)).toEqual(wanted);
  });

  test("Firefox ends a rejected preflight with an error: a rejected request takes none that passed, nor the other way round", () => {
    const mains = (...ids: string[]): NetEvent[] => ids.flatMap((id) => new Tape().begin(id, "PUT", B).send(id, "PUT", B).events);
    const rejected = (id: string): NetEvent[] => new Tape().head(id, "OPTIONS", B, 200, ok).fail(id, "OPTIONS", B, "NS_ERROR_DOM_BAD_URI").events;
    const log = play("gecko", inOrder(mains("1", "2"), asked("3"), asked("4"), answered("3", 204), rejected("4"), failed("1", "NS_ERROR_DOM_BAD_URI"), new Tape().head("2", "PUT", B, 200).events));
    expect(log.exchanges.map((exchange) => lastHop(exchange).preflight?.requestId)).toEqual(["4", "3"]);
  });

  test("one that never asked hands its preflight on", () => {
    const withHeader = { "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-a" };
    const get = (id: string): NetEvent[] => new Tape().begin(id, "GET", B).events;
    const log = play("chromium", inOrder(get("1"), get("2"), new Tape().begin("3", "OPTIONS", B).send("3", "OPTIONS", B, withHeader).events, new Tape().send("1", "GET", B).events));
    expect(log.exchanges.map((exchange) => lastHop(exchange).preflight?.requestId)).toEqual([undefined, "3"]);
  });

  test("a request that ended before an OPTIONS request began has nothing to do with it", () => {
    const options = new Tape().begin("2", "OPTIONS", B).fail("2", "OPTIONS", B, "net::ERR_BLOCKED_BY_CLIENT").events;
    expect(play("chromium", inOrder(new Tape().begin("1", "GET", B).fail("1", "GET", B, "net::ERR_BLOCKED_BY_CLIENT").events, options)).exchanges).toHaveLength(2);
  });
});

describe("a cleared log", () => {
  const flight = new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, ASK).events;
  const log = cleared(play("chromium", flight), 5);
  test("is empty, and takes nothing of what was in flight up again", () => {
    const later = new Tape().head("2", "OPTIONS", B, 204).done("2", "OPTIONS", B).send("1", "PUT", B).head("1", "PUT", B, 200).fail("1", "PUT", B, "net::ERR_FAILED");
    expect(log).toMatchObject({ exchanges: [], cleared: ["1", "2"], clearedTime: 5 });
    expect(play("chromium", later.events, log)).toMatchObject({ exchanges: [], cleared: [] });
  });
  test("takes what begins after it", () => {
    expect(play("chromium", new Tape().begin("9", "GET", B).events, log).exchanges).toHaveLength(1);
  });
});

describe("redirects that no server made", () => {
  test("Firefox: an extension's", () => {
    const tape = new Tape().begin("1", "GET", B);
    const [redirect] = new Tape().redirect("1", "GET", B, "moz-extension://a/b.js").events;
    const [exchange] = play("gecko", [...tape.events, { ...redirect!, status: 0, responseHeaders: [] } as NetEvent]).exchanges;
    expect([lastHop(exchange!).request.response, isEnded(exchange!)]).toEqual([null, false]);
  });
});

describe("properties", () => {
  const recorded = fc.constantFrom(...RECORDED);
  const journal = (log: Log): Log => {
    const { exchanges, ...counts } = log;
    const stored = JSON.parse(JSON.stringify(changes(emptyLog(log.engine), { ...counts, exchanges }).upserted)) as Exchange[];
    return restore(counts, stored.reverse());
  };

  test("cut at any point and resumed from the journal: the same log", () => {
    for (const { engine, events } of RECORDED) {
      const whole = play(engine, events);
      for (let cut = 0; cut <= events.length; cut++) {
        const resumed = resume(journal(play(engine, events.slice(0, cut))), 0);
        const told = play(engine, events.slice(cut), resumed);
        // But for the gap, and for the mark that something may have been missed, which an ended exchange doesn't get any more.
        const marks = told.exchanges.map(({ interrupted }) => interrupted);
        expect({ ...told, gap: null, exchanges: told.exchanges.map((exchange) => ({ ...exchange, interrupted: false })) }).toEqual(whole);
        expect(marks.some((mark) => mark)).toBe(cut > 0 && !play(engine, events.slice(0, cut)).exchanges.every(isEnded));
      }
    }
  });

  test("a worker killed at any point, whatever it lost, never leads to a wrong verdict", () => {
    fc.assert(
      fc.property(recorded, fc.nat(14), fc.nat(14), ({ engine, events, browserError }, from, lost) => {
        const log = play(engine, events.slice(from + lost), resume(journal(play(engine, events.slice(0, from))), 0));
        for (const exchange of log.exchanges.filter(({ hops }) => hops[0].request.method !== "OPTIONS")) {
          const verdict = judge(exchange, engine);
          if (verdict.outcome === "blocked") expect(verdict.browserError).toBe(browserError);
          if (verdict.outcome === "allowed") expect(browserError).toBeNull();
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("unrelated requests, interleaved in any order, don't change an exchange", () => {
    const engine = fc.constantFrom<Engine>("chromium", "gecko");
    const property = engine.chain((chosen) => {
      const tape = fc.constantFrom(...RECORDED.filter((recording) => recording.engine === chosen));
      return fc.tuple(tape, tape, tape, fc.array(fc.nat(2), { minLength: 60, maxLength: 60 }));
    });
    fc.assert(
      fc.property(property, ([first, second, third, order]) => {
        const queues = [[...first.events], elsewhere(second.events, "x"), elsewhere(third.events, "y")];
        const mixed = [...order, 0, 1, 2].flatMap((at, index) => (index < order.length ? queues[at]!.splice(0, 1) : queues[at]!.splice(0)));
        const alone = only(play(first.engine, first.events));
        const among = play(first.engine, mixed).exchanges.find(({ id }) => id === alone.id);
        expect({ ...among, order: 0 }).toEqual({ ...alone, order: 0 });
      }),
    );
  });

  test("no event changes the log it is given", () => {
    const frozen = <T>(value: T): T => {
      if (typeof value === "object" && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
      return value;
    };
    for (const { engine, events } of RECORDED) {
      expect(() => events.reduce((log, event) => frozen(step(log, frozen(event))), frozen(emptyLog(engine)))).not.toThrow();
    }
  });
});
