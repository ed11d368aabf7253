import type { Layout, PlacedLane, PlacedStep, PlacedText } from "./picture-layout.ts";

/** An element of SVG. How it looks is in a style sheet. */
export interface Shape {
  readonly name: "g" | "rect" | "path" | "circle" | "text";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text: string;
  readonly children: readonly Shape[];
}

/** By which of its points a text is placed: its start, or its middle where its width was only guessed. */
export type Anchor = "start" | "middle";

/** What a picture is drawn with, from back to front. */
export function shapesOf({ width, height, bottom, lanes, steps, caption }: Layout, anchor: Anchor): Shape[] {
  return [
    shape("rect", { class: "picture-ground", width, height }),
    ...lanes.map((lane) => laneShape(lane, bottom, anchor)),
    ...steps.map((step) => stepShape(step, anchor)),
    ...textShapes(caption, anchor),
  ];
}

function laneShape({ x, head, texts }: PlacedLane, bottom: number, anchor: Anchor): Shape {
  return group({}, [
    shape("path", { class: "picture-lane", d: `M${x} ${head.y + head.height}V${bottom}` }),
    shape("rect", { class: "picture-head", ...head, rx: 4 }),
    ...textShapes(texts, anchor),
  ]);
}

function stepShape({ step, texts, arrow, box, sign }: PlacedStep, anchor: Anchor): Shape {
  return group({ class: `picture-${step.kind} picture-${step.state}` }, [
    // Lanes would go through the words.
    ...(box === null ? texts.map((line) => shape("rect", { class: "picture-ground", x: line.x - 3, y: line.y - 11, width: line.width + 6, height: 15 })) : []),
    ...(box === null ? [] : [shape("rect", { class: "picture-box", ...box, rx: 4 })]),
    ...(arrow === null ? [] : [shape("path", { class: "picture-line", d: `M${arrow.x1} ${arrow.y}H${arrow.x2}` })]),
    ...(arrow === null || sign !== null ? [] : [shape("path", { class: "picture-tip", d: tip(arrow) })]),
    ...(sign === null || box === null ? [] : [shape("circle", { class: "picture-sign", cx: sign.x, cy: sign.y, r: 8 })]),
    ...(sign === null ? [] : [shape("path", { class: box === null ? "picture-cross" : "picture-cross-on-sign", d: cross(sign, box === null ? 4.5 : 3.2) })]),
    ...textShapes(texts, anchor),
  ]);
}

function textShapes(texts: readonly PlacedText[], anchor: Anchor): Shape[] {
  return texts.map(({ text, x, y, width, font, tone }) => ({ ...shape("text", { class: `picture-${font} tone-${tone}`, x: anchor === "start" ? x : x + width / 2, y }), text }));
}

/** The head of an arrow, at its end. */
function tip({ x1, x2, y }: { readonly x1: number; readonly x2: number; readonly y: number }): string {
  const back = x2 > x1 ? -6 : 6;
  return `M${x2} ${y}l${back} -3.5v7z`;
}

function cross({ x, y }: { readonly x: number; readonly y: number }, half: number): string {
  return `M${x - half} ${y - half}l${2 * half} ${2 * half}M${x + half} ${y - half}l${-2 * half} ${2 * half}`;
}

function shape(name: Shape["name"], attributes: Shape["attributes"]): Shape {
  return { name, attributes, text: "", children: [] };
}

function group(attributes: Shape["attributes"], children: readonly Shape[]): Shape {
  return { ...shape("g", attributes), children };
}
