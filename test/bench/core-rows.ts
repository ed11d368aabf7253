import { setTimeout } from "node:timers/promises";
import { emptyLog, step } from "../../src/correlate.ts";
import { inBulk } from "../../src/exchange-list.ts";
import { entryOf } from "../../src/entry.ts";
import { changes, withoutSameOrigin } from "../../src/journal.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange, Log, NetEvent } from "../../src/model.ts";
import { remedy } from "../../src/remedy.ts";
import type { TabState } from "../../src/protocol.ts";
import { counts, EMPTY_VIEW, update, type View, visibleRows } from "../../src/view.ts";
import { type Kinds, manyExchanges, newlyBlocked } from "./exchanges.ts";

/** A line of the table: what the pure part does in Node, on one core. */
export interface CoreRow {
  readonly name: string;
  readonly unit: "/s" | "ms" | "×";
  measure(given: Given): Promise<number>;
}

/** What they are measured with. */
export interface Given {
  readonly engine: Engine;
  readonly kinds: Kinds;
  /** 10,000 of them. */
  readonly exchanges: readonly Exchange[];
}

/** Exchanges, as the panel gets them: no two are the same object. */
export function given(engine: Engine, kinds: Kinds): Given {
  return { engine, kinds, exchanges: manyExchanges(kinds, 10_000) };
}

export const CORE_ROWS: readonly CoreRow[] = [
  { name: "judge", unit: "/s", measure: ({ exchanges, engine }) => rate(exchanges, (exchange) => judge(exchange, engine)) },
  { name: "the platform's Headers parse the same", unit: "/s", measure: ({ exchanges }) => rate(exchanges, parseHeaders) },
  {
    name: "judge: time / that of the platform's Headers",
    unit: "×",
    measure: async ({ exchanges, engine }) => {
      const judged = await rate(exchanges, (exchange) => judge(exchange, engine));
      return (await rate(exchanges, parseHeaders)) / judged;
    },
  },
  { name: "entryOf", unit: "/s", measure: ({ exchanges, engine }) => rate(exchanges, (exchange) => entryOf(exchange, engine)) },
  {
    name: "remedy",
    unit: "/s",
    measure: ({ exchanges, engine }) => {
      const judged = exchanges.slice(0, 2000).map((exchange) => ({ exchange, verdict: judge(exchange, engine) }));
      return rate(judged, ({ exchange, verdict }) => remedy(exchange, verdict, engine));
    },
  },
  { name: "10,000 exchanges: the worker takes an event and works out the change", unit: "ms", measure: takeEvent },
  { name: "10,000 exchanges: the panel takes one more (update, visibleRows, counts)", unit: "ms", measure: takeChange },
];

/** All messages of an exchange. Values that the platform refuses are left out. */
function parseHeaders({ hops }: Exchange): void {
  for (const { preflight, request } of hops) {
    for (const message of [preflight, request]) {
      for (const list of [message?.requestHeaders, message?.response?.headers]) {
        if (!list) continue;
        const parsed = new Headers();
        for (const { name, value } of list) {
          try {
            parsed.append(name, value);
          } catch {
            // Some of the lab's are meant to be refused.
          }
        }
      }
    }
  }
}

async function rate<T>(things: readonly T[], work: (thing: T) => unknown): Promise<number> {
  for (const thing of things.slice(0, 1000)) work(thing);
  await setTimeout(0);
  const started = usedMilliseconds();
  for (const thing of things) work(thing);
  return things.length / ((usedMilliseconds() - started) / 1000);
}

async function takeEvent({ engine, exchanges }: Given): Promise<number> {
  let log: Log = { ...emptyLog(engine), exchanges, begun: exchanges.length };
  return perCall(100, (index) => {
    const event: NetEvent = { kind: "before-request", requestId: `n${index}`, url: `https://new.example/${index}`, method: "GET", type: "xmlhttprequest", tabId: 1, frameId: 0, initiator: "https://app.example", time: 1_800_000_000_000 + index };
    const next = withoutSameOrigin(step(log, event), event.requestId);
    changes(log, next);
    log = next;
  });
}

