import { explainPageChange } from "../../src/explain.ts";
import type { Answer, Exchange, Remedy } from "../../src/model.ts";
import { words } from "../words.ts";
import { Copy } from "./copy.tsx";
import { Sentence } from "./sentence.tsx";

interface Props {
  readonly remedy: Remedy;
  readonly exchange: Exchange;
}

/** What to change: on the server, message by message, and on the page. */
export function Fix({ remedy: { answers, page, pageFirst }, exchange }: Props) {
  const server = answers.length > 0 && (
    <>
      <p>{words(pageFirst && page.length > 0 ? "fix_server_instead" : "fix_server")}</p>
      {answers.map((answer) => (
        <AnswerLines key={`${answer.hop}-${answer.phase}`} answer={answer} exchange={exchange} />
      ))}
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
      {pageFirst ? [onPage, server] : [server, onPage]}
    </section>
  );
}

const CREDENTIALS_LINE = "Access-Control-Allow-Credentials: true";

/** One message's lines, to be copied as they are. */
function AnswerLines({ answer, exchange }: { readonly answer: Answer; readonly exchange: Exchange }) {
  const { hop, phase, status, set, remove, vary, unseen, credentials } = answer;
  const { url, method } = exchange.hops[hop]?.request ?? exchange.hops[0].request;
  const lines = [
    ...(status === null ? [] : [`${words("fix_status")} ${status}`]),
    ...set.map(({ name, value }) => `${name}: ${value}`),
    ...(vary ? ["Vary: Origin"] : []),
    ...remove.map((name) => words("fix_remove", [name])),
  ].join("\n");
  return (
    <figure class="answer">
      <figcaption>
        <span class="phase">{words(`phase_${phase}`)}</span>
        <code>
          {phase === "preflight" ? "OPTIONS" : method} {url}
        </code>
        {unseen && <span>{words("fix_unseen")}</span>}
        <Copy text={lines} label={words("fix_copy")} />
      </figcaption>
      <pre>{lines}</pre>
      {credentials && (
        <p class="answer-note">
          {words("fix_credentials")} <code>{CREDENTIALS_LINE}</code>
        </p>
      )}
    </figure>
  );
}
