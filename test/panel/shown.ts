import type { Evaluate } from "../browsers/browser.ts";

/** The panel, in DevTools or in a tab. */
export interface Shown {
  readonly evaluate: Evaluate;
}

/** A line of the list, as it reads. */
export interface ShownRow {
  readonly outcome: string;
  readonly method: string;
  readonly url: string;
  /** All of the address, as the tooltip has it. */
  readonly address: string;
  readonly type: string;
  readonly reason: string;
  readonly header: string;
  readonly selected: boolean;
}

/** The whole list, which draws only the rows in sight: it is scrolled through, and back to where it was. */
export function rows({ evaluate }: Shown): Promise<ShownRow[]> {
  return evaluate(async () => {
    const list = document.querySelector(".list");
    if (list === null) return [];
    const place = list.scrollTop;
    const seen = new Map<number, ShownRow>();
    const text = (row: Element, cell: string): string => row.querySelector(`.cell-${cell}`)?.textContent?.trim() ?? "";
    const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    for (let top = 0; top <= list.scrollHeight; top += Math.max(200, list.clientHeight - 50)) {
      list.scrollTop = top;
      // A page in the background tells nobody that it was scrolled.
      list.dispatchEvent(new Event("scroll"));
      await settle();
      for (const row of list.querySelectorAll(".list-body [role=row]")) {
        const outcome = row.querySelector(".outcome")?.textContent?.trim() ?? "";
        seen.set(Number(row.getAttribute("aria-rowindex")), {
          outcome,
          method: text(row, "method").slice(outcome.length),
          url: text(row, "url"),
          address: row.querySelector(".cell-url")?.getAttribute("title") ?? "",
          type: text(row, "type"),
          reason: row.querySelector(".reason")?.textContent ?? "",
          header: text(row, "header"),
          selected: row.getAttribute("aria-selected") === "true",
        });
      }
      if (list.scrollTop < top) break;
    }
    list.scrollTop = place;
    list.dispatchEvent(new Event("scroll"));
    await settle();
    return [...seen].sort(([a], [b]) => a - b).map(([, row]) => row);
  });
}

/** A line of a header table. */
export interface ShownLine {
  readonly name: string;
  readonly value: string;
  /** Marked, in a colour that the others don't have. */
  readonly marked: boolean;
}

/** A message of the exchange, as it reads. */
export interface ShownStation {
  readonly kind: string;
  readonly method: string;
  readonly result: string;
  readonly url: string;
  readonly fails: string;
  readonly open: boolean;
  readonly tables: readonly { readonly title: string; readonly lines: readonly ShownLine[] }[];
  readonly notes: readonly string[];
}

/** The actual value beside the expected one. */
export interface ShownComparison {
  readonly header: string;
  readonly on: string;
  readonly actual: string;
  readonly expected: string;
  /** The parts that differ. */
  readonly marks: readonly string[];
  readonly hint: string;
}

/** The detail view, as it reads. */
export interface ShownDetail {
  readonly request: string;
  readonly title: string;
  readonly sentence: string;
  readonly compared: ShownComparison | null;
  readonly browserName: string;
  readonly failing: readonly { readonly title: string; readonly sentence: string; readonly compared: ShownComparison | null }[];
  readonly stations: readonly ShownStation[];
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

/** What the detail view says; null when it isn't there. */
export function detail({ evaluate }: Shown): Promise<ShownDetail | null> {
  return evaluate(() => {
    const root = document.querySelector(".detail");
    if (root === null) return null;
    const text = (element: Element | null | undefined): string => element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    const all = (within: Element, selector: string): Element[] => [...within.querySelectorAll(selector)];
    const ground = (element: Element | null): string => (element === null ? "" : getComputedStyle(element).backgroundColor);
    const plain = "rgba(0, 0, 0, 0)";
    const compared = (within: Element | null): ShownComparison | null => {
      const figure = within?.querySelector(":scope > .compared");
      if (!figure) return null;
      return {
        header: text(figure.querySelector("figcaption code")),
        on: text(figure.querySelector("figcaption .phase")),
        actual: text(figure.querySelector(".compared-actual dd")),
        expected: text(figure.querySelector(".compared-expected dd")),
        marks: all(figure, "mark").map(text),
        hint: text(figure.querySelector(".compared-hint")),
      };
    };
    const verdict = root.querySelector(".verdict");
    return {
      request: text(root.querySelector(".detail-url")),
      title: text(root.querySelector("h2")),
      sentence: text(verdict?.querySelector(".sentence")),
      compared: compared(verdict),
      browserName: text(root.querySelector(".browser-name")),
      failing: all(root, ".failing > li").map((item) => ({
        title: text(item.querySelector("h4")),
        sentence: text(item.querySelector(".sentence")),
        compared: compared(item),
      })),
      stations: all(root, ".station").map((station) => ({
        kind: text(station.querySelector(".station-kind")),
        method: text(station.querySelector(".method")),
        result: text(station.querySelector(".station-result")),
        url: text(station.querySelector(".station-url")),
        fails: text(station.querySelector(".station-fails")),
        open: station.querySelector("details")?.open === true,
        tables: all(station, "table").map((table) => ({
          title: text(table.querySelector("caption")),
          lines: all(table, "tr").map((line) => ({
            name: text(line.querySelector("th")),
            value: text(line.querySelector("td")),
            marked: ground(line.querySelector("td")) !== plain,
          })),
        })),
        notes: all(station, ".station-note").map(text),
      })),
      links: all(root, "a").map((link) => ({ text: text(link), url: link.getAttribute("href") ?? "" })),
    };
  });
}

/** All that the panel says of its list: the count, and what stands where the list would. */
export function summary({ evaluate }: Shown): Promise<{ count: string; state: string | null; action: string | null }> {
  return evaluate(() => ({
    count: document.querySelector(".count")?.textContent ?? "",
    state: document.querySelector(".state h2")?.textContent ?? null,
    action: document.querySelector(".state button")?.textContent ?? null,
  }));
}
