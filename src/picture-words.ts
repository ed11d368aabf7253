import { say, type Words } from "./explain.ts";
import { keyOf } from "./phrase-keys.ts";
import { type Lane, sentenceKey, type Step } from "./picture.ts";

/** A step of a picture in words. */
export function stepSentence(words: Words, step: Step, lanes: readonly Lane[]): string {
  const label = step.label.map(({ text }) => (typeof text === "string" ? text : say(words, text))).join("; ");
  return words(sentenceKey(step), [...[step.from, step.to].map((index) => nameOf(words, lanes[index])), label]);
}

function nameOf(words: Words, lane: Lane | undefined): string {
  if (lane === undefined) return "";
  const role = words(keyOf("picture", lane.kind));
  return lane.kind === "browser" ? role : `${role} ${lane.name}`;
}
