const SVG = "http://www.w3.org/2000/svg";

/** How the drawing looks is in the style sheet, which a file doesn't have. */
const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-family", "font-size", "font-weight"] as const;

/** Room around it, in pixels: in a file it stands on grounds that it doesn't know. */
const MARGIN = 12;

/** How many pixels of a PNG make up one of the panel's, so that it is sharp on any screen. */
const SCALE = 2;

/**
 * A drawing as a file of its own: it looks as it does now, and needs nothing else.
 * @param description what it shows, in words
 */
export function svgFile(drawing: SVGSVGElement, title: string, description: string): Blob {
  const copy = document.importNode(drawing, true);
  const originals = drawing.querySelectorAll("*");
  for (const [index, element] of copy.querySelectorAll("*").entries()) {
    const original = originals[index];
    if (original !== undefined) inlineLook(element, getComputedStyle(original));
  }
  const [width, height] = sizeOf(drawing);
  const around = { x: -MARGIN, y: -MARGIN, width, height };
  for (const [name, value] of Object.entries(around)) copy.querySelector("rect")?.setAttribute(name, String(value));
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${width} ${height}`);
  for (const name of ["class", "aria-hidden"]) copy.removeAttribute(name);
  copy.setAttribute("role", "img");
  copy.prepend(told("title", title), told("desc", description));
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

/** A drawing as a PNG of twice its size. */
export async function pngFile(drawing: SVGSVGElement, title: string, description: string): Promise<Blob> {
  const svg = svgFile(drawing, title, description);
  const [width, height] = sizeOf(drawing);
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(width * SCALE, height * SCALE);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: "image/png" });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Of the file, in the panel's pixels. */
function sizeOf({ width, height }: SVGSVGElement): [width: number, height: number] {
  return [width.baseVal.value + 2 * MARGIN, height.baseVal.value + 2 * MARGIN];
}

function inlineLook(element: Element, look: CSSStyleDeclaration): void {
  for (const property of LOOK) {
    if (property.startsWith("font") && element.localName !== "text") continue;
    const value = look.getPropertyValue(property);
    if (value !== "") element.setAttribute(property, value);
  }
  element.removeAttribute("class");
}

function told(name: "title" | "desc", text: string): Element {
  const element = document.createElementNS(SVG, name);
  element.textContent = text;
  return element;
}
