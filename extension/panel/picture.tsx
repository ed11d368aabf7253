import { isUrl } from "../../src/fetch/url.ts";
import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Engine, Exchange, Verdict } from "../../src/model.ts";
import { picture } from "../../src/picture.ts";
import { layOut, type Measure } from "../../src/picture-layout.ts";
import { stepSentence } from "../../src/picture-words.ts";
import { words } from "../words.ts";
import { Drawing } from "./picture-drawing.tsx";
import { pngFile, svgFile } from "./picture-file.ts";
import { saveFile, timeForName } from "./save.ts";

interface Props {
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  readonly engine: Engine;
  /** What began before it. */
  readonly earlier: readonly Exchange[];
  /** The key of the station that was chosen, or null. */
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
}

/** The exchange as a sequence diagram. Each of its steps is a button over the drawing, and says in words what is drawn there. */
export function Picture({ exchange, verdict, engine, earlier, selected, onSelect }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const width = useWidth(frame);
  const shown = useMemo(() => picture(exchange, verdict, engine, earlier), [exchange, verdict, engine, earlier]);
  const layout = useMemo(() => (width === 0 ? null : layOut(shown, width, words, measureWith())), [shown, width]);
  const sentences = useMemo(() => shown.steps.map((step) => stepSentence(words, step, shown.lanes)), [shown]);
  return (
    <figure class="picture" aria-label={words("picture_label")}>
      <div class="picture-frame" ref={frame}>
        {layout !== null && (
          <div class="picture-sheet" style={{ width: `${layout.width}px` }}>
            <Drawing layout={layout} element={drawing} />
            <Steps layout={layout} sentences={sentences} selected={selected} onSelect={onSelect} />
          </div>
        )}
      </div>
      {layout !== null && <Saving drawing={drawing} description={sentences.join("\n")} host={hostOf(exchange)} />}
    </figure>
  );
}

interface StepsProps {
  readonly layout: ReturnType<typeof layOut>;
  readonly sentences: readonly string[];
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
}

/** One stop of the Tab key; the arrow keys go from step to step. */
function Steps({ layout: { steps }, sentences, selected, onSelect }: StepsProps) {
  const list = useRef<HTMLOListElement>(null);
  const stop = steps.findIndex(({ step }) => step.kind === "stop");
  const [current, setCurrent] = useState<number | null>(null);
  // Where it stopped is what one comes for.
  const reached = Math.min(current ?? Math.max(stop, 0), steps.length - 1);
  const move = (event: KeyboardEvent): void => {
    const to = MOVES[event.key]?.(reached, steps.length - 1);
    if (to === undefined) return;
    event.preventDefault();
    list.current?.querySelectorAll("button")[to]?.focus();
  };
  return (
    <ol ref={list} class="picture-steps" onKeyDown={move}>
      {steps.map(({ step, top, height }, index) => (
        <li key={index} style={{ top: `${top}px`, height: `${height}px` }}>
          <button
            type="button"
            tabIndex={index === reached ? 0 : -1}
            title={sentences[index] ?? ""}
            aria-current={step.key === selected ? "true" : undefined}
            onFocus={() => setCurrent(index)}
            onClick={() => onSelect(step.key)}
          >
            <span class="unseen">{sentences[index]}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

const MOVES: Readonly<Record<string, (from: number, last: number) => number>> = {
  ArrowDown: (from, last) => Math.min(from + 1, last),
  ArrowUp: (from) => Math.max(from - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

interface SavingProps {
  readonly drawing: RefObject<SVGSVGElement | null>;
  readonly description: string;
  readonly host: string;
}

function Saving({ drawing, description, host }: SavingProps) {
  const [failed, setFailed] = useState(false);
  const save = async (kind: "svg" | "png"): Promise<void> => {
    if (drawing.current === null) return;
    const file = kind === "svg" ? svgFile : pngFile;
    try {
      saveFile(await file(drawing.current, words("picture_label"), description), `cors-${host}-${timeForName()}.${kind}`);
      setFailed(false);
    } catch {
      // A picture may be larger than a canvas of this browser can be.
      setFailed(true);
    }
  };
  return (
    <p class="picture-saving">
      <button type="button" class="copy" onClick={() => void save("svg")}>
        {words("picture_save_svg")}
      </button>
      <button type="button" class="copy" onClick={() => void save("png")}>
        {words("picture_save_png")}
      </button>
      <span role="status">{failed && words("picture_save_failed")}</span>
    </p>
  );
}

/** The width that an element has, as it changes; 0 before it is known. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = (): void => setWidth(Math.floor(current.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** Measures texts in the fonts of the drawing, as panel.css has them. */
function measureWith(): Measure {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  const code = `11px ${getComputedStyle(document.documentElement).getPropertyValue("--mono")}`;
  const plain = `11px ${getComputedStyle(document.body).fontFamily}`;
  return (text, font, tone) => {
    if (context === null) return text.length * 7;
    context.font = `${tone === "fault" ? "600 " : ""}${font === "code" ? code : plain}`;
    return context.measureText(text).width;
  };
}

/** The host of the server, as it may stand in the name of a file. */
function hostOf({ hops: [{ request }] }: Exchange): string {
  const host = isUrl(request.url) ? new URL(request.url).host : "";
  return host.replace(/[^a-z0-9.-]+/gi, "-").slice(0, 60) || "request";
}
