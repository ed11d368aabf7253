/** Runs in a Node of its own with `--expose-gc`, bundled with fake-browser.ts, with the numbers of exchanges as arguments, and prints `SessionTimes` as JSON. */
import { Session } from "../../extension/session.ts";
import { heldBytes, written } from "./fake-browser.ts";
import type { SessionTimes } from "./session-rows.ts";
import { eventsOf } from "./traffic.ts";

const TAB = 1;
const STOPS = process.argv.slice(2).map(Number);
const BURST = 1000;

/** How long a write takes in the bursts, in milliseconds. */
const SLOW_WRITE = 5;

/** Longer than it ever pauses between two writes, in milliseconds. */
const ENOUGH = 2000;

const collect = (): void => {
  for (let times = 0; times < 3; times++) gc?.();
};
const task = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const burst = await writesOfBurst();
const writing = await writingThousand();
const heap = await heapAtStops();
const times: SessionTimes = { ...burst, ...writing, heap };
console.log(JSON.stringify(times));

async function heapAtStops(): Promise<SessionTimes["heap"]> {
  const session = watching();
  collect();
  const before = process.memoryUsage().heapUsed;
  const heaps: [number, number][] = [];
  let index = 0;
  for (const stop of STOPS) {
    for (; index < stop; index++) {
      for (const event of eventsOf(index)) session.take(TAB, event);
      if (index % 20 === 0) await task();
    }
    await quiet();
    collect();
    heaps.push([stop, (process.memoryUsage().heapUsed - before) / 1_000_000]);
  }
  // Until here it must be reachable.
  session.forget(TAB);
  await quiet();
  return Object.fromEntries(heaps);
}

/** In the processor's time. */
async function writingThousand(): Promise<Pick<SessionTimes, "bytesAnExchange" | "writeMicroseconds">> {
  // Its settings are written at once, so the rest waits until that pause is over.
  const session = watching();
  for (let index = 0; index < BURST; index++) for (const event of eventsOf(index)) session.take(TAB, event);
  session.get(TAB);
  const started = process.cpuUsage();
  await quiet();
  const { user, system } = process.cpuUsage(started);
  const took = (user + system) / 1000;
  const bytesAnExchange = heldBytes() / BURST;
  session.forget(TAB);
  await quiet();
  return { bytesAnExchange, writeMicroseconds: (took / BURST) * 1000 };
}

/** Each event is a task of its own, as in a worker. */
async function writesOfBurst(): Promise<Pick<SessionTimes, "burstWrites">> {
  const session = watching();
  await quiet();
  written.milliseconds = SLOW_WRITE;
  written.calls = 0;
  const events = Array.from({ length: BURST }, (_, index) => eventsOf(index)).flat().slice(0, BURST);
  for (const event of events) {
    session.take(TAB, event);
    await task();
  }
  await quiet();
  const burstWrites = written.calls;
  written.milliseconds = 0;
  session.forget(TAB);
  await quiet();
  return { burstWrites };
}

function watching(): Session {
  const session = new Session("chromium", () => {});
  session.configure(TAB, { recording: true });
  return session;
}

/** Waits until nothing has been written for a while: a session doesn't tell when it has written all. */
async function quiet(): Promise<void> {
  const started = performance.now();
  while (performance.now() - Math.max(written.lastTime, started) < ENOUGH) await new Promise((resolve) => setTimeout(resolve, ENOUGH / 20));
}
