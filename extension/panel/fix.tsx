import { useState } from "preact/hooks";
import { beside } from "../../src/elsewhere.ts";
import { explainElsewhere, explainPageChange } from "../../src/explain.ts";
import { lineText } from "../../src/line-text.ts";
import type { Answer, Cause, CauseCode, Engine, Exchange, Remedy, Verdict } from "../../src/model.ts";
import type { ToWorker } from "../../src/protocol.ts";
import type { TrialResult } from "../../src/trial-results.ts";
import { words } from "../words.ts";
import { Copy } from "./copy.tsx";
import { Recipes } from "./recipes.tsx";
import { Sentence } from "./sentence.tsx";
import { TryIt } from "./try-it.tsx";

interface Props {
  readonly remedy: Remedy;
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  readonly causes: readonly Cause[];
  readonly engine: Engine;
  /** It is from a file: there is no page to try it in. */
  readonly recorded: boolean;
  /** How its trial goes; null when it isn't on trial. */
  readonly trial: TrialResult | null;
  readonly tabId: number;
  /** The browser took no rules for a trial. */
  readonly refused: boolean;
  readonly post: (message: ToWorker) => void;
}

/** What to change: on the server, message by message, or on the page; how to try it, and how to write it down. */
export function Fix({ remedy, exchange, verdict, causes, engine, recorded, trial, tabId, refused, post }: Props) {
  const { answers, page, pageFirst, withoutCredentials } = remedy;
  const has = (...codes: readonly CauseCode[]): boolean => causes.some(({ code }) => codes.includes(code));
  const [credentials, setCredentials] = useState(has("third-party-cookie-blocked"));
  const elsewhere = [...remedy.elsewhere, ...(answers.length > 0 ? beside(exchange, causes) : [])];
  const open = answers.some(({ lines }) => lines.some(({ need }) => need === "credentials"));
  const lines = answers.flatMap((answer) => answer.lines);
  const server = answers.length > 0 && (
    <>
      <p>{words(pageFirst && page.length > 0 ? "fix_server_instead" : "fix_server")}</p>
      {verdict.code === "allow-origin-multiple-values" && <p class="hint">{words("fix_twice")}</p>}
      {open && (
        <label class="check">
          <input type="checkbox" name="credentials" checked={credentials} onChange={({ currentTarget }) => setCredentials(currentTarget.checked)} />
          {words("write_credentials")}
        </label>
      )}
      {answers.map((answer) => (
        <AnswerLines key={`${answer.hop}-${answer.phase}`} answer={answer} credentials={credentials} />
      ))}
      {lines.some(({ name, value }) => name === "Access-Control-Allow-Origin" && value === "*") && <p class="hint">{words("fix_null_origin")}</p>}
      {withoutCredentials && <p class="hint">{words("fix_without_credentials")}</p>}
    </>
  );
  const onPage = page.length > 0 && (
    <>
      <p>{words(!pageFirst && answers.length > 0 ? "fix_page_instead" : "fix_page")}</p>
      <ul>
        {page.map((change) => (
          <li key={change.code}>
            <Sentence phrase={explainPageChange(change)} />
          </li>
        ))}
      </ul>
    </>
  );
  return (
    <section class="fix">
      <h3>{words("section_fix")}</h3>
      {exchange.trials.length > 0 && <p class="hint">{words("fix_beside_trial")}</p>}
      {pageFirst ? [onPage, server] : [server, onPage]}
      {elsewhere.length > 0 && (
        <ul>
          {elsewhere.map((one) => (
            <li key={one.code}>
              <Sentence phrase={explainElsewhere(one)} />
            </li>
          ))}
        </ul>
      )}
      {answers.length > 0 && recorded && <p class="hint">{words("trial_not_of_file")}</p>}
      {answers.length > 0 && !recorded && <TryIt exchange={exchange} remedy={remedy} beyond={open && !credentials} engine={engine} trial={trial} tabId={tabId} refused={refused} post={post} />}
      <Recipes
        exchange={exchange}
        remedy={remedy}
        verdict={verdict}
        credentials={credentials}
        others={has("cached-for-another-origin", "other-origin-configured", "cors-refused")}
        twice={verdict.code === "allow-origin-multiple-values"}
      />
    </section>
  );
}

/** One message's lines, to be copied as they are: what only requests with credentials need, if the user says that this is one. */
function AnswerLines({ answer, credentials }: { readonly answer: Answer; readonly credentials: boolean }) {
  const { phase, url, method, lines, unseen } = answer;
  const copied = lines.filter(({ need }) => need !== "credentials" || credentials);
  return (
    <figure class="answer">
      <figcaption>
        <span class="phase">{words(`phase_${phase}`)}</span>
        <code>
          {method} {url}
        </code>
        {unseen && <span>{words("fix_unseen")}</span>}
        <Copy text={copied.map((line) => lineText(words, line)).join("\n")} label={words("fix_copy")} />
      </figcaption>
      <ul>
        {lines.map((line) => (
          <li key={line.name} class={line.need === "credentials" && !credentials ? "left-out" : ""}>
            <code>{lineText(words, line)}</code>
            {line.need !== "browser" && <small>{words(`need_${NEEDS[line.need]}`)}</small>}
          </li>
        ))}
      </ul>
    </figure>
  );
}

const NEEDS = { credentials: "credentials", "other-browser": "other_browser", caches: "caches" } as const;
