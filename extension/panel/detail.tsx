import { useMemo, useState } from "preact/hooks";
import type { Entry } from "../../src/entry.ts";
import { diagnose } from "../../src/diagnose.ts";
import { ENGINES } from "../../src/engines/engines.ts";
import { explain, explainCause, explainNotice, explainPreflight, say } from "../../src/explain.ts";
import type { Source } from "../../src/har/source.ts";
import { chapterFor } from "../../src/learn/chapter-for.ts";
import type { ChapterId } from "../../src/learn/chapter-ids.ts";
import { stations } from "../../src/messages.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import { notices } from "../../src/notices.ts";
import { remedy } from "../../src/remedy.ts";
import type { ToWorker } from "../../src/protocol.ts";
import { callSiteOf } from "../../src/request.ts";
import type { TrialResult } from "../../src/trial-results.ts";
import { words } from "../words.ts";
import { CallSite } from "./call-site.tsx";
import { Commands } from "./commands.tsx";
import { Compared } from "./compared.tsx";
import { Explained } from "./explained.tsx";
import { Failing } from "./failing.tsx";
import { Fix } from "./fix.tsx";
import { Alternatives, Grounds } from "./grounds.tsx";
import { Icon } from "./icons.tsx";
import { LearnButton } from "./learn/learn-button.tsx";
import { networkOpener } from "./other-tools.ts";
import { Picture } from "./picture.tsx";
import { References } from "./references.tsx";
import { Scrolled } from "./scrolled.tsx";
import { Sentence } from "./sentence.tsx";
import { Station } from "./station.tsx";

export interface DetailProps {
  readonly entry: Entry;
  readonly engine: Engine;
  /** Who recorded the file that it is from; null where it is of the tab. */
  readonly source: Source | null;
  /** What began before it: caches and servers remember. */
  readonly earlier: readonly Exchange[];
  /** Precise mode is on. */
  readonly precise: boolean;
  /** How the trial of its fix goes; null when it isn't on trial. */
  readonly trial: TrialResult | null;
  readonly tabId: number;
  /** The browser took no rules for a trial. */
  readonly refused: boolean;
  readonly post: (message: ToWorker) => void;
  readonly onClose: () => void;
  readonly onLearn: (chapter: ChapterId) => void;
}

/** All about one request: what was wrong, first of all; then the messages, and what the verdict rests on. */
export function Detail({ entry: { exchange, verdict, row }, engine, source, earlier, precise, trial, tabId, refused, post, onClose, onLearn }: DetailProps) {
  const explanation = useMemo(() => explain(verdict, exchange), [exchange, verdict]);
  const causes = useMemo(() => diagnose(exchange, verdict, earlier), [exchange, verdict, earlier]);
  // What a trial added says nothing of the server.
  const worthKnowing = useMemo(() => (exchange.trials.length > 0 ? [] : notices(exchange, verdict, engine).map((notice) => ({ code: notice.code, ...explainNotice(notice) }))), [exchange, verdict, engine]);
  const fix = useMemo(() => remedy(exchange, verdict, engine), [exchange, verdict, engine]);
  const [chosen, setChosen] = useState<{ readonly key: string } | null>(null);
  const site = callSiteOf(exchange);
  // The Network panel has never seen what a file has.
  const showInNetwork = source === null ? networkOpener() : null;
  const [first, ...others] = explanation.failing;
  const asked = verdict.phase === "preflight" ? explainPreflight(exchange, verdict.hop, ENGINES[engine].safelists) : null;
  const alternatives = <Alternatives explanation={explanation} verdict={verdict} precise={precise || source !== null} />;
  const chapter = first === undefined ? null : chapterFor(first.failure, causes.map(({ code }) => code));
  const blocked = verdict.outcome === "blocked";
  // A remedy mends all that fails.
  const covered = fix !== null && fix.answers.length > 0;
  const state = row.pending ? "pending" : verdict.outcome;
  return (
    <article class="detail" tabIndex={-1} aria-label={words("detail_label")}>
      <header class="detail-head">
        <Scrolled class="detail-url" label={words("column_url")}>
          <span class="method">{row.method}</span> {row.url}
        </Scrolled>
        {showInNetwork !== null && (
          <button type="button" class="tool" aria-label={words("show_in_network")} title={words("show_in_network")} onClick={() => showInNetwork(row.url)}>
            <Icon name="network" />
          </button>
        )}
        <button type="button" class="tool" aria-label={words("detail_close")} title={words("detail_close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {site !== null && <CallSite site={site} />}
      {exchange.trials.length > 0 && <p class="banner banner-trial">{words("trial_made_under")}</p>}
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
        {blocked && first && (
          <References code={first.failure.code}>{chapter !== null && <LearnButton chapter={chapter} onLearn={onLearn} />}</References>
        )}
        {asked !== null && (
          <p class="hint">
            <Sentence phrase={asked} />
          </p>
        )}
      </section>
      {!blocked && alternatives}
      {!blocked && first && <Failing title={words("section_maybe")} failing={[first]} />}
      {causes.length > 0 && <Explained title={words("section_causes")} items={causes.map((cause) => ({ code: cause.code, ...explainCause(cause) }))} />}
      {fix !== null && <Fix remedy={fix} exchange={exchange} verdict={verdict} causes={causes} engine={engine} recorded={source !== null} trial={trial} tabId={tabId} refused={refused} post={post} />}
      {others.length > 0 && <Failing title={words(covered ? "section_covered" : "section_failing")} failing={others} />}
      {blocked && alternatives}
      <section>
        <h3>{words("picture_label")}</h3>
        <Picture exchange={exchange} verdict={verdict} engine={engine} earlier={earlier} selected={chosen?.key ?? null} onSelect={(key) => setChosen({ key })} />
      </section>
      <section>
        <h3>{words("section_messages")}</h3>
        <ol class="stations">
          {stations(exchange, verdict, engine, earlier).map((station) => (
            <Station key={station.key} station={station} certain={blocked} chosen={chosen?.key === station.key ? chosen : null} />
          ))}
        </ol>
      </section>
      {worthKnowing.length > 0 && <Explained title={words("section_notices")} items={worthKnowing} />}
      {exchange.refused === null && <Commands exchange={exchange} verdict={verdict} />}
      <Grounds explanation={explanation} exchange={exchange} verdict={verdict} engine={engine} source={source} />
    </article>
  );
}
