import type { Phrase, Words } from "./explain.ts";

/** A stretch of a worded phrase: our own words, or a value that came from the network. */
export interface Part {
  readonly text: string;
  readonly value: boolean;
}

/**
 * A phrase in words, its values apart. The message is worded with marks for its parameters, so that a value can be of any
 * text without being taken for a part of the sentence.
 */
export function partsOf(words: Words, { key, params }: Phrase): Part[] {
  const marked = words(key, params.map((_, index) => `${OPEN}${index}${CLOSE}`));
  const parts = marked.split(MARK).flatMap((part, position): Part[] => {
    // A split by a pattern with one group gives text and group by turns.
    if (position % 2 === 0) return [{ text: part, value: false }];
    const param = params[Number(part)] ?? "";
    return typeof param === "string" ? [{ text: param, value: true }] : partsOf(words, param);
  });
  return parts.filter(({ text }) => text !== "");
}

/** Of the private use area: no message has them. */
const OPEN = "\uE000";
const CLOSE = "\uE001";
const MARK = new RegExp(`${OPEN}([0-9])${CLOSE}`);
