import type { CountedRemoval } from "../../src/report/removals.ts";
import { words } from "../words.ts";
import { number } from "./numbers.ts";

interface Props {
  readonly removals: readonly CountedRemoval[];
  readonly sensitive: boolean;
  readonly onSensitive: (on: boolean) => void;
}

/** What a report leaves out, and the switch that lets it in. */
export function Removals({ removals, sensitive, onSensitive }: Props) {
  const secrets = removals.filter(({ secret }) => secret);
  const others = removals.filter(({ secret }) => !secret);
  return (
    <div class={sensitive ? "removals removals-kept" : "removals"}>
      <label class="check">
        <input type="checkbox" name="sensitive" checked={sensitive} aria-describedby="sensitive-hint" onChange={({ currentTarget }) => onSensitive(currentTarget.checked)} />
        {words("export_sensitive")}
      </label>
      <p id="sensitive-hint" class={sensitive ? "removals-warning" : "hint"}>
        {words(sensitive ? "export_sensitive_warning" : "export_sensitive_hint")}
      </p>
      {removals.length === 0 ? (
        <p class="hint">{words("export_removed_none")}</p>
      ) : (
        <>
          <p class="removals-title">{words(sensitive ? "export_kept" : "export_removed")}</p>
          <Counted removals={secrets} />
          {others.length > 0 && (
            <details>
              <summary>{words("export_removed_others", [number(others.length)])}</summary>
              <Counted removals={others} />
            </details>
          )}
        </>
      )}
    </div>
  );
}

function Counted({ removals }: { readonly removals: readonly CountedRemoval[] }) {
  return (
    <ul class="removed">
      {removals.map(({ where, name, count }) => (
        <li key={`${where} ${name}`}>
          {name === "" ? words("export_removed_parts") : <code>{name}</code>}
          {where === "url" && name !== "" && ` ${words("export_removed_url")}`} ×{number(count)}
        </li>
      ))}
    </ul>
  );
}
