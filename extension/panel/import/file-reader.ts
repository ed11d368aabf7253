import type { Entry } from "../../../src/entry.ts";
import type { HarProblem } from "../../../src/har/har-error.ts";
import type { FileContent } from "../../../src/shown.ts";
import { type FromReader, isFromReader, type ToReader } from "../../import-messages.ts";
import { afterPaint } from "../painted.ts";
import { workerAddress } from "./worker-address.ts";

/** Why a file isn't opened. */
export type ReadProblem =
  | { readonly kind: "har"; readonly problem: HarProblem; readonly place: string; readonly found: string }
  | { readonly kind: "unreadable" }
  /** With the browser's words, or "". */
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "silent" };

/** Who wants to know how the reading goes. After one of the last two nobody is called any more. */
export interface Listeners {
  readonly onProgress: (bytes: number) => void;
  readonly onContent: (content: FileContent) => void;
  readonly onProblem: (problem: ReadProblem) => void;
}

/** How long the worker may be silent until it is given up, in milliseconds: the longest text takes a slow machine half of it. */
const PATIENCE_MILLISECONDS = 60_000;

/**
 * Has a file read and judged by a worker of its own.
 * @returns what gives it up
 */
export function readFile(file: File, { onProgress, onContent, onProblem }: Listeners): () => void {
  const entries: Entry[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let over = false;
  const worker = new Worker(workerAddress(), { type: "module" });
  const post = (message: ToReader): void => worker.postMessage(message);
  const stop = (): void => {
    over = true;
    clearTimeout(timer ?? undefined);
    // `terminate` in the middle of its work now and then never comes back in Chromium: the panel would stand still for ever.
    post({ type: "stop" });
  };
  const fail = (problem: ReadProblem): void => {
    if (over) return;
    stop();
    onProblem(problem);
  };
  const wait = (): void => {
    clearTimeout(timer ?? undefined);
    timer = setTimeout(() => fail({ kind: "silent" }), PATIENCE_MILLISECONDS);
  };
  const receive = (message: FromReader): void => {
    switch (message.type) {
      case "progress":
        return onProgress(message.bytes);
      case "part":
        entries.push(...message.entries);
        return afterPaint(() => !over && post({ type: "more" }));
      case "done":
        stop();
        return onContent({ name: file.name, source: message.source, requests: message.requests, entries });
      case "wrong":
        return fail({ kind: "har", problem: message.problem, place: message.place, found: message.found });
      case "unreadable":
        return fail({ kind: "unreadable" });
      case "failed":
        return fail({ kind: "failed", message: message.message });
    }
  };
  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (over) return;
    wait();
    if (isFromReader(data)) receive(data);
    else fail({ kind: "failed", message: "" });
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail({ kind: "failed", message: event.message ?? "" });
  };
  worker.onmessageerror = () => fail({ kind: "failed", message: "" });
  wait();
  post({ type: "read", file });
  return stop;
}
