import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { parseFilter, type Wrong } from "../../src/filter.ts";
import { type CauseCache, causesIn } from "../../src/filter/causes.ts";
import { type Completion, completions, NO_COMPLETIONS } from "../../src/filter/completions.ts";
import { type Action, listedEntries, type View } from "../../src/view.ts";
import { words } from "../words.ts";
import { FilterOptions, optionId } from "./filter-options.tsx";
import { scrollIntoSight } from "./scrolling.ts";
import { useFindKey } from "./find-key.ts";
import { Icon } from "./icons.tsx";

interface Props {
  readonly view: View;
  readonly known: CauseCache;
  readonly dispatch: (action: Action) => void;
}

/** What of a wrong term is shown, in characters. */
const LONGEST_SHOWN = 60;

/** Where the caret is to be once the filter has its new text. */
function useMovedCaret(input: RefObject<HTMLInputElement | null>, filter: string): { current: number | null } {
  const moveTo = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (moveTo.current !== null) input.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = null;
  }, [filter]);
  return moveTo;
}

function useOptionInSight(at: number): void {
  useEffect(() => {
    const option = document.getElementById(optionId(at));
    if (option?.parentElement) scrollIntoSight(option.parentElement, option);
  }, [at]);
}

/**
 * The filter, with its completions: a combobox as in https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Down opens them
 * where typing doesn't, Tab takes the first, Escape closes them, then clears.
 */
export function FilterBox({ view, known, dispatch }: Props) {
  const { entries, scope, filter } = view;
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState<string | null>(null);
  useFindKey(input);

  const { from, to, options } = useMemo(
    () => (caret === null ? NO_COMPLETIONS : completions(filter, caret, listedEntries({ entries, scope }), causesIn(entries, known))),
    [filter, caret, entries, scope],
  );
  const open = options.length > 0;
  const at = options.findIndex(({ text }) => text === active);
  const wrong = useMemo(() => parseFilter(filter).wrong, [filter]);
  // What is still being typed is not wrong yet.
  const said = open ? [] : wrong;

  const openAt = (place: number | null): void => {
    setCaret(place);
    setActive(null);
  };
  const type = ({ value, selectionStart }: HTMLInputElement): void => {
    dispatch({ type: "filter", text: value });
    const typed = selectionStart ?? value.length;
    openAt(/\S/.test(value.charAt(typed - 1)) ? typed : null);
  };
  const clear = (): void => {
    dispatch({ type: "filter", text: "" });
    openAt(null);
    input.current?.focus();
  };

  const moveTo = useMovedCaret(input, filter);
  const take = ({ text }: Completion): void => {
    const end = from + text.length;
    dispatch({ type: "filter", text: filter.slice(0, from) + text + filter.slice(to) });
    moveTo.current = end;
    openAt(text.endsWith(":") ? end : null);
    input.current?.focus();
  };
  useOptionInSight(at);

  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }): void => {
    // A syllable that is being composed takes these keys for itself.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = options[at] ?? (event.key === "Tab" && !event.shiftKey ? options[0] : undefined);
    if (step !== undefined && open) setActive(options[at === -1 && step === -1 ? options.length - 1 : (at + step + options.length) % options.length]?.text ?? null);
    else if (event.key === "ArrowDown") openAt(event.currentTarget.selectionStart);
    else if ((event.key === "Tab" || event.key === "Enter") && open && chosen !== undefined) take(chosen);
    else if (event.key === "Escape" && open) openAt(null);
    else if (event.key === "Escape" && filter !== "") clear();
    else {
      // The caret goes elsewhere, or the search begins.
      if (["ArrowLeft", "ArrowRight", "Home", "End", "Enter", "Tab"].includes(event.key)) openAt(null);
      return;
    }
    event.preventDefault();
  };

  return (
    <>
      <div class="filter-box">
        <input
          class="filter"
          type="text"
          ref={input}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={open ? "filter-options" : undefined}
          aria-activedescendant={at === -1 ? undefined : optionId(at)}
          aria-invalid={said.length > 0}
          aria-describedby={said.length > 0 ? "filter-wrong" : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={words("toolbar_filter")}
          aria-label={words("toolbar_filter_label")}
          title={words("filter_hint")}
          value={filter}
          onInput={({ currentTarget }) => type(currentTarget)}
          onKeyDown={onKeyDown}
          onMouseDown={() => openAt(null)}
          onBlur={() => openAt(null)}
        />
        {filter !== "" && (
          <button type="button" class="filter-clear" aria-label={words("filter_clear")} title={words("filter_clear")} onClick={clear}>
            <Icon name="close" />
          </button>
        )}
        {open && <FilterOptions options={options} active={at} onTake={take} />}
      </div>
      <p id="filter-wrong" role="status" class={said.length > 0 ? "filter-wrong" : "unseen"}>
        {said.map((each) => (
          <span key={each.term}>{wrongText(each)} </span>
        ))}
      </p>
    </>
  );
}

function wrongText({ term, reason }: Wrong): string {
  return words(`filter_wrong_${reason}`, [term.length > LONGEST_SHOWN ? `${term.slice(0, LONGEST_SHOWN)}…` : term]);
}
