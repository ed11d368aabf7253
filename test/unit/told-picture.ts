import type { Phrase } from "../../src/explain.ts";
import type { Picture } from "../../src/picture.ts";

/** A picture's steps, each on a line: `browser → api.example request failing: PUT /`. */
export function told({ lanes, steps }: Picture): string[] {
  const name = (lane: number): string => (lanes[lane]?.kind === "server" ? lanes[lane].name : (lanes[lane]?.kind ?? "nobody"));
  return steps.map(({ from, to, kind, state, label }) => {
    const way = from === to ? name(from) : `${name(from)} → ${name(to)}`;
    return `${way} ${kind} ${state}: ${label.map(({ text }) => textOf(text)).join(" | ")}`;
  });
}

function textOf(text: string | Phrase): string {
  if (typeof text === "string") return text;
  return text.params.length === 0 ? text.key : `${text.key}(${text.params.map(textOf).join(", ")})`;
}
