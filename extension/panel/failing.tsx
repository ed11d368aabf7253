import { type FailureWords, say } from "../../src/explain.ts";
import { words } from "../words.ts";
import { Compared } from "./compared.tsx";
import { References } from "./references.tsx";
import { Sentence } from "./sentence.tsx";

interface Props {
  readonly title: string;
  readonly failing: readonly FailureWords[];
}

/** Checks that fail, each with its sentence and its header. */
export function Failing({ title, failing }: Props) {
  return (
    <section>
      <h3>{title}</h3>
      <ol class="failing">
        {failing.map((item, index) => (
          <li key={index}>
            <h4>
              {say(words, item.title)}
              {item.failure.browserError !== null && <code class="error-name">{item.failure.browserError}</code>}
            </h4>
            <p class="sentence">
              <Sentence phrase={item.sentence} />
            </p>
            <Compared failure={item} />
            <References code={item.failure.code} />
          </li>
        ))}
      </ol>
    </section>
  );
}
