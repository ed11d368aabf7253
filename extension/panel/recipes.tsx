import { useState } from "preact/hooks";
import { STATUS } from "../../src/advised.ts";
import type { Exchange, Header, Remedy, Verdict } from "../../src/model.ts";
import { likelyRecipe } from "../../src/servers/likely.ts";
import { policiesOf, proxyPolicy } from "../../src/servers/policy.ts";
import type { Policy, Recipe } from "../../src/servers/recipe.ts";
import { RECIPES } from "../../src/servers/recipes.ts";
import { words } from "../words.ts";
import { Copy } from "./copy.tsx";
import { settings } from "./settings.ts";

interface Props {
  readonly exchange: Exchange;
  readonly remedy: Remedy;
  readonly verdict: Verdict;
  /** The user says that requests come with credentials, where that isn't known. */
  readonly credentials: boolean;
  /** The server lets in others. */
  readonly others: boolean;
  /** Two layers of it set the same. */
  readonly twice: boolean;
}

const KINDS = ["web-server", "framework", "service", "development-proxy"] as const satisfies readonly Recipe["kind"][];

/** The fix as configuration of the server that answered, or of another. */
export function Recipes({ exchange, remedy, verdict, credentials, others, twice }: Props) {
  const hops = policiesOf(exchange, remedy, verdict);
  const proxied = proxyPolicy(exchange, remedy);
  const offered = RECIPES.filter(({ kind }) => (kind === "development-proxy" ? proxied !== null : hops.length > 0));
  const likely = likelyRecipe(answeredHeaders(exchange, verdict.hop));
  const [chosen, setChosen] = useState(() => likely ?? settings.get("recipe") ?? "nginx");
  const recipe = offered.find(({ id }) => id === chosen) ?? offered[0];
  if (recipe === undefined) return remedy.answers.length > 0 ? <p class="hint">{words("write_none")}</p> : null;
  const choose = (id: string): void => {
    setChosen(id);
    settings.set("recipe", id);
  };
  const isProxy = recipe.kind === "development-proxy";
  const policies = isProxy ? (proxied === null ? [] : [proxied]) : hops.map(({ policy, withCredentials }) => (credentials ? (withCredentials ?? policy) : policy));
  const lines = remedy.answers.flatMap((answer) => answer.lines.map(({ name }) => ({ name, phase: answer.phase })));
  return (
    <div class="recipes">
      {remedy.proxyTo !== null && <p>{words("fix_proxy", [remedy.proxyTo])}</p>}
      <p class="recipe-choice">
        <label>
          {words("write_for")}{" "}
          <select name="recipe" value={recipe.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {KINDS.filter((kind) => offered.some((each) => each.kind === kind)).map((kind) => (
              <optgroup key={kind} label={words(`recipes_${kind.replace("-", "_")}`)}>
                {offered
                  .filter((each) => each.kind === kind)
                  .map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
        {recipe.id === likely && <span class="hint">{words("write_likely")}</span>}
      </p>
      {!isProxy && twice && <p class="hint">{words("write_one_layer")}</p>}
      {!isProxy && lines.some(({ name, phase }) => name === STATUS && phase !== "preflight") && <p class="hint">{words("write_not_status")}</p>}
      {policies.map((policy) => (
        <RecipeText key={`${policy.server}${policy.path}`} recipe={recipe} policy={policy} />
      ))}
      {!isProxy && others && policies.some(({ origin }) => origin !== "*") && <p class="hint">{words("write_add", [policies[0]?.origin ?? ""])}</p>}
      {!isProxy && <p class="hint">{words("write_path", [[...new Set(policies.map(({ path }) => path))].join(", ")])}</p>}
      <p class="hint">{words(`recipe_${recipe.id.replaceAll("-", "_")}`)}</p>
      {!isProxy && lines.some(({ name }) => name === "Location") && <p class="hint">{words("write_not_location")}</p>}
    </div>
  );
}

function RecipeText({ recipe, policy }: { readonly recipe: Recipe; readonly policy: Policy }) {
  const unknown = policy.methods.find((method) => recipe.knownMethods?.includes(method) === false);
  if (unknown !== undefined) return <p class="hint">{words("write_method", [recipe.name, unknown])}</p>;
  const { file, text } = recipe.write(policy);
  return (
    <figure class="answer">
      <figcaption>
        <code>{file}</code>
        <span>{policy.server}</span>
        <Copy text={text} label={words("write_copy", [recipe.name])} />
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={file}>
        {text}
      </pre>
    </figure>
  );
}

/** The headers of what answered, that of the hop at fault first. */
function answeredHeaders({ hops }: Exchange, at: number): Header[] {
  const [fault, ...others] = [...hops.slice(at), ...hops.slice(0, at)];
  return [fault, ...others].flatMap((hop) => [...(hop?.request.response?.headers ?? []), ...(hop?.preflight?.response?.headers ?? [])]);
}
