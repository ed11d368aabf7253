import { type ComponentChild, h, type Ref } from "preact";
import type { Layout } from "../../src/picture-layout.ts";
import { type Shape, shapesOf } from "../../src/picture-shapes.ts";

/** The drawing itself; told in words beside it, so it is hidden from screen readers. */
export function Drawing({ layout, element }: { readonly layout: Layout; readonly element: Ref<SVGSVGElement> }) {
  const { width, height } = layout;
  return (
    <svg ref={element} class="picture-drawing" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {shapesOf(layout, "start").map(drawn)}
    </svg>
  );
}

function drawn({ name, attributes, text, children }: Shape, index: number): ComponentChild {
  return h(name, { ...attributes, key: index }, text, children.map(drawn));
}
