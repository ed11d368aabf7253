import { useMemo } from "preact/hooks";
import type { Entry } from "../../src/entry.ts";
import { diagnose } from "../../src/diagnose.ts";
import { explain, explainCause, explainNotice, say } from "../../src/explain.ts";
import { stations } from "../../src/messages.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import { notices } from "../../src/notices.ts";
import { remedy } from "../../src/remedy.ts";
import { callSiteOf } from "../../src/request.ts";
import { words } from "../words.ts";
import { Compared } from "./compared.tsx";
import { Explained } from "./explained.tsx";
import { Failing } from "./failing.tsx";
import { Fix } from "./fix.tsx";
import { Alternatives, Grounds } from "./grounds.tsx";
import { Icon } from "./icons.tsx";
import { References } from "./references.tsx";
import { Sentence } from "./sentence.tsx";
import { Station } from "./station.tsx";

interface Props {
  readonly entry: Entry;
  readonly engine: Engine;
  /** What began before it: caches and servers remember. */
  readonly earlier: readonly Exchange[];
  /** Precise mode is on. */
  readonly precise: boolean;
  readonly onClose: () => void;
}

/** All about one request: what was wrong, first of all; then the messages, and what the verdict rests on. */
export function Detail({ entry: { exchange, verdict, row }, engine, earlier, precise, onClose }: Props) {
  const explanation = useMemo(() => explain(verdict, exchange), [exchange, verdict]);
  const causes = useMemo(() => diagnose(exchange, verdict, earlier).map((cause) => ({ code: cause.code, ...explainCause(cause) })), [exchange, verdict, earlier]);
  const worthKnowing = useMemo(() => notices(exchange, verdict, engine).map((notice) => ({ code: notice.code, ...explainNotice(notice) })), [exchange, verdict, engine]);
  const fix = useMemo(() => remedy(exchange, verdict), [exchange, verdict]);
  const site = callSiteOf(exchange);
  const [first, ...others] = explanation.failing;
  const blocked = verdict.outcome === "blocked";
  const state = row.pending ? "pending" : verdict.outcome;
  return (
    <article
      class="detail"
      tabIndex={-1}
      aria-label={words("detail_label")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <header class="detail-head">
        <p class="detail-url">
          <span class="method">{row.method}</span> {row.url}
        </p>
        <button type="button" class="tool" aria-label={words("detail_close")} title={words("detail_close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {site !== null && (
        <p class="call-site">
          {words("call_site")} <code>{site}</code>
        </p>
      )}
      <section class={`verdict verdict-${state}`}>
        <h2>
          <Icon name={state} />
          {say(words, explanation.title)}
        </h2>
        <p class="sentence">
          <Sentence phrase={explanation.sentence} />
        </p>
        {blocked && first && <Compared failure={first} />}
        {verdict.browserError !== null && (
          <p class="browser-name">
            {words(`browser_name_${engine}`)} <code>{verdict.browserError}</code>
          </p>
        )}
        {blocked && first && <References reference={first.reference} />}
      </section>
      <Alternatives explanation={explanation} verdict={verdict} precise={precise} />
      {!blocked && first && <Failing title={words("section_maybe")} failing={[first]} />}
      {causes.length > 0 && <Explained title={words("section_causes")} items={causes} />}
      {fix !== null && <Fix remedy={fix} exchange={exchange} />}
      {others.length > 0 && <Failing title={words("section_failing")} failing={others} />}
      <section>
        <h3>{words("section_messages")}</h3>
        <ol class="stations">
          {stations(exchange, verdict, engine, earlier).map((station) => (
            <Station key={station.key} station={station} certain={blocked} />
          ))}
        </ol>
      </section>
      {worthKnowing.length > 0 && <Explained title={words("section_notices")} items={worthKnowing} />}
      <Grounds explanation={explanation} verdict={verdict} engine={engine} />
    </article>
  );
}
