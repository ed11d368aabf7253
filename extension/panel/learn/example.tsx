import { useMemo, useState } from "preact/hooks";
import { explain, say } from "../../../src/explain.ts";
import { judge } from "../../../src/judge.ts";
import type { Example as ExampleData } from "../../../src/learn/chapters.ts";
import { stations } from "../../../src/messages.ts";
import { words } from "../../words.ts";
import { Icon } from "../icons.tsx";
import { Picture } from "../picture.tsx";
import { Sentence } from "../sentence.tsx";
import { Station } from "../station.tsx";

/** A real exchange: what to look for in it, what the panel says of it, its picture, and its messages. */
export function Example({ exchange, engine, caption }: ExampleData) {
  const verdict = useMemo(() => judge(exchange, engine), [exchange, engine]);
  const [chosen, setChosen] = useState<{ readonly key: string } | null>(null);
  return (
    <figure class="example">
      <figcaption class="sentence">
        <Sentence phrase={caption} />
      </figcaption>
      <p class="example-verdict">
        <Icon name={verdict.outcome} />
        {say(words, explain(verdict, exchange).title)}
      </p>
      <Picture exchange={exchange} verdict={verdict} engine={engine} earlier={[]} selected={chosen?.key ?? null} onSelect={(key) => setChosen({ key })} />
      <ol class="stations">
        {stations(exchange, verdict, engine, []).map((station) => (
          <Station key={station.key} station={station} certain={verdict.outcome === "blocked"} chosen={chosen?.key === station.key ? chosen : null} />
        ))}
      </ol>
    </figure>
  );
}
