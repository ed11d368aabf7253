import type { Phrase } from "../../src/explain.ts";
import { partsOf } from "../../src/phrase-parts.ts";
import { words } from "../words.ts";

/** A phrase in which the values that came from the network stand out as code. */
export function Sentence({ phrase }: { readonly phrase: Phrase }) {
  return <>{partsOf(words, phrase).map(({ text, value }, index) => (value ? <code key={index}>{text}</code> : text))}</>;
}
