import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { withoutFragment, lastHop } from "../../src/exchange.ts";
import { exchangesAt, inBulk, placeOf } from "../../src/exchange-list.ts";
import type { Log, NetEvent } from "../../src/model.ts";
import { B, RECORDED, Tape } from "./tapes.ts";

/** Requests of one engine, each under ids of its own, in any interleaving that keeps each one's order. */
const interleaved = fc.constantFrom("chromium" as const, "gecko" as const).chain((engine) =>
  fc.array(fc.constantFrom(...RECORDED.filter((tape) => tape.engine === engine)), { minLength: 1, maxLength: 5 }).chain((tapes) => {
    const queues = tapes.map(({ events }, run) => events.map((event): NetEvent => ({ ...event, requestId: `${run}-${event.requestId}` })));
    const turns = queues.flatMap((queue, run) => queue.map(() => run));
    return fc.tuple(fc.shuffledSubarray(turns, { minLength: turns.length }), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 })).map(([order, bursts]) => {
      const next = queues.map(() => 0);
      const events = order.flatMap((run) => queues[run]?.[next[run]!++] ?? []);
      return { engine, events, bursts };
    });
  }),
);

describe("a log's list of exchanges", () => {
  test("in bulk or one by one: the same log", () => {
    fc.assert(
      fc.property(interleaved, ({ engine, events, bursts }) => {
        const single = events.reduce(step, emptyLog(engine));
        let log = emptyLog(engine);
        for (let at = 0, burst = 0; at < events.length; burst++) {
          const size = bursts[burst % bursts.length] ?? 1;
          const before = log;
          const was = [...before.exchanges];
          log = inBulk(log, (bulk) => events.slice(at, at + size).reduce(step, bulk));
          expect(before.exchanges).toEqual(was);
          at += size;
        }
        expect(log).toEqual(single);
      }),
      { numRuns: 300 },
    );
  });

  test("whatever has happened, what is found is there, as a search of all finds it", () => {
    fc.assert(
      fc.property(interleaved, ({ engine, events }) => {
        let log: Log = emptyLog(engine);
        for (const event of events) {
          log = step(log, event);
          const { exchanges } = log;
          const found = placeOf(log, event.requestId);
          const index = exchanges.findIndex(({ id, hops }) => id === event.requestId || hops.some(({ preflight }) => preflight?.requestId === event.requestId));
          expect(found?.index ?? -1).toBe(index);
          const url = withoutFragment(event.url);
          expect(exchangesAt(log, url)).toEqual(exchanges.filter((exchange) => withoutFragment(lastHop(exchange).request.url) === url));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a log is a value: what is made of it twice is the same twice", () => {
    const [begin, send, fail] = new Tape().begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "net::ERR_FAILED").events;
    const begun = step(emptyLog("chromium"), begin!);
    const once = step(step(begun, send!), fail!);
    expect(placeOf(begun, "1")?.exchange).toBe(begun.exchanges[0]);
    expect(step(step(begun, send!), fail!)).toEqual(once);
  });
});
