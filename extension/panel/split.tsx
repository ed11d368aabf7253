import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { words } from "../words.ts";
import { useKeptFocus } from "./focus.ts";

interface Props {
  readonly list: ComponentChildren;
  /** Null leaves all the room to the list. */
  readonly detail: ComponentChildren | null;
}

const SMALLEST = 15;
const LARGEST = 85;
const STEP = 5;

/** Two panes with a bar between them: side by side where there is room (as panel.css decides), else one above the other. */
export function Split({ list, detail }: Props) {
  const [share, setShare] = useState(46);
  const element = useRef<HTMLDivElement>(null);
  useKeptFocus(element);
  const set = (percent: number): void => setShare(Math.min(Math.max(percent, SMALLEST), LARGEST));

  const onPointerMove = (event: PointerEvent): void => {
    const box = element.current?.getBoundingClientRect();
    if (event.buttons !== 1 || box === undefined) return;
    const beside = element.current !== null && getComputedStyle(element.current).flexDirection === "row";
    set(beside ? ((event.clientX - box.left) / box.width) * 100 : ((event.clientY - box.top) / box.height) * 100);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowLeft" || event.key === "ArrowUp") set(share - STEP);
    else if (event.key === "ArrowRight" || event.key === "ArrowDown") set(share + STEP);
    else return;
    event.preventDefault();
  };

  return (
    <div class="split" ref={element} style={{ "--share": `${share}%` }}>
      <div id="list-pane" class={detail === null ? "pane pane-only" : "pane pane-list"}>{list}</div>
      {detail !== null && (
        <>
          <div
            class="splitter"
            role="separator"
            tabIndex={0}
            aria-label={words("splitter_label")}
            aria-controls="list-pane"
            aria-valuenow={Math.round(share)}
            aria-valuemin={SMALLEST}
            aria-valuemax={LARGEST}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
          <div class="pane pane-detail">{detail}</div>
        </>
      )}
    </div>
  );
}
