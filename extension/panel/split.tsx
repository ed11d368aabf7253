import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../words.ts";
import { useKeptFocus } from "./focus.ts";
import { settings } from "./settings.ts";

interface Props {
  readonly list: ComponentChildren;
  /** Null leaves all the room to the list. */
  readonly detail: ComponentChildren | null;
  /** Something lies over both: they can be neither seen nor used. */
  readonly covered: boolean;
}

/** The list's part of the room, in percent, unless the user moved the bar. */
const SHARE = 46;
const SMALLEST = 15;
const LARGEST = 85;
const STEP = 5;
/** What a double click goes through, for whoever can't drag. https://www.w3.org/TR/WCAG22/#dragging-movements */
const PRESETS = [30, SHARE, 70];

/** Both panes have room beside each other: panel.css has the same. */
const IS_WIDE = matchMedia("(min-width: 860px)");

function useWide(): boolean {
  const [wide, setWide] = useState(IS_WIDE.matches);
  useEffect(() => {
    const onChange = (): void => setWide(IS_WIDE.matches);
    IS_WIDE.addEventListener("change", onChange);
    return () => IS_WIDE.removeEventListener("change", onChange);
  }, []);
  return wide;
}

function shareOf(kept: string | null): number {
  const share = kept === null ? SHARE : Number(kept);
  return share >= SMALLEST && share <= LARGEST ? share : SHARE;
}

/** Two panes with a bar between them: side by side where there is room, else one above the other. */
export function Split({ list, detail, covered }: Props) {
  const [share, setShare] = useState(() => shareOf(settings.get("share")));
  const element = useRef<HTMLDivElement>(null);
  const dragged = useRef(false);
  const beside = useWide();
  useKeptFocus(element);
  const set = (percent: number): void => {
    const wanted = Math.min(Math.max(percent, SMALLEST), LARGEST);
    setShare(wanted);
    settings.set("share", String(Math.round(wanted)));
  };

  const onPointerMove = (event: PointerEvent): void => {
    const box = element.current?.getBoundingClientRect();
    if (!dragged.current || box === undefined) return;
    set(beside ? ((event.clientX - box.left) / box.width) * 100 : ((event.clientY - box.top) / box.height) * 100);
  };
  /** A list of few rows takes less than its share: it is made smaller from what is seen. */
  const taken = (): number => {
    const { current } = element;
    const pane = current?.querySelector("#list-pane");
    return beside || !current || !pane ? share : Math.min(share, (pane.clientHeight / current.clientHeight) * 100);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowLeft" || event.key === "ArrowUp") set(taken() - STEP);
    else if (event.key === "ArrowRight" || event.key === "ArrowDown") set(share + STEP);
    else return;
    event.preventDefault();
  };

  return (
    <div class="split" ref={element} inert={covered} style={{ "--share": `${share}%` }}>
      <div id="list-pane" class={detail === null ? "pane pane-only" : "pane pane-list"}>{list}</div>
      {detail !== null && (
        <>
          <div
            class="splitter"
            role="separator"
            tabIndex={0}
            aria-label={words("splitter_label")}
            aria-orientation={beside ? "vertical" : "horizontal"}
            title={words("splitter_hint")}
            aria-controls="list-pane"
            aria-valuenow={Math.round(share)}
            aria-valuemin={SMALLEST}
            aria-valuemax={LARGEST}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              dragged.current = true;
            }}
            onPointerMove={onPointerMove}
            onLostPointerCapture={() => {
              dragged.current = false;
            }}
            onDblClick={() => set(PRESETS.find((preset) => preset > share) ?? PRESETS[0] ?? SHARE)}
            onKeyDown={onKeyDown}
          />
          <div class="pane pane-detail">{detail}</div>
        </>
      )}
    </div>
  );
}
