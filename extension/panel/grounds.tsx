import { type Explanation, explainOtherEngine, say } from "../../src/explain.ts";
import { lacksOf, type Source } from "../../src/har/source.ts";
import type { Engine, Exchange, Verdict } from "../../src/model.ts";
import { words } from "../words.ts";
import { Sentence } from "./sentence.tsx";

interface Props {
  readonly explanation: Explanation;
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  readonly engine: Engine;
  /** Who recorded it; null where we did, in this tab. */
  readonly source: Source | null;
}

/** What the verdict rests on, and what the other browser would say. */
export function Grounds({ explanation: { evidence }, exchange, verdict, engine, source }: Props) {
  return (
    <>
      <section>
        <h3>{words("section_evidence")}</h3>
        <ul>
          {evidence.map((phrase) => (
            <li key={phrase.key}>{say(words, phrase)}</li>
          ))}
          {source !== null && lacksOf(exchange, verdict, source).map((lack) => <li key={lack}>{words(`lack_${lack}`)}</li>)}
        </ul>
      </section>
      <section>
        <h3>{words("section_other")}</h3>
        <p>
          <Sentence phrase={explainOtherEngine(verdict, engine)} />
        </p>
      </section>
    </>
  );
}

/** What else it can be, and what decides it. */
export function Alternatives({ explanation: { alternatives }, verdict, precise }: Pick<Props, "explanation" | "verdict"> & { readonly precise: boolean }) {
  if (alternatives.length === 0) return null;
  return (
    <section>
      <h3>{words(verdict.outcome === "blocked" ? "section_alternatives" : "section_conditions")}</h3>
      <ul>
        {alternatives.map(({ browserError, condition }) => (
          <li key={browserError + condition.key}>
            <code>{browserError}</code> {say(words, condition)}
          </li>
        ))}
      </ul>
      {!precise && verdict.credentials === "unknown" && <p>{words("switch_on_precise")}</p>}
    </section>
  );
}
