import { useState } from "preact/hooks";
import { checkScript } from "../../src/commands/check-script.ts";
import { commandOf, type CommandKind } from "../../src/commands/command.ts";
import { pairOf, requestOf, unknownHeaderNames } from "../../src/commands/request-of.ts";
import type { Exchange, Verdict } from "../../src/model.ts";
import { words } from "../words.ts";
import { Copy } from "./copy.tsx";
import { written } from "./curl.ts";

interface Props {
  readonly exchange: Exchange;
  readonly verdict: Verdict;
}

/** `check`: the pair, as a script that prints which headers came back. */
type Choice = CommandKind | "check";

const CHOICES = ["curl-posix", "curl-cmd", "powershell", "fetch", "check"] as const satisfies readonly Choice[];

/** The requests as commands, for whoever wants to send them from elsewhere. */
export function Commands({ exchange, verdict }: Props) {
  const [choice, setChoice] = useState<Choice>("curl-posix");
  const [keepSecrets, setKeepSecrets] = useState(false);
  const { request } = exchange.hops[verdict.hop] ?? exchange.hops[0];
  const acts = !/^(?:get|head|options)$/i.test(request.method);
  const unknown = unknownHeaderNames(exchange, verdict.hop);
  const texts = textsOf(choice, exchange, verdict, keepSecrets);
  return (
    <section class="commands">
      <h3>{words("section_commands")}</h3>
      <p class="recipe-choice">
        <label>
          {words("command_as")}{" "}
          <select name="command" value={choice} onChange={({ currentTarget: { value } }) => setChoice(CHOICES.find((each) => each === value) ?? choice)}>
            {CHOICES.map((each) => (
              <option key={each} value={each}>
                {words(`command_${each.replace("-", "_")}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" checked={keepSecrets} onChange={({ currentTarget }) => setKeepSecrets(currentTarget.checked)} />
          {words("command_secrets")}
        </label>
      </p>
      {texts.map(({ part, text }) => (
        <figure class="answer" key={part}>
          <figcaption>
            <span class="phase">{words(`part_${part}`)}</span>
            {text !== null && <Copy text={text} label={words(`part_copy_${part}`)} />}
          </figcaption>
          {text === null ? (
            <p class="hint">{words("command_impossible")}</p>
          ) : (
            <pre tabIndex={0} role="group" aria-label={words(`part_${part}`)}>
              {text}
            </pre>
          )}
        </figure>
      ))}
      {acts && <p class="hint">{words("command_acts", [request.method])}</p>}
      {unknown.length > 0 && <p class="hint">{words("command_unknown", [unknown.join(", ")])}</p>}
      <p class="hint">{words("command_hint")}</p>
    </section>
  );
}

type Part = "preflight" | "request" | "pair";

function textsOf(choice: Choice, exchange: Exchange, { hop, credentials }: Verdict, keepSecrets: boolean): { part: Part; text: string | null }[] {
  const options = { keepSecrets, credentials };
  const pair = pairOf(exchange, hop, options);
  if (choice === "check") return [{ part: "pair", text: written(() => checkScript(pair)) }];
  // What a browser preflights by itself no script can ask for.
  const asked = choice === "fetch" ? [requestOf(exchange, hop, "request", options)] : pair;
  return asked.map((request, index) => ({ part: index < asked.length - 1 ? "preflight" : "request", text: written(() => commandOf(choice, request)) }));
}
