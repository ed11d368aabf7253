import type { Row } from "../../src/entry.ts";
import { say } from "../../src/explain.ts";
import type { ListLine } from "../../src/list-lines.ts";
import { words } from "../words.ts";
import { Icon, type IconName } from "./icons.tsx";
import { counted, number } from "./numbers.ts";
import { ROW_HEIGHT } from "./drawn-rows.ts";

/** A stretch of time, in milliseconds. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** How many addresses of a group are named. */
const MOST_NAMED = 10;

interface Props {
  readonly line: ListLine;
  /** Its place among the lines. */
  readonly index: number;
  /** It is the one that keys begin from, and that is explained. */
  readonly active: boolean;
  readonly marked: boolean;
  /** Of all rows. */
  readonly span: Span;
  readonly onPress: (event: MouseEvent) => void;
  readonly onToggle: () => void;
  readonly onMenu: (event: MouseEvent) => void;
}

/** One request, or the newest of several that failed alike. */
export function ListRow({ line: { row, count, urls, open, member }, index, active, marked, span, onPress, onToggle, onMenu }: Props) {
  const state = stateOf(row);
  return (
    <div
      id={`row-${index}`}
      class={`row row-${state}${member ? " row-member" : ""}${active ? " row-active" : ""}`}
      role="row"
      aria-rowindex={index + 2}
      aria-level={member ? 2 : 1}
      aria-expanded={count > 1 ? open : undefined}
      aria-selected={marked}
      style={{ top: `${index * ROW_HEIGHT}px` }}
      onMouseDown={onPress}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(event);
      }}
    >
      <span class="cell cell-method" role="gridcell">
        {count > 1 ? (
          <span
            class={`twisty${open ? " twisty-open" : ""}`}
            onMouseDown={(event) => {
              if (event.button !== 0) return;
              event.stopPropagation();
              onToggle();
            }}
          />
        ) : (
          <span class="twisty-room" />
        )}
        <span class="outcome" title={words(`outcome_${state}`)}>
          <Icon name={state} />
          <span class="unseen">{words(`outcome_${state}`)}</span>
        </span>
        {row.method}
      </span>
      <span class="cell cell-url" role="gridcell" title={named(urls)}>
        {count > 1 && (
          <span class="times" title={words("group_count", [number(count)])}>
            ×{number(count)}
          </span>
        )}
        <span class="url-name">{row.name}</span>
        {urls.length > 1 && <span class="url-more"> {counted("more_urls", urls.length - 1)}</span>} <span class="url-host">{row.host}</span>
      </span>
      <span class="cell cell-type" role="gridcell">
        {row.type}
      </span>
      <Reason row={row} />
      <Fault row={row} />
      <Time row={row} span={span} />
    </div>
  );
}

/** Why the server answered so says more than the check that it failed; that comes after it, where there is room. */
function Reason({ row: { cause, title, outcome, pending, onTrial } }: { readonly row: Row }) {
  const [first, second] = (cause === null ? [title] : [cause, title]).map((phrase) => say(words, phrase));
  return (
    <span class="cell cell-reason" role="gridcell" title={second === undefined ? first : `${first} (${second})`}>
      {onTrial && <span class="phase">{words("trial_row")}</span>} {outcome === "unknown" && !pending && <span class="phase">{words("maybe")}</span>} <span class="reason">{first}</span>{" "}
      {second !== undefined && <span class="check-failed">{second}</span>}
    </span>
  );
}

/** When it was made and how long it took, beside all others. */
function Time({ row: { startedTime, endedTime }, span }: { readonly row: Row; readonly span: Span }) {
  const left = (100 * (startedTime - span.start)) / span.length;
  const width = (100 * ((endedTime ?? startedTime) - startedTime)) / span.length;
  const text = endedTime === null ? "" : words("milliseconds", [number(Math.round(endedTime - startedTime))]);
  return (
    <span class="cell cell-time" role="gridcell" title={text}>
      <span class="bar" style={{ left: `${Math.min(left, 98)}%`, width: `max(2px, ${width}%)` }} />
      <span class="unseen">{text}</span>
    </span>
  );
}

function named(urls: readonly string[]): string {
  return [...urls.slice(0, MOST_NAMED), ...(urls.length > MOST_NAMED ? ["…"] : [])].join("\n");
}

function Fault({ row: { fault } }: { readonly row: Row }) {
  if (fault === null) return <span class="cell cell-header" role="gridcell" />;
  const name = fault.name === ":status" ? words("status") : fault.name;
  return (
    <span class="cell cell-header" role="gridcell" title={`${name}: ${fault.actual ?? words("header_missing")}`}>
      <span class="phase">{words(`phase_${fault.on}`)}</span> <FaultName name={fault.name === ":status" ? `${name} ${fault.actual ?? ""}`.trim() : name} />
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
