import { type Phrase, say } from "../../src/explain.ts";
import { words } from "../words.ts";
import { Sentence } from "./sentence.tsx";

interface Props {
  readonly title: string;
  readonly items: readonly { readonly code: string; readonly title: Phrase; readonly sentence: Phrase }[];
}

/** Short titles, each with the sentence that explains it. */
export function Explained({ title, items }: Props) {
  return (
    <section class="explained">
      <h3>{title}</h3>
      <dl>
        {items.map(({ code, title: name, sentence }) => (
          <div key={code}>
            <dt>{say(words, name)}</dt>
            <dd>
              <Sentence phrase={sentence} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
