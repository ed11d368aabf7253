import type { Shown } from "./shown.ts";

/** A text that can't be read well. */
export interface Faint {
  readonly text: string;
  readonly ratio: number;
}

/**
 * The texts in sight with too little contrast to what is behind them.
 * https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export function faintTexts({ evaluate }: Shown): Promise<Faint[]> {
  return evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (canvas === null) throw new Error("no canvas");
    const known = new Map<string, number[]>();
    const parse = (color: string): number[] => {
      const before = known.get(color);
      if (before !== undefined) return before;
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const channels = [...canvas.getImageData(0, 0, 1, 1).data].map((channel) => channel / 255);
      known.set(color, channels);
      return channels;
    };
    const over = (top: number[], bottom: number[]): number[] => {
      const alpha = top[3] ?? 1;
      return bottom.map((channel, index) => (index === 3 ? 1 : (top[index] ?? 0) * alpha + channel * (1 - alpha)));
    };
    const behind = (element: Element | null): number[] =>
      element === null ? [1, 1, 1, 1] : over(parse(getComputedStyle(element).backgroundColor), behind(element.parentElement));
    const luminance = (color: number[]): number => {
      const [r = 0, g = 0, b = 0] = color.map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = new Map<string, number>();
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent?.trim() ?? "";
      const parent = texts.currentNode.parentElement;
      if (text === "" || parent === null || parent.closest(".unseen, :disabled") || parent.getClientRects().length === 0) continue;
      const ground = behind(parent);
      const [a, b] = [luminance(ground), luminance(over(parse(getComputedStyle(parent).color), ground))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) faint.set(`${parent.className || parent.localName}: ${text.slice(0, 40)}`, Math.round(ratio * 100) / 100);
    }
    return [...faint].map(([text, ratio]) => ({ text, ratio }));
  });
}

/** Controls in sight of which something else takes the clicks: they overlap, or lie outside of what is shown. */
export function covered({ evaluate }: Shown): Promise<string[]> {
  return evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>("button, input, select, a, summary")].filter((control) => control.closest("[inert]") === null && control.getClientRects().length > 0);
    const scrolled = new Map([...document.querySelectorAll(".detail, .guide-page, .contents")].map((pane) => [pane, pane.scrollTop]));
    const bad = controls.flatMap((control) => {
      control.scrollIntoView({ block: "center", behavior: "instant" });
      // A link may go over two lines, and its middle between them.
      const { left, top, width, height } = control.getClientRects()[0] ?? new DOMRect();
      const there = document.elementFromPoint(left + width / 2, top + height / 2);
      const own = there !== null && (control.contains(there) || there === control.closest("label"));
      return own ? [] : [`${control.outerHTML.slice(0, 80)} under ${there?.outerHTML.slice(0, 80)}`];
    });
    for (const [pane, top] of scrolled) pane.scrollTop = top;
    return bad;
  });
}

/** Texts that are cut off, and that no key can scroll. A cell ends in an ellipsis, and has a tooltip; a head has none. */
export function cut({ evaluate }: Shown): Promise<string[]> {
  return evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>("*:not(.unseen, .cell, .cell *:not(.head), .list, svg, svg *)")]
      .filter((element) => element.closest("[inert]") === null && getComputedStyle(element).overflow !== "visible")
      .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
      .filter((element) => !/auto|scroll/.test(getComputedStyle(element).overflow) || (element.tabIndex < 0 && element.querySelector("button, a, [tabindex]") === null))
      .map((element) => `${element.localName}.${element.className}`),
  );
}

/** What reaches beyond the edges of the panel, or of a pane that can't be scrolled sideways. */
export function overflowing({ evaluate }: Shown): Promise<string[]> {
  return evaluate(() => {
    const root = document.scrollingElement;
    const wide = [root, ...document.querySelectorAll(".toolbar, .list, .detail, .contents, .guide-page")].filter(
      (element) => element !== null && element.scrollWidth > element.clientWidth,
    );
    // What a cell cuts off ends in an ellipsis.
    const outside = [...document.body.querySelectorAll("*:not(.unseen, .cell *)")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > innerWidth + 0.5 || left < -0.5);
    });
    return [...wide, ...outside].map((element) => `${element?.localName}.${element?.getAttribute("class") ?? ""}`);
  });
}
