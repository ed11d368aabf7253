import type { Completion } from "../../src/filter/completions.ts";
import { words } from "../words.ts";
import { number } from "./numbers.ts";

interface Props {
  readonly options: readonly Completion[];
  /** Index of the one that the arrow keys are on, or -1. */
  readonly active: number;
  readonly onTake: (option: Completion) => void;
}

/** Under which id the option at an index is found. */
export function optionId(index: number): string {
  return `filter-option-${index}`;
}

/** What the filter's word could become: keys, with what they are for; values, with how many requests have them. */
export function FilterOptions({ options, active, onTake }: Props) {
  return (
    // The input keeps the focus.
    <ul id="filter-options" class="filter-options" role="listbox" aria-label={words("filter_options")} onMouseDown={(event) => event.preventDefault()}>
      {options.map((option, index) => (
        <li key={option.text} id={optionId(index)} role="option" aria-selected={index === active} onClick={() => onTake(option)}>
          <span class="option-label" title={option.label}>
            {option.label}
          </span>{" "}
          <span class="option-hint">{option.count === null ? words(`filter_key_${nameOf(option)}`) : number(option.count)}</span>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ label }: Completion): string {
  return label.slice(0, -1).replaceAll("-", "_");
}
