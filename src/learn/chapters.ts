import type { Phrase } from "../explain.ts";
import type { Engine, Exchange } from "../model.ts";
import { CHAPTER_IDS, type ChapterId, keyOf, titleOf } from "./chapter-ids.ts";
import { EXAMPLES, EXAMPLES_ENGINE } from "./examples.ts";
import { type Reading, READINGS } from "./readings.ts";
import { TEXTS } from "./texts.ts";

/** A paragraph, or a list of points. */
export type Block = { readonly kind: "paragraph"; readonly text: Phrase } | { readonly kind: "list"; readonly points: readonly Phrase[] };

/** A chapter of the guide, to be worded. */
export interface Chapter {
  readonly id: ChapterId;
  readonly title: Phrase;
  readonly blocks: readonly Block[];
  readonly example: Example;
  /** Where all that it claims can be read up. */
  readonly readings: readonly Reading[];
}

/** A real exchange, and what to look for in it. */
export interface Example {
  readonly exchange: Exchange;
  readonly engine: Engine;
  readonly caption: Phrase;
}

/** A chapter with all that belongs to it. */
export function chapter(id: ChapterId): Chapter {
  const { blocks, caption } = TEXTS[id];
  let point = 0;
  const phrase = (params: readonly string[]): Phrase => ({ key: `${keyOf(id)}_${(point += 1)}`, params });
  return {
    id,
    title: titleOf(id),
    blocks: blocks.map((block) => ("list" in block ? { kind: "list", points: block.list.map(phrase) } : { kind: "paragraph", text: phrase(block.paragraph) })),
    example: { exchange: EXAMPLES[id], engine: EXAMPLES_ENGINE, caption: { key: `${keyOf(id)}_example`, params: caption } },
    readings: READINGS[id],
  };
}

/** Every key that the guide can come up with: what a language has to have. */
export function learnKeys(): string[] {
  return CHAPTER_IDS.map(chapter).flatMap(({ title, blocks, example }) => [
    title.key,
    ...blocks.flatMap((block) => (block.kind === "list" ? block.points : [block.text])).map(({ key }) => key),
    example.caption.key,
  ]);
}