/** So many events are taken before it is measured, and then while it is: with fewer it would be the compiler's time. */
const WARMING = 6000;
const MEASURED = 150_000;

/**
 * What an event costs while so many requests are in flight, in microseconds: one more begins, the oldest moves on and
 * ends, and is forgotten, as it never left its origin.
 * @param burst how many events are taken at once
 */
export async function stepInFlight(engine: Engine, count: number, burst: number): Promise<number> {
  const event = (index: number): Omit<NetEvent, "kind"> => ({ requestId: `n${index}`, url: `https://api.example/${index}`, method: "GET", type: "xmlhttprequest", tabId: 1, frameId: 0, initiator: "https://api.example", time: 1_800_000_000_000 + index });
  const take = (log: Log, taken: NetEvent): Log => withoutSameOrigin(step(log, taken), taken.requestId);
  const begin = (log: Log, index: number): Log => take(log, { kind: "before-request", ...event(index) });
  let log: Log = inBulk(emptyLog(engine), (bulk) => Array.from({ length: count }, (_, index) => index).reduce(begin, bulk));
  let next = 0;
  const round = (before: Log): Log => {
    const begun = begin(before, count + next);
    const moved = take(begun, { kind: "send-headers", ...event(next), requestHeaders: [] });
    return take(moved, { kind: "completed", ...event(next++), fromCache: false });
  };
  const taken = (): void => {
    log = inBulk(log, (bulk) => Array.from({ length: burst / 3 }).reduce<Log>(round, bulk));
  };
  await perCall(WARMING / burst, taken);
  return ((await perCall(MEASURED / burst, taken)) * 1000) / burst;
}

/** What the same costs where nothing is done but to keep as many exchanges in a `Map`: the engine's own price, in microseconds. */
export async function mapInFlight(count: number): Promise<number> {
  const [model] = step(emptyLog("chromium"), { kind: "before-request", requestId: "n", url: "https://api.example/", method: "GET", type: "xmlhttprequest", tabId: 1, frameId: 0, initiator: null, time: 0 }).exchanges;
  if (model === undefined) throw new Error("no exchange");
  const begun = (index: number): Exchange => ({ ...model, id: `n${index}`, order: index, hops: [{ preflight: null, request: { ...model.hops[0].request, requestId: `n${index}`, url: `https://api.example/${index}` } }] });
  const moved = (exchange: Exchange): Exchange => ({ ...exchange, hops: [{ ...exchange.hops[0], request: { ...exchange.hops[0].request } }] });
  const inFlight = new Map(Array.from({ length: count }, (_, index) => [`n${index}`, begun(index)]));
  let next = 0;
  const round = (): void => {
    inFlight.set(`n${count + next}`, begun(count + next));
    const id = `n${next++}`;
    for (const _ of ["moves on", "ends"]) inFlight.set(id, moved(inFlight.get(id) ?? model));
    inFlight.delete(id);
  };
  await perCall(WARMING / 3, round);
  return ((await perCall(MEASURED / 3, round)) * 1000) / 3;
}

async function takeChange({ engine, exchanges, kinds }: Given): Promise<number> {
  const state: TabState = { engine, recording: true, preserve: false, precise: false, access: true, dropped: 0, trials: [], trouble: null };
  let view: View = update(EMPTY_VIEW, { type: "received", message: { type: "snapshot", state, exchanges, ids: [], more: false } });
  return perCall(100, (index) => {
    view = update(view, { type: "received", message: { type: "changes", state, upserted: [newlyBlocked(kinds, 20_000 + index)], removed: [], more: false } });
    visibleRows(view);
    counts(view.entries);
  });
}

async function perCall(times: number, work: (index: number) => void): Promise<number> {
  const started = usedMilliseconds();
  for (let index = 0; index < times; index++) work(index);
  return (usedMilliseconds() - started) / times;
}

/** The processor's time, not the clock's: others may use the machine too. */
function usedMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
