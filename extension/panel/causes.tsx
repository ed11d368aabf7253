import { explainCause, say } from "../../src/explain.ts";
import type { Cause } from "../../src/model.ts";
import { words } from "../words.ts";
import { Sentence } from "./sentence.tsx";

/** Why the server answered so, or nobody did: the likeliest first. */
export function Causes({ causes }: { readonly causes: readonly Cause[] }) {
  return (
    <section class="causes">
      <h3>{words("section_causes")}</h3>
      <dl>
        {causes.map((cause) => {
          const { title, sentence } = explainCause(cause);
          return (
            <div key={cause.code}>
              <dt>{say(words, title)}</dt>
              <dd>
                <Sentence phrase={sentence} />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
