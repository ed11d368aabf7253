import { type Phrase, say } from "../../src/explain.ts";
import { words } from "../words.ts";

/**
 * A phrase in which the values that came from the network stand out as code. The message is worded with marks for its
 * parameters, so that a value can be of any text without being taken for a part of the sentence.
 */
export function Sentence({ phrase: { key, params } }: { readonly phrase: Phrase }) {
  const marked = words(key, params.map((_, index) => `${OPEN}${index}${CLOSE}`));
  return (
    <>
      {marked.split(MARK).map((part, position) => {
        // A split by a pattern with one group gives text and group by turns.
        if (position % 2 === 0) return part;
        const param = params[Number(part)] ?? "";
        if (param === "") return null;
        return typeof param === "string" ? <code key={position}>{param}</code> : say(words, param);
      })}
    </>
  );
}

/** Of the private use area: no message has them. */
const OPEN = "\uE000";
const CLOSE = "\uE001";
const MARK = new RegExp(`${OPEN}([0-9])${CLOSE}`);
