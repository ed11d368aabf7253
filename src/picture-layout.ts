import { say, type Words } from "./explain.ts";
import { keyOf } from "./phrase-keys.ts";
import type { LabelLine, Lane, Picture, Step, Tone } from "./picture.ts";

/** A line of text at its place: `x` is its left edge, `y` its baseline. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Data is set in the font of code. */
  readonly font: Font;
  readonly tone: Tone;
}

export type Font = "words" | "code";

/** The width of a text in a font, in pixels; what is at fault is bold. */
export type Measure = (text: string, font: Font, tone: Tone) => number;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A step as it is drawn: an arrow with its label above, or a box on the browser's line. */
export interface PlacedStep {
  readonly step: Step;
  /** All of it, from edge to edge. */
  readonly top: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
  /** From `x1` to `x2`, at `y`; null for a box. */
  readonly arrow: { readonly x1: number; readonly x2: number; readonly y: number } | null;
  readonly box: Box | null;
  /** Where the sign of the stop is: the middle of a cross. */
  readonly sign: { readonly x: number; readonly y: number } | null;
}

/** A lane: its head with the name, and the line below it. */
export interface PlacedLane {
  readonly lane: Lane;
  readonly x: number;
  readonly head: Box;
  readonly texts: readonly PlacedText[];
}

/** A picture of which every part has its place, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Where the lanes' lines end. */
  readonly bottom: number;
  readonly lanes: readonly PlacedLane[];
  readonly steps: readonly PlacedStep[];
  readonly caption: readonly PlacedText[];
}

const LINE = 15;
const WIDEST_LANE = 240;
const NARROWEST_LANE = 76;
/** Room for a cross between the end of an arrow that goes astray and the lane that it doesn't reach. */
const ASTRAY = 16;
const PADDING = 10;

/**
 * Gives every part of a picture its place.
 * @param available the width to use, in pixels; more is used only by more lanes than fit
 */
export function layOut({ lanes, steps, trial }: Picture, available: number, words: Words, measure: Measure): Layout {
  const column = Math.floor(Math.min(WIDEST_LANE, Math.max(NARROWEST_LANE, available / lanes.length)));
  const width = column * lanes.length;
  const heads = lanes.map((lane, index) => headOf(lane, column * (index + 0.5), column, words, measure));
  const headHeight = Math.max(...heads.map(({ head }) => head.height));
  const placed: PlacedStep[] = [];
  let top = headHeight + 8;
  for (const step of steps) {
    const next = place(step, { top, width, column, words, measure });
    placed.push(next);
    top += next.height;
  }
  const bottom = top + 4;
  const caption = trial ? wrap({ text: words("picture_trial"), tone: "quiet", font: "words" }, width - 8, 3, measure).map((line, index) => ({ ...line, x: 4, y: bottom + LINE * (index + 1) })) : [];
  return {
    width,
    height: bottom + LINE * caption.length + (caption.length > 0 ? 8 : 2),
    bottom,
    lanes: heads.map((each) => ({ ...each, head: { ...each.head, height: headHeight } })),
    steps: placed,
    caption,
  };
}

interface Space {
  readonly top: number;
  readonly width: number;
  readonly column: number;
  readonly words: Words;
  readonly measure: Measure;
}

function place(step: Step, space: Space): PlacedStep {
  return step.from === step.to ? boxed(step, space) : arrowed(step, space);
}

function boxed(step: Step, { top, width, column, words, measure }: Space): PlacedStep {
  const lines = linesOf(step.label, width - 2 * PADDING - 4, words, measure);
  const wide = Math.max(...lines.map((line) => line.width), 0) + 2 * PADDING;
  const middle = column * (step.from + 0.5);
  const sign = step.kind === "stop" ? { x: middle, y: top + 11 } : null;
  const x = Math.round(clamp(middle - wide / 2, 1, width - wide - 1));
  const y = top + (sign === null ? 4 : 11);
  const inset = sign === null ? 3 : 9;
  const height = lines.length * LINE + inset + 6;
  return {
    step,
    top,
    height: y - top + height + 6,
    texts: lines.map((line, index) => ({ ...line, x: x + (wide - line.width) / 2, y: y + inset + LINE * (index + 1) - 3 })),
    arrow: null,
    box: { x, y, width: wide, height },
    sign,
  };
}

function arrowed(step: Step, { top, width, column, words, measure }: Space): PlacedStep {
  const [from, to] = [column * (step.from + 0.5), column * (step.to + 0.5)];
  const lines = linesOf(step.label, width - 12, words, measure);
  const y = top + lines.length * LINE + 7;
  // What was never sent begins at the browser, and gets nowhere.
  const beside = Math.min(from + 6, width - Math.max(...lines.map((line) => line.width), 0) - 4);
  const ahead = Math.sign(to - from);
  const reach = step.state === "never-sent" ? from + ahead * Math.min(36, column / 3) : step.kind === "request" && step.state === "failing" ? to - ahead * ASTRAY : to;
  return {
    step,
    top,
    height: lines.length * LINE + 17,
    texts: lines.map((line, index) => ({ ...line, x: clamp(step.state === "never-sent" ? beside : (from + to) / 2 - line.width / 2, 4, width - line.width - 4), y: top + LINE * (index + 1) - 2 })),
    arrow: { x1: from, x2: reach, y },
    box: null,
    sign: reach === to ? null : { x: reach, y },
  };
}

function headOf(lane: Lane, x: number, column: number, words: Words, measure: Measure): PlacedLane {
  const inside = column - 14;
  const role = wrap({ text: words(keyOf("picture", lane.kind)), tone: "quiet", font: "words" }, inside, 1, measure);
  const name = wrap({ text: lane.name, tone: "plain", font: "code" }, inside, 2, measure);
  const lines = [...role, ...name];
  return {
    lane,
    x,
    head: { x: x - column / 2 + 3, y: 1, width: column - 6, height: lines.length * LINE + 8 },
    texts: lines.map((line, index) => ({ ...line, x: x - line.width / 2, y: LINE * (index + 1) + 1 })),
  };
}

type Line = Omit<PlacedText, "x" | "y">;

function linesOf(label: readonly LabelLine[], width: number, words: Words, measure: Measure): Line[] {
  return label.flatMap(({ text, tone }) => {
    const line = typeof text === "string" ? ({ text, tone, font: "code" } as const) : ({ text: say(words, text), tone, font: "words" } as const);
    return wrap(line, width, 3, measure);
  });
}

/** Breaks a text into lines, behind a space or a separator where there is one; the last ends in an ellipsis if there are too many. */
function wrap({ text, tone, font }: Omit<Line, "width">, width: number, most: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  let rest = Array.from(text);
  const fits = (count: number, mark: string): boolean => measure(rest.slice(0, count).join("") + mark, font, tone) <= width;
  while (rest.length > 0) {
    const last = lines.length === most - 1;
    let end = rest.length;
    if (!fits(end, "")) while (end > 1 && !fits(end, last ? "…" : "")) end--;
    const cut = end < rest.length;
    if (cut && !last) end = softBreak(rest, end);
    const line = rest.slice(0, end).join("").trim() + (cut && last ? "…" : "");
    lines.push({ text: line, tone, font, width: measure(line, font, tone) });
    if (last) break;
    rest = rest.slice(end);
  }
  return lines;
}

function softBreak(characters: readonly string[], end: number): number {
  const breaks = [/\s/, /[/,;:.&?-]/].map((mark) => characters.slice(0, end).findLastIndex((character) => mark.test(character)) + 1);
  return breaks.find((at) => at > end / 3) ?? end;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
