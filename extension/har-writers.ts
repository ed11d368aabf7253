import type { Runtime } from "webextension-polyfill";
import type { Engine, Exchange } from "../src/model.ts";
import type { HarWritten, WriteHar } from "../src/protocol.ts";

interface Question {
  readonly port: Runtime.Port;
  readonly answered: (har: unknown) => void;
  readonly lost: (error: Error) => void;
}

/**
 * Has HARs written by the pages that watch a tab: explaining takes more code than watching, and a worker loads all of its
 * code each time that it starts.
 */
export class HarWriters {
  readonly #ports = new Map<number, Set<Runtime.Port>>();
  readonly #waiting = new Map<number, Set<(port: Runtime.Port) => void>>();
  readonly #questions = new Map<number, Question>();
  #asked = 0;

  /** @param patience how long to wait for a page that is coming back to a worker that has just started, in milliseconds */
  constructor(readonly patience: number) {}

  /** A page that watches a tab, for as long as its port is open. */
  add(tabId: number, port: Runtime.Port): void {
    const ports = this.#ports.get(tabId) ?? new Set();
    this.#ports.set(tabId, ports.add(port));
    for (const resolve of this.#waiting.get(tabId) ?? []) resolve(port);
    port.onDisconnect.addListener(() => {
      ports.delete(port);
      for (const question of this.#questions.values()) if (question.port === port) question.lost(new Error("The page that wrote the HAR was closed: ask again"));
    });
  }

  /**
   * @param exchanges what the HAR is to hold
   * @returns a HAR object
   * @throws if nobody watches the tab, or who does goes
   */
  async har(tabId: number, engine: Engine, exchanges: () => readonly Exchange[]): Promise<unknown> {
    const [open] = this.#ports.get(tabId) ?? [];
    const port = open ?? (await this.#next(tabId));
    const question = (this.#asked += 1);
    const asked: WriteHar = { type: "write-har", question, engine, exchanges: exchanges() };
    try {
      return await new Promise((answered, lost) => {
        this.#questions.set(question, { port, answered, lost });
        port.postMessage(asked);
      });
    } finally {
      this.#questions.delete(question);
    }
  }

  written({ question, har }: HarWritten): void {
    this.#questions.get(question)?.answered(har);
  }

  #next(tabId: number): Promise<Runtime.Port> {
    const waiting = this.#waiting.get(tabId) ?? new Set();
    this.#waiting.set(tabId, waiting);
    return new Promise<Runtime.Port>((resolve, reject) => {
      waiting.add(resolve);
      setTimeout(() => {
        waiting.delete(resolve);
        reject(new Error(`Nobody watches tab ${tabId}: open its DevTools, or panel.html?tabId=${tabId}`));
      }, this.patience);
    });
  }
}
