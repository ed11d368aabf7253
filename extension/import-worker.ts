import { entryOf } from "../src/entry.ts";
import { fromHar } from "../src/har/from-har.ts";
import { HarError } from "../src/har/har-error.ts";
import { parseHar } from "../src/har/read.ts";
import { IS_FIREFOX } from "./is-firefox.ts";
import { type FromReader, isToReader } from "./import-messages.ts";

/** A worker of the panel's, for one file: it reads it, judges what is in it, which takes a long one seconds, and ends. */

/** As many entries as a message brings: to take one in is all that the panel does between two frames. */
const CHUNK = 100;

/** From one word of progress to the next, in milliseconds. */
const PAUSE_MILLISECONDS = 100;

/**
 * As many characters as a text can have: `String::kMaxLength` of 64-bit V8, `JS::MaxStringLength` of SpiderMonkey. A HAR
 * has about as many bytes.
 */
const LONGEST_TEXT = IS_FIREFOX ? 2 ** 30 - 2 : 2 ** 29 - 24;

/** What gzip begins with. https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1 */
const GZIP = [0x1f, 0x8b];

let next: (() => void) | null = null;

self.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (!isToReader(data)) return;
  if (data.type === "more") next?.();
  else if (data.type === "stop") self.close();
  else void read(data.file).catch((error: unknown) => post(wrongBy(error)));
});

async function read(file: File): Promise<void> {
  post({ type: "progress", bytes: 0 });
  const text = await textOf(file);
  post({ type: "progress", bytes: file.size });
  const log = parseHar(text);
  const { source, exchanges } = fromHar(log);
  for (let from = 0; from < exchanges.length; from += CHUNK) {
    const asked = new Promise<void>((resolve) => (next = resolve));
    post({ type: "part", entries: exchanges.slice(from, from + CHUNK).map((exchange) => entryOf(exchange, source.engine)) });
    await asked;
  }
  post({ type: "done", source, requests: log.entries.length });
}

/** Says how far it is while it reads; what is compressed is counted as it lies on the disk. */
async function textOf(file: File): Promise<string> {
  let bytes = 0;
  let told = performance.now();
  const counter = new TransformStream<BufferSource, BufferSource>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      controller.enqueue(chunk);
      if (performance.now() - told < PAUSE_MILLISECONDS) return;
      told = performance.now();
      post({ type: "progress", bytes });
    },
  });
  const start = new Uint8Array(await file.slice(0, GZIP.length).arrayBuffer());
  const read: ReadableStream<BufferSource> = file.stream().pipeThrough(counter);
  const plain = GZIP.every((byte, index) => start[index] === byte) ? read.pipeThrough(new DecompressionStream("gzip")) : read;
  const reader = plain.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (text.length + part.value.length > LONGEST_TEXT) {
      await reader.cancel();
      throw new HarError("too-long", "the file", String(Math.round(LONGEST_TEXT / 2 ** 20)));
    }
    text += part.value;
  }
  return text;
}

function wrongBy(error: unknown): FromReader {
  if (error instanceof HarError) return { type: "wrong", problem: error.problem, place: error.place, found: error.found };
  // https://w3c.github.io/FileAPI/#dfn-error-codes
  if (error instanceof DOMException && /^Not(Found|Readable|Allowed)Error$/.test(error.name)) return { type: "unreadable" };
  return { type: "failed", message: error instanceof Error ? error.message : String(error) };
}

function post(message: FromReader): void {
  self.postMessage(message);
}
