import type { Row } from "../../src/entry.ts";
import { say } from "../../src/explain.ts";
import { words } from "../words.ts";
import { Icon, type IconName } from "./icons.tsx";
import { ROW_HEIGHT } from "./window.ts";

interface Props {
  readonly row: Row;
  /** Its place among the rows. */
  readonly index: number;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

/** One request. */
export function ListRow({ row, index, selected, onSelect }: Props) {
  const state = stateOf(row);
  return (
    <div
      id={`row-${index}`}
      class={`row row-${state}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ top: `${index * ROW_HEIGHT}px` }}
      onMouseDown={onSelect}
    >
      <span class="cell cell-method" role="gridcell">
        <span class="outcome" title={words(`outcome_${state}`)}>
          <Icon name={state} />
          <span class="unseen">{words(`outcome_${state}`)}</span>
        </span>
        {row.method}
      </span>
      <span class="cell cell-url" role="gridcell" title={row.url}>
        <span class="url-name">{row.name}</span> <span class="url-host">{row.host}</span>
      </span>
      <span class="cell cell-type" role="gridcell">
        {row.type}
      </span>
      <span class="cell cell-reason" role="gridcell" title={say(words, row.title)}>
        {state === "unknown" && <span class="phase">{words("maybe")}</span>} {say(words, row.title)}
      </span>
      <Fault row={row} />
    </div>
  );
}

function Fault({ row: { fault } }: { readonly row: Row }) {
  if (fault === null) return <span class="cell cell-header" role="gridcell" />;
  const name = fault.name === ":status" ? words("status") : fault.name;
  return (
    <span class="cell cell-header" role="gridcell" title={`${name}: ${fault.actual ?? words("header_missing")}`}>
      <span class="phase">{words(`phase_${fault.on}`)}</span> <FaultName name={name} />
    </span>
  );
}

/** All of these headers begin alike: where room is short, panel.css leaves that out. */
function FaultName({ name }: { readonly name: string }) {
  const prefix = /^access-control-/i.exec(name)?.[0] ?? "";
  return (
    <span class="fault-name">
      <span class="fault-prefix">{prefix}</span>
      {name.slice(prefix.length)}
    </span>
  );
}

function stateOf({ outcome, pending }: Row): IconName & ("blocked" | "allowed" | "unknown" | "pending") {
  return pending ? "pending" : outcome;
}
