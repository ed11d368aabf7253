import { compare, type Relation, type Segment } from "../../src/difference.ts";
import type { FailureWords } from "../../src/explain.ts";
import { words } from "../words.ts";
import { Scrolled } from "./scrolled.tsx";
import { Sentence } from "./sentence.tsx";

/** The header at fault as it was beside what it had to be, the difference marked. */
export function Compared({ failure: { failure, variant } }: { readonly failure: FailureWords }) {
  const comparison = compare(failure);
  if (comparison === null || failure.header === null) return null;
  const { name, on } = failure.header;
  const [header, actual, expected] = [name === ":status" ? words("status") : name, words(on === "request" ? "compare_asked" : "compare_sent"), words(LABELS[comparison.relation])];
  return (
    <figure class="compared">
      <figcaption>
        <code class="compared-name">{header}</code>
        <span class="phase">{words(`phase_${on}`)}</span>
      </figcaption>
      <dl>
        <div class="compared-actual">
          <dt>{actual}</dt>
          <dd>
            <Scrolled class="compared-value" label={`${actual}: ${header}`}>
              {comparison.actual === null ? <Nothing text={words("compare_nothing")} /> : <Value segments={comparison.actual} />}
            </Scrolled>
          </dd>
        </div>
        <div class="compared-expected">
          <dt>{expected}</dt>
          <dd>
            <Scrolled class="compared-value" label={`${expected}: ${header}`}>
              <Value segments={comparison.expected} />
            </Scrolled>
          </dd>
        </div>
      </dl>
      {variant !== null && comparison.actual !== null && (
        <p class="compared-hint">
          <Sentence phrase={variant} />
        </p>
      )}
    </figure>
  );
}

const LABELS: Readonly<Record<Relation, string>> = {
  equal: "compare_expected",
  include: "compare_include",
  status: "compare_status",
  example: "compare_example",
};

function Value({ segments }: { readonly segments: readonly Segment[] }) {
  if (segments.length === 0) return <Nothing text={words("compare_empty")} />;
  return (
    <code>
      {segments.map(({ text, differs }, index) => (differs ? <mark key={index}>{text}</mark> : text))}
    </code>
  );
}

function Nothing({ text }: { readonly text: string }) {
  return <span class="nothing">{text}</span>;
}
